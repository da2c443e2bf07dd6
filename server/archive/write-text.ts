import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileMark } from '../backup/seal-file.ts';

const CHUNK = 256 * 1024;

/** A file of an archive as SHA256SUMS names it. */
export interface WrittenFile extends FileMark {
  /** From the archive's folder, with slashes. */
  readonly name: string;
}

/** Writes text in chunks to a new file that nobody else may read: memory stays flat. */
export function writeText(folder: string, name: string, texts: Iterable<string>): WrittenFile {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = openSync(path, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    let waiting = '';
    const flush = (): void => {
      const chunk = Buffer.from(waiting, 'utf8');
      hash.update(chunk);
      bytes += chunk.length;
      for (let at = 0; at < chunk.length;) at += writeSync(file, chunk, at);
      waiting = '';
    };
    for (const text of texts) {
      waiting += text;
      if (waiting.length >= CHUNK) flush();
    }
    flush();
    fsyncSync(file);
    return { name, bytes, sha256: hash.digest('hex') };
  } finally {
    closeSync(file);
  }
}
