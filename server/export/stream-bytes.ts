import { createHash } from 'node:crypto';
import type { DepartureBook } from './ledger.ts';

/** A piece of a file on its way out, with how many rows of data it ends. */
export interface Part {
  readonly bytes: Buffer;
  readonly rows: number;
}

/**
 * The way out for a file that is no text, such as paper: in the book before its first byte, and again
 * when it ended, whole or broken off.
 */
export async function* streamBytes(
  book: DepartureBook,
  parts: AsyncIterable<Part>,
): AsyncGenerator<Buffer> {
  await book.begin();
  const hash = createHash('sha256');
  let [bytes, rows, broken] = [0, 0, true];
  try {
    for await (const part of parts) {
      hash.update(part.bytes);
      bytes += part.bytes.length;
      rows += part.rows;
      if (part.bytes.length > 0) yield part.bytes;
    }
    broken = false;
  } finally {
    await book.end({ rows, bytes, sha256: hash.digest('hex'), broken });
  }
}
