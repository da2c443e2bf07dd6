import type { FileHandle } from 'node:fs/promises';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';

/** Where the packed bytes of the one file of an archive lie. */
export interface ZipEntry {
  readonly name: string;
  readonly deflated: boolean;
  readonly start: number;
  readonly packed: number;
  /** As the archive says; what comes out is counted all the same. */
  readonly size: number;
}

/** Entries beyond which an archive is not looked through. */
const MOST_ENTRIES = 1000;
/** The end record and the longest remark behind it. */
const TAIL = 22 + 65_535;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const FULL = 0xffffffff;

const odd = fail(problem('roll-archive-odd'));

/**
 * The one file of a ZIP archive (APPNOTE 6.3.10, with its 64-bit sizes). Folders and what macOS adds
 * do not count. Problems: roll-not-text for workbooks, which are archives too, roll-archive-many,
 * roll-archive-odd, roll-empty.
 */
export async function findZipEntry(file: FileHandle, bytes: number): Promise<Result<ZipEntry>> {
  const directory = await readDirectory(file, bytes);
  if (directory === null) return odd;
  const names = directory.map(({ name }) => name);
  if (names.includes('[Content_Types].xml')) return sayWorkbook('an Excel workbook');
  if (names.includes('mimetype')) return sayWorkbook('an OpenDocument spreadsheet');
  const files = directory.filter(
    ({ name }) => !name.endsWith('/') && !name.startsWith('__MACOSX/') && !/(?:^|\/)\./.test(name),
  );
  const [only] = files;
  if (only === undefined) return fail(problem('roll-empty'));
  if (files.length > 1) return fail(problem('roll-archive-many', { count: files.length }));
  if (only.locked || (only.method !== 0 && only.method !== 8)) return odd;
  const local = await readAt(file, only.at, 30);
  if (local.length < 30 || local.readUInt32LE(0) !== LOCAL) return odd;
  const start = only.at + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  if (start + only.packed > bytes) return odd;
  const { name, packed, size } = only;
  return ok({ name, deflated: only.method === 8, start, packed, size });
}

function sayWorkbook(kind: string): Result<never> {
  return fail(problem('roll-not-text', { kind }));
}

interface Listed {
  readonly name: string;
  readonly method: number;
  readonly locked: boolean;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

/** What the archive lists, or null when it is none that can be read. */
async function readDirectory(file: FileHandle, bytes: number): Promise<Listed[] | null> {
  const from = Math.max(0, bytes - TAIL);
  const tail = await readAt(file, from, bytes - from);
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END) end--;
  if (end < 0) return null;
  let count = tail.readUInt16LE(end + 10);
  let size = tail.readUInt32LE(end + 12);
  let at = tail.readUInt32LE(end + 16);
  if (count === 0xffff || size === FULL || at === FULL) {
    const locator = await readAt(file, from + end - 20, 20);
    if (locator.length < 20 || locator.readUInt32LE(0) !== LOCATOR_64) return null;
    const wide = await readAt(file, Number(locator.readBigUInt64LE(8)), 56);
    if (wide.length < 56 || wide.readUInt32LE(0) !== END_64) return null;
    count = Number(wide.readBigUInt64LE(32));
    size = Number(wide.readBigUInt64LE(40));
    at = Number(wide.readBigUInt64LE(48));
  }
  if (count > MOST_ENTRIES || size > bytes || at + size > bytes) return null;
  const directory = await readAt(file, at, size);
  const listed: Listed[] = [];
  for (let pos = 0; listed.length < count;) {
    if (pos + 46 > directory.length || directory.readUInt32LE(pos) !== ENTRY) return null;
    const nameLength = directory.readUInt16LE(pos + 28);
    const extraLength = directory.readUInt16LE(pos + 30);
    const extraAt = pos + 46 + nameLength;
    if (extraAt + extraLength > directory.length) return null;
    listed.push({
      name: directory.toString('utf8', pos + 46, extraAt),
      method: directory.readUInt16LE(pos + 10),
      locked: (directory.readUInt16LE(pos + 8) & 1) !== 0,
      ...readSizes(directory, pos, directory.subarray(extraAt, extraAt + extraLength)),
    });
    pos = extraAt + extraLength + directory.readUInt16LE(pos + 32);
  }
  return listed;
}

/** Sizes and place of an entry; those that do not fit 32 bits stand in an extra field. */
function readSizes(
  directory: Buffer,
  pos: number,
  extra: Buffer,
): Pick<Listed, 'packed' | 'size' | 'at'> {
  let packed = directory.readUInt32LE(pos + 20);
  let size = directory.readUInt32LE(pos + 24);
  let at = directory.readUInt32LE(pos + 42);
  for (let i = 0; i + 4 <= extra.length;) {
    const length = extra.readUInt16LE(i + 2);
    const wide = extra.subarray(i + 4, i + 4 + length);
    if (extra.readUInt16LE(i) === 1) {
      let next = 0;
      const take = (): number => {
        const value = next + 8 <= wide.length ? Number(wide.readBigUInt64LE(next)) : FULL;
        next += 8;
        return value;
      };
      if (size === FULL) size = take();
      if (packed === FULL) packed = take();
      if (at === FULL) at = take();
    }
    i += 4 + length;
  }
  return { packed, size, at };
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
