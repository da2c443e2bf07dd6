import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Writable } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isUuid, makeId, type Id } from '#shared/kernel/ids.ts';
import { type Problem, problem, ProblemError } from '#shared/kernel/problem.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { unpackRoll } from './unpack-roll.ts';
import { UPLOAD_LIMIT } from './upload-limit.ts';

/** A voter file that has arrived, with what was seen of its bytes on the way. */
export interface Upload {
  readonly id: string;
  readonly fileName: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Whether all of it is well-formed UTF-8. */
  readonly utf8: boolean;
}

const KEPT_FOR = 24 * 3600 * 1000;

export interface ReceiveOptions {
  readonly clock: () => number;
  readonly random: RandomBytes;
  /** What the request says of its size; null when it does not. */
  readonly announced: number | null;
  readonly limit?: number;
  /** For tests: a disk of their own. */
  readonly openFile?: (path: string) => Writable;
}

/** Where a chapter's uploads lie, next to its database. */
export function uploadsDir(db: ChapterDb): string {
  return join(db.folder, `${db.id}.uploads`);
}

function sayLimit(limit: number): string {
  return limit >= 1024 ** 3 ? `${limit / 1024 ** 3} GiB` : `${Math.ceil(limit / 1024)} KiB`;
}

/**
 * Streams a voter file to the chapter's folder, counting, hashing and checking its letters on the
 * way; what comes packed is unpacked. Whatever goes wrong, nothing of it stays. Problems:
 * roll-too-large, disk-full, upload-broken, those of unpackRoll.
 */
export async function receiveUpload(
  db: ChapterDb,
  fileName: string,
  body: Readable,
  options: ReceiveOptions,
): Promise<Result<Upload>> {
  const limit = options.limit ?? UPLOAD_LIMIT;
  const tooLarge = problem('roll-too-large', { limit: sayLimit(limit) });
  if (options.announced !== null && options.announced > limit) return fail(tooLarge);
  const dir = uploadsDir(db);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await dropOldUploads(dir, options.clock());
  const id = makeId<Id<'upload'>>(options.clock(), options.random);
  const path = join(dir, id);
  const open =
    options.openFile ?? ((to: string): Writable => createWriteStream(to, { mode: 0o600 }));
  const watch = watchBytes(limit);
  try {
    await pipeline(body, watch.stream, open(path));
    return await finishUpload(id, fileName, path, watch.seen());
  } catch (error) {
    await dropUpload(path);
    const code = (error as NodeJS.ErrnoException).code;
    if (error instanceof ProblemError) return fail(tooLarge);
    if (code === 'ENOSPC' || code === 'EDQUOT') return fail(problem('disk-full'));
    const broken = ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'ABORT_ERR', 'EPIPE'];
    if (code !== undefined && broken.includes(code)) return fail(problem('upload-broken'));
    throw error;
  }
}

/**
 * Makes an upload of a file that has arrived: unpacks it, and notes what was seen of its bytes.
 * Problems: those of unpackRoll; nothing of it stays then.
 */
export async function finishUpload(
  id: string,
  fileName: string,
  path: string,
  seen: Pick<Upload, 'bytes' | 'sha256' | 'utf8'> | null = null,
): Promise<Result<Upload>> {
  const unpacked = await unpackRoll(path, path);
  if (!unpacked.ok) {
    await dropUpload(path);
    return unpacked;
  }
  const inside = unpacked.value || seen === null ? await watchFile(path) : seen;
  const upload: Upload = { id, fileName: cleanName(fileName), path, ...inside };
  await writeFile(`${path}.json`, JSON.stringify(upload), { mode: 0o600 });
  return ok(upload);
}

/** Looks at a file on this machine as if it had been uploaded; the file stays where it is. */
export async function readLocalFile(path: string, fileName: string): Promise<Result<Upload>> {
  try {
    const { size } = await stat(path);
    if (size === 0) return fail(problem('roll-empty'));
    return ok({ id: '', fileName, path, ...(await watchFile(path)) });
  } catch {
    return fail(problem('file-unreadable', { path }));
  }
}

async function watchFile(path: string): Promise<Pick<Upload, 'bytes' | 'sha256' | 'utf8'>> {
  const watch = watchBytes(Infinity);
  for await (const _ of createReadStream(path).pipe(watch.stream)) void _;
  return watch.seen();
}

/** When an id was made, in ms since 1970: a UUIDv7 begins with it. */
const madeAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

/**
 * Why an upload is not here. Several processes may serve a chapter on PostgreSQL, each with a folder
 * of its own: one that is younger than uploads are kept may lie in another's.
 */
function sayGone({ engine }: ChapterDb, id: string, now: number): Problem {
  const mayBeElsewhere = engine === 'postgres' && Math.abs(now - madeAt(id)) < KEPT_FOR;
  return problem(mayBeElsewhere ? 'upload-elsewhere' : 'upload-gone');
}

/** An upload that is still here. Problems: upload-gone, upload-elsewhere. */
export async function findUpload(db: ChapterDb, id: string, now: number): Promise<Result<Upload>> {
  if (!isUuid(id)) return fail(problem('upload-gone'));
  const path = join(uploadsDir(db), id);
  try {
    const upload = JSON.parse(await readFile(`${path}.json`, 'utf8')) as Upload;
    return ok({ ...upload, path });
  } catch {
    return fail(sayGone(db, id, now));
  }
}

export async function dropUpload(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(`${path}.json`, { force: true });
  await rm(`${path}.open`, { force: true });
}

/** Takes away what has lain here for more than a day. */
export async function dropOldUploads(dir: string, now: number): Promise<void> {
  for (const name of await readdir(dir)) {
    const path = join(dir, name.replace(/\.(?:json|open)$/, ''));
    const made = (await stat(path).catch(() => null))?.mtimeMs ?? 0;
    if (now - made > KEPT_FOR) await dropUpload(path);
  }
}

/** No path, no control letters: the name is shown, and written to the list of imports. */
function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return last.replace(/\p{C}/gu, '').slice(0, 200) || 'roll.csv';
}

function watchBytes(limit: number): {
  stream: Transform;
  seen: () => Pick<Upload, 'bytes' | 'sha256' | 'utf8'>;
} {
  const hash = createHash('sha256');
  let bytes = 0;
  let utf8 = true;
  let tail = Buffer.alloc(0);
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > limit) {
        done(new ProblemError(problem('roll-too-large', { limit: sayLimit(limit) })));
        return;
      }
      hash.update(chunk);
      if (utf8) {
        const joined = tail.length > 0 ? Buffer.concat([tail, chunk]) : chunk;
        const end = endOfWholeLetters(joined);
        utf8 = isUtf8(joined.subarray(0, end));
        tail = Buffer.from(joined.subarray(end));
      }
      done(null, chunk);
    },
  });
  return {
    stream,
    seen: () => ({ bytes, sha256: hash.digest('hex'), utf8: utf8 && tail.length === 0 }),
  };
}

/** Where to cut so that no letter of UTF-8 is cut in two: at most three bytes before the end. */
function endOfWholeLetters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return size > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
