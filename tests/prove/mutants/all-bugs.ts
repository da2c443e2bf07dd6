import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import type { Bug } from './bugs.ts';

/** Whoever hunts a bug names it here; without a name everything is as it is. */
export const HUNTED = 'PROVE_HUNTED';

/** One way to read a source: as it is, or with a bug in it. */
const sourceAs = (path: string, name: string): string => path.replace(/\.ts$/, `~${name}.ts`);
const AS_IT_IS = 'as-it-is';

/** The source with the edits that a bug makes in it; throws where it has no place. */
export function withBug(text: string, file: string, { edits }: Pick<Bug, 'edits'>): string {
  return edits
    .filter((edit) => edit.file === file)
    .reduce((before, { find, put }) => {
      const parts = before.split(find);
      if (parts.length === 2) return parts.join(put);
      throw new Error(`The bug has no place in ${file}: ${parts.length - 1} times “${find}”`);
    }, text);
}

/** What a source gives to others, types aside. */
function exportsOf(text: string, file: string): string[] {
  const given =
    /^export (?:async )?(?:function|class|const) (\w+)|^export (?!interface|type)(.*)$/gm;
  return [...text.matchAll(given)].map(([, name, other]) => {
    if (name === undefined) throw new Error(`Nobody can stand in for ${file}: export ${other}`);
    return name;
  });
}

/** Stands in the source's place: gives what it gives, or what it gives with the bug that is hunted. */
function standIn(path: string, names: readonly string[], given: readonly string[]): string {
  const from = (name: string): string => JSON.stringify(sourceAs(path, name));
  return [
    `import * as asItIs from ${from(AS_IT_IS)};`,
    ...names.map((name, i) => `import * as bug${i} from ${from(name)};`),
    `const bugs = { ${names.map((name, i) => `'${name}': bug${i}`).join(', ')} };`,
    `const taken = bugs[process.env.${HUNTED}] ?? asItIs;`,
    ...given.map((name) => `export const ${name} = taken.${name};`),
  ].join('\n');
}

/**
 * Puts all of these bugs into one bundle: each source that a bug edits is there as it is and with
 * each of its bugs, and the process's environment says which of them everybody gets.
 */
export function allBugs(root: string, bugs: readonly Bug[]): Plugin {
  const stands = new Map<string, string>();
  const readings = new Map<string, { readonly text: string; readonly of: string }>();
  for (const file of new Set(bugs.flatMap(({ edits }) => edits.map((edit) => edit.file)))) {
    const path = join(root, file);
    const text = readFileSync(path, 'utf8');
    const own = bugs.filter(({ edits }) => edits.some((edit) => edit.file === file));
    const names = own.map((bug) => bug.name);
    stands.set(path, standIn(path, names, exportsOf(text, file)));
    readings.set(sourceAs(path, AS_IT_IS), { text, of: path });
    for (const bug of own) {
      readings.set(sourceAs(path, bug.name), { text: withBug(text, file, bug), of: path });
    }
  }
  return {
    name: 'all-bugs',
    enforce: 'pre',
    resolveId(id, importer) {
      if (readings.has(id)) return id;
      const reading = importer === undefined ? undefined : readings.get(importer);
      // It lies where its source lies, and finds from there what its source finds.
      return reading === undefined ? null : this.resolve(id, reading.of, { skipSelf: true });
    },
    load: (id) => readings.get(id)?.text ?? stands.get(id) ?? null,
  };
}
