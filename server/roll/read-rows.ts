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
  /** Lines that are no UTF-8 and were read as Windows-1252. */
  readonly foreign: ReadonlySet<number>;
  /** True when letters beyond ASCII were read as UTF-8. */
  readonly accented: boolean;
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
      const accented = pieces.some((piece) => piece.accented);
      const foreign = new Set<number>();
      const block: ParsedRows = { rows: [], lines: [], damaged: new Map() };
      for (const piece of pieces) {
        if (piece.foreign) foreign.add(parser.nextLine());
        append(block, parser.push(piece.text, false));
      }
      if (last) append(block, parser.push('', true));
      if (block.rows.length > 0) yield { ...block, bytesRead, foreign, accented };
      if (last) return;
    }
  } finally {
    closeSync(file);
  }
}

function append(block: ParsedRows, more: ParsedRows): void {
  const before = block.rows.length;
  for (const [at, reason] of more.damaged) block.damaged.set(before + at, reason);
  for (const cells of more.rows) block.rows.push(cells);
  for (const line of more.lines) block.lines.push(line);
}
