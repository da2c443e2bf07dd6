import { problem } from '../kernel/problem.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { type ReadAt, readZipDirectory, zipStart } from './read-zip-directory.ts';

/** Where the packed bytes of the one file of an archive lie. */
export interface ZipEntry {
  readonly name: string;
  readonly deflated: boolean;
  readonly start: number;
  readonly packed: number;
  /** As the archive says; what comes out is counted all the same. */
  readonly size: number;
}

/** Files that a system puts beside others; in front of a name may stand any path, `../` too. */
const ASIDE = /(?:^|[/\\])(?:\.[^/\\]*|thumbs\.db|desktop\.ini)$/i;

const odd = fail(problem('roll-archive-odd'));

/**
 * The one file of a ZIP archive (APPNOTE 6.3.10, with its 64-bit sizes). Folders and what macOS adds
 * do not count. Problems: roll-not-text for workbooks, which are archives too, roll-archive-many,
 * roll-archive-odd, roll-empty.
 */
export async function findZipEntry(readAt: ReadAt, bytes: number): Promise<Result<ZipEntry>> {
  const directory = await readZipDirectory(readAt, bytes);
  if (directory === null) return odd;
  const names = directory.map(({ name }) => name);
  if (names.includes('[Content_Types].xml')) return sayWorkbook('an Excel workbook');
  if (names.includes('mimetype')) return sayWorkbook('an OpenDocument spreadsheet');
  const all = directory.filter(({ name }) => !/[/\\]$|^__MACOSX[/\\]/.test(name));
  const shown = all.filter(({ name }) => !ASIDE.test(name));
  const files = shown.length > 0 ? shown : all;
  const [only] = files;
  if (only === undefined) return fail(problem('roll-empty'));
  if (files.length > 1) return fail(problem('roll-archive-many', { count: files.length }));
  const start = await zipStart(readAt, only, bytes);
  if (start === null) return odd;
  const { name, packed, size } = only;
  return ok({ name, deflated: only.method === 8, start, packed, size });
}

function sayWorkbook(kind: string): Result<never> {
  return fail(problem('roll-not-text', { kind }));
}
