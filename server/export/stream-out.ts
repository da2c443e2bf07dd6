import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { DepartureBook } from './ledger.ts';

/** Text on its way out, with how many rows of data it ends. */
export interface Line {
  readonly text: string;
  readonly rows: 0 | 1;
}

const CHUNK = 64 * 1024;

/**
 * The only way out for rows: a file in chunks, in the book before its first byte and again when it
 * ended, whole or broken off. After each chunk everybody else gets their turn: a plain iterator
 * would freeze the server for as long as the reader keeps up.
 */
export async function* streamOut(
  book: DepartureBook,
  lines: Iterable<Line> | AsyncIterable<Line>,
): AsyncGenerator<Buffer> {
  await book.begin();
  const hash = createHash('sha256');
  let bytes = 0;
  let rows = 0;
  let broken = true;
  try {
    let text = '';
    let waiting = 0;
    const seal = (): Buffer => {
      const chunk = Buffer.from(text, 'utf8');
      hash.update(chunk);
      bytes += chunk.length;
      rows += waiting;
      text = '';
      waiting = 0;
      return chunk;
    };
    for await (const line of lines) {
      text += line.text;
      waiting += line.rows;
      if (text.length < CHUNK) continue;
      yield seal();
      await setImmediate();
    }
    if (text !== '') yield seal();
    broken = false;
  } finally {
    await book.end({ rows, bytes, sha256: hash.digest('hex'), broken });
  }
}
