import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import lingui from '../../lingui.config.ts';

const root = join(import.meta.dirname, '../..');
const WORDS = 'client/ui/door-words.ts';
const LATER = (lingui.catalogs ?? []).find(({ path }) => path.includes('/door/'))?.include ?? [];

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): { readonly now: string[]; readonly later: string[] } {
  const text = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const resolved = (specifier: string | undefined): string[] => {
    if (specifier === undefined || !/^\..*\.tsx?$/.test(specifier)) return [];
    const path = resolve(root, dirname(file), specifier);
    return existsSync(path) ? [relative(root, path)] : [];
  };
  const now = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b(?!\s*type\b)(?:[^'"`;=]*?\bfrom)?\s*['"]([^'"]+)['"]/g,
  );
  const later = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g);
  return {
    now: [...now].flatMap(([, specifier]) => resolved(specifier)),
    later: [...later].flatMap(([, specifier]) => resolved(specifier)),
  };
}

function loadedWith(entry: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const next of importsOf(file).now) visit(next);
  };
  visit(entry);
  return seen;
}

const says = (file: string): boolean =>
  LATER.some((folder) => file.startsWith(`${folder}/`)) &&
  /@lingui\/(core|react)\/macro/.test(readFileSync(join(root, file), 'utf8'));

test('what comes after a phone’s first screen comes with its words, and the first screen without', () => {
  const entries = new Set(sources('client').flatMap((file) => importsOf(file).later));
  const first = loadedWith('client/main.tsx');
  expect([...first].filter(says)).toEqual([]);
  expect(first.has(WORDS)).toBe(false);
  const silent = [...entries].filter((entry) => {
    const loaded = loadedWith(entry);
    return [...loaded].some(says) && !loaded.has(WORDS);
  });
  expect(silent).toEqual([]);
  expect(entries.size).toBeGreaterThan(20);
});
