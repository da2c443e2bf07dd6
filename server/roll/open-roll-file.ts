import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip, createInflateRaw } from 'node:zlib';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { findZipEntry } from '#shared/roll/find-zip-entry.ts';
import { UPLOAD_LIMIT } from './upload-limit.ts';

/** A file as it is, or the one file in an archive. */
export interface OpenedFile {
  /** Size on the disk, packed. */
  readonly bytes: number;
  readonly packed: 'gzip' | 'zip' | null;
  /**
   * Its bytes, unpacked. Throws a ProblemError: file-unreadable, roll-archive-odd, roll-bomb for what
   * grows beyond what a voter file can be.
   */
  readonly read: () => AsyncGenerator<Uint8Array>;
}

const PART = 256 * 1024;
/** Text of a voter file packs to a fifth or a tenth; beyond this it is no such text. */
const MOST_TIMES = 100;
/** Bytes up to which nobody minds how well they were packed. */
const HARMLESS = 64 * 1024 * 1024;

/**
 * Opens a file of any kind to be read part by part. Problems: file-unreadable (missing, a folder, no
 * right to it), and those of findZipEntry.
 */
export async function openRollFile(
  path: string,
  limit: number = UPLOAD_LIMIT,
): Promise<Result<OpenedFile>> {
  const unreadable = fail(problem('file-unreadable', { path }));
  try {
    const about = await stat(path);
    if (!about.isFile()) return unreadable;
    const bytes = about.size;
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      if (bytesRead >= 2 && buffer[0] === 0x1f && buffer[1] === 0x8b) {
        const read = (): AsyncGenerator<Uint8Array> =>
          unpack(createReadStream(path, { highWaterMark: PART }), 'gzip', bytes, limit);
        return ok({ bytes, packed: 'gzip', read });
      }
      if (bytesRead < 4 || buffer.toString('latin1') !== 'PK\u0003\u0004') {
        return ok({ bytes, packed: null, read: () => plain(path) });
      }
      const entry = await findZipEntry(async (at, length) => {
        const part = await file.read(Buffer.alloc(length), 0, length, at);
        return part.buffer.subarray(0, part.bytesRead);
      }, bytes);
      if (!entry.ok) return entry;
      const { start, packed, deflated, size } = entry.value;
      if (size > limit) return fail(problem('roll-bomb'));
      const read = (): AsyncGenerator<Uint8Array> => {
        const end = start + packed - 1;
        const part = { start, end, highWaterMark: PART };
        if (packed === 0) return nothing();
        const stream = createReadStream(path, part);
        return unpack(stream, deflated ? 'deflate' : 'stored', packed, limit);
      };
      return ok({ bytes, packed: 'zip', read });
    } finally {
      await file.close();
    }
  } catch {
    return unreadable;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // An empty file in an archive.
}

async function* plain(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of createReadStream(path, { highWaterMark: PART })) yield part as Buffer;
  } catch {
    throw new ProblemError(problem('file-unreadable', { path }));
  }
}

async function* unpack(
  source: Readable,
  how: 'gzip' | 'deflate' | 'stored',
  packed: number,
  limit: number,
): AsyncGenerator<Uint8Array> {
  const out =
    how === 'stored'
      ? source
      : source.pipe(
          how === 'gzip'
            ? createGunzip({ chunkSize: PART })
            : createInflateRaw({ chunkSize: PART }),
        );
  source.on('error', (error) => out.destroy(error));
  let size = 0;
  try {
    for await (const part of out) {
      const bytes = part as Buffer;
      size += bytes.length;
      if (size > limit || (size > HARMLESS && size > MOST_TIMES * packed)) {
        throw new ProblemError(problem('roll-bomb'));
      }
      yield bytes;
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError(problem('roll-archive-odd'));
  } finally {
    source.destroy();
    out.destroy();
  }
}
