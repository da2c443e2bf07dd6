import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { readZipDirectory, type ZipListed, zipStart } from '#shared/roll/read-zip-directory.ts';
import { SUMS } from './check-sums.ts';

const NAME = /^[A-Za-z0-9][\w./-]{0,200}$/;
const PART = 256 * 1024;
/** Tables of text pack to a tenth; beyond this it is no archive of ours. */
const MOST_TIMES = 200;
const HARMLESS = 64 * 1024 * 1024;

const refuse = (reason: string): { readonly ok: false; readonly problem: Problem } =>
  fail(problem('backup-refused', { reason }));

/** Stops what grows beyond the size that its list gives. */
function upTo(size: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      seen += chunk.length;
      done(seen > size ? new Error('it is longer than the archive says') : null, chunk);
    },
  });
}

/** The files of the archive by their own names, wherever in the ZIP its folder is. */
function findFiles(listed: readonly ZipListed[]): Map<string, ZipListed> | null {
  const sums = listed
    .filter(({ name }) => name === SUMS || name.endsWith(`/${SUMS}`))
    .toSorted((a, b) => a.name.length - b.name.length)[0];
  if (sums === undefined) return null;
  const top = sums.name.slice(0, -SUMS.length);
  const files = new Map<string, ZipListed>();
  for (const one of listed) {
    const name = one.name.slice(top.length);
    // What systems add beside the files is no part of it; what is missing shows by the sums.
    if (!one.name.startsWith(top) || !NAME.test(name) || name.endsWith('/')) continue;
    if (!name.split('/').some((part) => part.startsWith('.'))) files.set(name, one);
  }
  return files;
}

/** True for a file that begins as ZIP archives do. */
export async function isZip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString('latin1') === 'PK\u0003\u0004';
  } finally {
    await file.close();
  }
}

/**
 * Unpacks an archive of a chapter into an empty folder, as the desk gives it or as somebody zipped
 * the folder again. Its sums are not looked at here. Problems: backup-refused.
 */
export async function unpackArchive(zip: string, folder: string): Promise<Result<null>> {
  const { size: bytes } = await stat(zip);
  const file = await open(zip, 'r');
  try {
    const readAt = async (at: number, length: number): Promise<Uint8Array> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
      return buffer.subarray(0, bytesRead);
    };
    const listed = await readZipDirectory(readAt, bytes);
    if (listed === null) return refuse('the ZIP is damaged or broken off');
    const files = findFiles(listed);
    if (files === null) return refuse(`the ZIP has no ${SUMS}: it is no archive of a chapter`);
    const whole = [...files.values()].reduce((sum, { size }) => sum + size, 0);
    if (whole > HARMLESS && whole > MOST_TIMES * bytes) {
      return refuse('the ZIP would unpack to far more than an archive does');
    }
    for (const [name, one] of files) {
      const start = await zipStart(readAt, one, bytes);
      if (start === null) return refuse(`${name} cannot be read from the ZIP`);
      const to = join(folder, name);
      mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
      const out = createWriteStream(to, { mode: 0o600 });
      if (one.packed === 0) {
        out.end();
        continue;
      }
      const end = start + one.packed - 1;
      const packed = createReadStream(zip, { start, end, highWaterMark: PART });
      const limit = upTo(one.size);
      if (one.method === 0) await pipeline(packed, limit, out);
      else await pipeline(packed, createInflateRaw({ chunkSize: PART }), limit, out);
    }
    return ok(null);
  } catch (error) {
    return refuse(`the ZIP cannot be unpacked (${error instanceof Error ? error.message : ''})`);
  } finally {
    await file.close();
  }
}
