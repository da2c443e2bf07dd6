import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { ExportKind } from '#shared/model/chapter.ts';
import { harmlessRow } from '#shared/privacy/harmless-cell.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { beginExport, finishExport } from './ledger.ts';

export type Cell = string | number | null;

const CHUNK = 64 * 1024;
/** Without it Excel reads a CSV file in an older encoding and breaks every accent. */
const BYTE_ORDER_MARK = '\uFEFF';

export interface CsvExport {
  readonly kind: ExportKind;
  readonly header: readonly string[];
  readonly rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>;
}

/**
 * A CSV file in chunks, entered in the ledger when it begins and again when all of it has left.
 * After each chunk everybody else gets their turn: a plain iterator would freeze the server for
 * as long as the reader keeps up.
 */
export async function* streamCsv(
  db: ChapterDb,
  wish: CsvExport,
  memberId: MemberId,
  means: Pick<Ports, 'clock' | 'random'>,
): AsyncGenerator<Buffer> {
  const id = await beginExport(db, wish.kind, memberId, means);
  const hash = createHash('sha256');
  let bytes = 0;
  let rows = 0;
  const seal = (text: string): Buffer => {
    const chunk = Buffer.from(text, 'utf8');
    hash.update(chunk);
    bytes += chunk.length;
    return chunk;
  };
  let text = BYTE_ORDER_MARK + harmlessRow(wish.header);
  for await (const row of wish.rows) {
    text += harmlessRow(row);
    rows += 1;
    if (text.length < CHUNK) continue;
    yield seal(text);
    text = '';
    await setImmediate();
  }
  if (text !== '') yield seal(text);
  await finishExport(db, id, { rows, bytes, sha256: hash.digest('hex') });
}
