import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { isUuid, makeId, type Id } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { BeginUpload, OpenUpload } from '#shared/model/upload.ts';
import { fingerprintParts } from '#shared/roll/fingerprint-parts.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { appendUpload } from './append-upload.ts';
import { UPLOAD_LIMIT } from './upload-limit.ts';
import {
  dropOldUploads,
  dropUpload,
  findUpload,
  finishUpload,
  type Upload,
  uploadsDir,
} from './upload.ts';

/** What is written down of a file on its way, beside the bytes that have come. */
interface Waiting extends BeginUpload {
  readonly member: string;
}

export interface UploadMeans {
  readonly clock: () => number;
  readonly random: RandomBytes;
}

const NOTE = '.open';

async function readNote(path: string): Promise<Waiting | null> {
  const text = await readFile(`${path}${NOTE}`, 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as Waiting);
}

/** How much of it lies on the disk: the one truth about how far it is, also after a crash. */
async function arrived(path: string): Promise<number> {
  return (await stat(path)).size;
}

function isSame(a: BeginUpload, b: BeginUpload): boolean {
  return a.name === b.name && a.bytes === b.bytes && a.fingerprint === b.fingerprint;
}

/** Files that a member has on their way at most: a roll, and a layer or two in other windows. */
const AT_ONCE = 3;

/**
 * Begins a file, or goes on with the one that this member began before and broke off, whatever the
 * reason. Of a member's files beyond AT_ONCE those are thrown away to which nothing has come for
 * longest. Problems: roll-too-large, roll-empty.
 */
export async function beginUpload(
  db: ChapterDb,
  member: string,
  wish: BeginUpload,
  { clock, random }: UploadMeans,
): Promise<Result<OpenUpload>> {
  if (wish.bytes > UPLOAD_LIMIT) return fail(problem('roll-too-large', { limit: '2 GiB' }));
  if (wish.bytes === 0) return fail(problem('roll-empty'));
  const dir = uploadsDir(db);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await dropOldUploads(dir, clock());
  const others: { readonly path: string; readonly heard: number }[] = [];
  for (const name of (await readdir(dir)).filter((one) => one.endsWith(NOTE))) {
    const path = join(dir, name.slice(0, -NOTE.length));
    const waiting = await readNote(path);
    if (waiting?.member !== member) continue;
    if (isSame(waiting, wish)) {
      const offset = await arrived(path).catch(() => null);
      // More than the file has: it was being unpacked when the server died.
      if (offset !== null && offset <= wish.bytes)
        return ok({ uploadId: name.slice(0, -NOTE.length), offset });
      await dropUpload(path);
      continue;
    }
    const heard = await stat(path).catch(() => null);
    others.push({ path, heard: heard?.mtimeMs ?? 0 });
  }
  others.sort((a, b) => b.heard - a.heard);
  for (const { path } of others.slice(AT_ONCE - 1)) await dropUpload(path);
  const id = makeId<Id<'upload'>>(clock(), random);
  const path = join(dir, id);
  const { name, bytes, fingerprint } = wish;
  await writeFile(path, '', { mode: 0o600 });
  const note: Waiting = { name, bytes, fingerprint, member };
  await writeFile(`${path}${NOTE}`, JSON.stringify(note), { mode: 0o600 });
  return ok({ uploadId: id, offset: 0 });
}

/** A member's own file on its way. Problems: upload-gone. */
async function find(
  db: ChapterDb,
  member: string,
  id: string,
): Promise<Result<{ readonly path: string; readonly waiting: Waiting }>> {
  const path = join(uploadsDir(db), id);
  const waiting = isUuid(id) ? await readNote(path) : null;
  if (waiting?.member !== member) return fail(problem('upload-gone'));
  return ok({ path, waiting });
}

/** How far a file has come. Problems: upload-gone. */
export async function readOffset(
  db: ChapterDb,
  member: string,
  id: string,
): Promise<Result<OpenUpload>> {
  const found = await find(db, member, id);
  if (!found.ok) return found;
  return ok({ uploadId: id, offset: await arrived(found.value.path) });
}

/**
 * Takes the next bytes of a file; what came of them stays, even when the rest did not. Problems:
 * upload-gone, upload-offset with where to go on, upload-busy, not-valid for more bytes than the file
 * has, disk-full, upload-broken.
 */
export async function continueUpload(
  db: ChapterDb,
  member: string,
  id: string,
  from: number,
  body: Readable,
): Promise<Result<OpenUpload>> {
  const found = await find(db, member, id);
  if (!found.ok) return found;
  const { path, waiting } = found.value;
  const broken = await appendUpload(path, from, waiting.bytes, body);
  if (broken !== null) return fail(broken);
  return ok({ uploadId: id, offset: await arrived(path) });
}

/** Throws a file away that was on its way. Problems: upload-gone. */
export async function cancelUpload(
  db: ChapterDb,
  member: string,
  id: string,
): Promise<Result<null>> {
  const found = await find(db, member, id);
  if (!found.ok) return found;
  await dropUpload(found.value.path);
  return ok(null);
}

/**
 * Makes an upload of a file that has come whole; asked twice, it says the same. What is not the file
 * that was announced is thrown away. Problems: upload-gone, upload-offset while bytes are missing,
 * upload-mixed, those of finishUpload.
 */
export async function endUpload(
  db: ChapterDb,
  member: string,
  id: string,
  now: number,
): Promise<Result<Upload>> {
  const found = await find(db, member, id);
  if (!found.ok) {
    // The answer to the first time may have been lost on its way.
    const done = await findUpload(db, id, now);
    return done.ok ? done : found;
  }
  const { path, waiting } = found.value;
  const offset = await arrived(path);
  if (offset !== waiting.bytes) return fail(problem('upload-offset', { offset }));
  if ((await fingerprint(path, offset)) !== waiting.fingerprint) {
    await dropUpload(path);
    return fail(problem('upload-mixed'));
  }
  // Two tabs may end it at once.
  if (ending.has(path)) return fail(problem('upload-busy'));
  ending.add(path);
  try {
    const upload = await finishUpload(id, waiting.name, path);
    await rm(`${path}${NOTE}`, { force: true });
    return upload;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') return fail(problem('disk-full'));
    throw error;
  } finally {
    ending.delete(path);
  }
}

/** Files that are being ended, by path. */
const ending = new Set<string>();

async function fingerprint(path: string, bytes: number): Promise<string> {
  const hash = createHash('sha256').update(`${bytes}\n`);
  const file = await open(path, 'r');
  try {
    for (const { from, to } of fingerprintParts(bytes)) {
      const { buffer } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
      hash.update(buffer);
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}
