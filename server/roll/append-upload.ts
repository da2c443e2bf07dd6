import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { problem, type Problem } from '#shared/kernel/problem.ts';

interface Writing {
  readonly body: Readable;
  /** When it last brought something, in ms of this process. */
  heard: number;
  readonly over: Promise<void>;
}

/** Files that are being written, by path. */
const writing = new Map<string, Writing>();
/** A line over which nothing has come for so long is taken for dead when another brings the file. */
const SILENT_MS = 5000;

/** Ends a line that has gone silent; says false while another is at work. */
async function takeOver(path: string): Promise<boolean> {
  const before = writing.get(path);
  if (before === undefined) return true;
  if (performance.now() - before.heard < SILENT_MS) return false;
  before.body.destroy();
  await before.over;
  return !writing.has(path);
}

/**
 * Writes bytes behind those that are there. They stay as far as they came, whatever ends the rest.
 * Null: all is written. Problems: upload-busy, upload-offset, not-valid for more bytes than `most`,
 * disk-full, upload-broken.
 */
export async function appendUpload(
  path: string,
  from: number,
  most: number,
  body: Readable,
): Promise<Problem | null> {
  if (!(await takeOver(path))) return problem('upload-busy');
  let end = (): void => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const line: Writing = { body, heard: performance.now(), over };
  writing.set(path, line);
  try {
    const file = await open(path, 'r+');
    try {
      const { size } = await file.stat();
      if (size !== from) return problem('upload-offset', { offset: size });
      return await copy(file, from, most, line);
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return problem('upload-gone');
    if (code === 'ENOSPC' || code === 'EDQUOT') return problem('disk-full');
    if (body.destroyed || body.readableAborted) return problem('upload-broken');
    throw error;
  } finally {
    writing.delete(path);
    end();
  }
}

async function copy(
  file: FileHandle,
  from: number,
  most: number,
  line: Writing,
): Promise<Problem | null> {
  let at = from;
  for await (const part of line.body) {
    const bytes = part as Buffer;
    line.heard = performance.now();
    if (at + bytes.length > most) {
      return problem('not-valid', { reason: 'more bytes than the file was said to have' });
    }
    let done = 0;
    while (done < bytes.length) {
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
      done += bytesWritten;
    }
    at += bytes.length;
  }
  // What was told to have come outlives a power cut.
  await file.datasync();
  return null;
}
