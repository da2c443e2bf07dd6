import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import lingui from './lingui.config.ts';

/** What Lingui makes of a catalogue: each message in pieces, by its id. */
type Compiled = Readonly<Record<string, unknown>>;

const NO_MODULES = /node_modules/;
const SAID = /\bid: "([^"]+)"/g;

/** The ids of each catalogue in English: the first screen's, what comes after it, the desk's. */
function readIds(): string[][] {
  const { catalogs = [], format } = lingui;
  return catalogs.map(({ path }) => {
    const filename = path.replace('<rootDir>/', '').replace('{locale}', 'en') + '.po';
    if (typeof format !== 'object') throw new Error('The catalogues have no format.');
    const about = { locale: 'en', sourceLocale: 'en', filename };
    const read = format.parse(readFileSync(filename, 'utf8'), about);
    if (read instanceof Promise) throw new Error('The catalogues are read at once.');
    return Object.keys(read);
  });
}

/** Messages that are numbered one after the other, with the number of the first. */
type Run = [first: number, messages: unknown[]];

function runsOf(messages: readonly (readonly [number: number, message: unknown])[]): Run[] {
  const runs: Run[] = [];
  for (const [number, message] of messages.toSorted(([one], [other]) => one - other)) {
    const last = runs.at(-1);
    if (last !== undefined && last[0] + last[1].length === number) last[1].push(message);
    else runs.push([number, [message]]);
  }
  return runs;
}

/**
 * In what is built messages have numbers instead of Lingui's ids, six letters of a hash that no packing
 * makes smaller: once in the code, once in each language, a twentieth of all that a phone keeps. What the
 * first screen says is always there, and not said again by what comes after it.
 */
export function numberWords(): Plugin[] {
  const numbers = new Map<string, number>();
  let ofFirst = 0;
  return [
    {
      name: 'number-words-in-code',
      apply: 'build',
      enforce: 'pre',
      buildStart() {
        numbers.clear();
        readIds().forEach((ids, at) => {
          for (const id of ids) if (!numbers.has(id)) numbers.set(id, numbers.size);
          if (at === 0) ofFirst = numbers.size;
        });
      },
      transform: {
        filter: { id: { exclude: NO_MODULES }, code: SAID },
        handler(code) {
          const numbered = code.replaceAll(SAID, (said, id: string) => {
            const number = numbers.get(id);
            return number === undefined ? said : `id: "${number}"`;
          });
          return { code: numbered, map: null };
        },
      },
    },
    {
      name: 'number-words-in-catalogues',
      apply: 'build',
      enforce: 'post',
      transform: {
        filter: { id: /\.po$/ },
        async handler(code, file) {
          const made: unknown = await import(`data:text/javascript,${encodeURIComponent(code)}`);
          const { messages } = made as { readonly messages: Compiled };
          const isFirst = /\/locales\/\w+\.po$/.test(file);
          const numbered = Object.entries(messages).flatMap(([id, message]) => {
            const number = numbers.get(id);
            if (number === undefined) throw new Error(`${file} says what English does not: ${id}`);
            return number < ofFirst && !isFirst ? [] : [[number, message] as const];
          });
          const text = JSON.stringify(JSON.stringify(runsOf(numbered)));
          return {
            code: `export const messages = {};
for (const [first, list] of JSON.parse(${text})) {
  list.forEach((message, at) => { messages[first + at] = message; });
}`,
            map: null,
            moduleType: 'js',
          };
        },
      },
    },
  ];
}
