import { closeSync, openSync, readSync } from 'node:fs';
import type { RollMapping } from '#shared/model/roll.ts';
import { LineDecoder } from '#shared/roll/decode-lines.ts';
import { shapeOf } from '#shared/roll/inspect-text.ts';
import { makeLetters } from '#shared/roll/letters.ts';
import { type ParsedRows, RowParser } from '#shared/roll/parse-rows.ts';

export { isBlankRow } from '#shared/roll/inspect-text.ts';

type Reading = Pick<RollMapping, 'encoding' | 'delimiter' | 'quoted'>;

/** Some rows of a file, with how far it has been read. */
export interface RowBlock extends ParsedRows {
  readonly bytesRead: number;
}

const BLOCK = 256 * 1024;

/**
 * The rows of a file, header included, a block at a time, so that a file of any size takes little
 * memory. Each has the line on which it begins; what is the matter with its text stands beside it.
 */
export function* readRows(path: string, reading: Reading): Generator<RowBlock> {
  const file = openSync(path, 'r');
  try {
    const decoder = new LineDecoder(makeLetters(TextDecoder), reading.encoding);
    const parser = new RowParser(shapeOf(reading));
    const buffer = Buffer.alloc(BLOCK);
    let bytesRead = 0;
    for (;;) {
      const count = readSync(file, buffer, 0, BLOCK, null);
      const last = count === 0;
      bytesRead += count;
      const pieces = decoder.push(buffer.subarray(0, count), last);
      const text = pieces.length === 1 ? (pieces[0]?.text ?? '') : joinPieces(pieces);
      const block = parser.push(text, last);
      if (block.rows.length > 0) yield { ...block, bytesRead };
      if (last) return;
    }
  } finally {
    closeSync(file);
  }
}

function joinPieces(pieces: readonly { readonly text: string }[]): string {
  return pieces.map(({ text }) => text).join('');
}
