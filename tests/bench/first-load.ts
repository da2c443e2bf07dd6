import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type BenchOptions, round } from './line.ts';

/** In KiB, of a canvasser's phone on a slow line. */
const LIMIT = 150;
const CLIENT = fileURLToPath(new URL('../../dist/client/', import.meta.url));
const WORDS = 'locales/en.po';

type Manifest = Readonly<
  Record<string, { file: string; isEntry?: boolean; imports?: readonly string[] }>
>;

/** All that runs before the first screen of a walk: the entry, whatever it imports, and its words. */
function findFirst(manifest: Manifest): string[] {
  const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry === true);
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`The built app has no ${name}.`);
    found.add(name);
    chunk.imports?.forEach(visit);
  };
  visit(entry ?? 'an entry');
  visit(WORDS);
  return [...found].flatMap((name) => manifest[name]?.file ?? []);
}

/** The size of built files together, each packed, in KiB. */
function sizeOf(files: readonly string[]): number {
  const bytes = files.map((file) => gzipSync(readFileSync(CLIENT + file), { level: 9 }).length);
  return bytes.reduce((sum, one) => sum + one, 0) / 1024;
}

/** The script before the first screen of a walk: how many files, and their size packed, in KiB. */
export function measureFirstLoad(): { readonly files: number; readonly kib: number } {
  const manifest = JSON.parse(readFileSync(`${CLIENT}.vite/manifest.json`, 'utf8')) as Manifest;
  const files = findFirst(manifest);
  return { files: files.length, kib: sizeOf(files) };
}

/** A phone keeps the words of the language that it speaks: the longer one counts. */
const OTHER_WORDS = /^assets\/(?:door-)?en-/;
/** Reads QR codes where a browser cannot, as on iPhones: those alone keep it. */
const CODES = /^assets\/codes-/;

/** All that the service worker puts on a phone that reads codes: files, and KiB packed. */
export function measureKept(): { readonly files: number; readonly kib: number } {
  const worker = readFileSync(`${CLIENT}sw.js`, 'utf8');
  const files = new Set(
    [...worker.matchAll(/\burl"?:["`]([^"`]+)["`]/g)].map(([, file = '']) =>
      file.replace(/^\//, ''),
    ),
  );
  const kept = [...files].filter((file) => !OTHER_WORDS.test(file) && !CODES.test(file));
  return { files: kept.length, kib: sizeOf(kept) };
}

/** `npm run bench -- first-load`: how much script a phone needs before its first screen, packed. */
export async function bench({ print }: BenchOptions): Promise<void> {
  const { files, kib: value } = measureFirstLoad();
  print({
    bench: 'first-load',
    case: 'the script before a walk’s first screen, with English words, in gzip',
    figure: 'kib',
    value: Number(value.toFixed(1)),
    unit: 'KiB',
    against: 'limit',
    againstValue: LIMIT,
    ratio: round(LIMIT / value),
    n: files,
  });
}
