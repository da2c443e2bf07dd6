import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { DepartureBook } from './ledger.ts';

/**
 * A file of the server on its way out: in the book before its first byte, and again when it ended,
 * whole or broken off.
 */
export async function* takeFile(
  book: DepartureBook,
  path: string,
  { bytes: size, rows }: { readonly bytes: number; readonly rows: number },
): AsyncGenerator<Buffer> {
  await book.begin();
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  } finally {
    const broken = bytes !== size;
    await book.end({ rows, bytes, sha256: hash.digest('hex'), broken });
  }
}
