import type { LeftOutRow } from '#shared/model/layer.ts';
import { BulkInsert } from '../store/bulk-insert.ts';
import { eachRow } from '../store/each-row.ts';
import type { PostgresChapterDb } from '../store/postgres-chapter-db.ts';
import { openSqlite, type Sqlite } from '../store/sqlite.ts';
import type { ImportPorts } from './run-import.ts';

interface ValueRow {
  readonly place: number;
  readonly person_key: number;
  readonly amount: number | null;
  readonly word: string | null;
}
interface RowLeftOut extends Pick<LeftOutRow, 'line' | 'kind' | 'reason'> {
  readonly who: string;
  readonly cells: string;
}

/** What is copied, and where to. */
export interface KeepWish {
  readonly set: number;
  /** By place in the draft: the place in the layer. */
  readonly places: readonly number[];
  /** The draft's values. */
  readonly path: string;
}

export type KeepPorts = Pick<ImportPorts, 'onProgress' | 'cancelled'>;

/** Milliseconds after which the others have their turn. */
const TURN = 40;
/** Rows of one statement to a server elsewhere. */
const CHUNK = 1000;

const VALUES = 'select place, person_key, amount, word from vals order by place, person_key';
const LEFT_OUT = 'select line, kind, reason, who, cells from left_out order by line';

function readDraft(path: string): { readonly draft: Sqlite; readonly total: number } {
  const draft = openSqlite(path);
  const { total } = draft
    .prepare('select (select count(*) from vals) + (select count(*) from left_out) as total')
    .get() as { total: number };
  return { draft, total };
}

/**
 * Copies what was found into a set of the chapter's own file, in short turns among the chapter's
 * writers. False when it was cancelled; what was written belongs to no layer then.
 */
export async function keepInSqlite(
  sqlite: Sqlite,
  { set, places, path }: KeepWish,
  { inTurn, onProgress, cancelled }: KeepPorts & Pick<ImportPorts, 'inTurn'>,
): Promise<boolean> {
  const { draft, total } = readDraft(path);
  let done = 0;
  const copy = async <T>(rows: Iterator<T>, insert: BulkInsert, add: (row: T) => void) => {
    for (let over = false; !over;) {
      if (cancelled()) {
        rows.return?.();
        return false;
      }
      over = await inTurn(() => {
        const began = performance.now();
        for (let row = rows.next(); ; row = rows.next()) {
          if (row.done === true) {
            insert.flush();
            return true;
          }
          add(row.value);
          done++;
          if (done % 200 === 0 && performance.now() - began > TURN) break;
        }
        insert.flush();
        return false;
      });
      onProgress({ step: 'placing', rowsRead: done, bytesRead: total });
    }
    return true;
  };
  try {
    const columns = ['set_key', 'place', 'person_key', 'amount', 'word'];
    const values = new BulkInsert(sqlite, 'insert into layer_values', columns);
    const some = await copy(eachRow<ValueRow>(draft.prepare(VALUES)), values, (row) =>
      values.add(set, places[row.place] ?? row.place, row.person_key, row.amount, row.word),
    );
    if (!some) return false;
    const rest = ['set_key', 'line', 'kind', 'reason', 'who', 'cells'];
    const left = new BulkInsert(sqlite, 'insert into layer_left_out', rest);
    return await copy(eachRow<RowLeftOut>(draft.prepare(LEFT_OUT)), left, (row) =>
      left.add(set, row.line, row.kind, row.reason, row.who, row.cells),
    );
  } finally {
    draft.close();
  }
}

function* chunks<T>(rows: Iterable<T>): Generator<T[]> {
  let some: T[] = [];
  for (const row of rows) {
    some.push(row);
    if (some.length < CHUNK) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

/** The same for a chapter on PostgreSQL. */
export async function keepInPostgres(
  db: PostgresChapterDb,
  { set, places, path }: KeepWish,
  { onProgress, cancelled }: KeepPorts,
): Promise<boolean> {
  const { draft, total } = readDraft(path);
  let done = 0;
  const told = (rows: number): void => {
    done += rows;
    onProgress({ step: 'placing', rowsRead: done, bytesRead: total });
  };
  try {
    for (const rows of chunks(eachRow<ValueRow>(draft.prepare(VALUES)))) {
      if (cancelled()) return false;
      const values = rows.map((row) => ({
        set_key: set,
        ...row,
        place: places[row.place] ?? row.place,
      }));
      await db.write((trx) => trx.insertInto('layer_values').values(values).execute());
      told(rows.length);
    }
    for (const rows of chunks(eachRow<RowLeftOut>(draft.prepare(LEFT_OUT)))) {
      if (cancelled()) return false;
      const values = rows.map((row) => ({ set_key: set, ...row }));
      await db.write((trx) => trx.insertInto('layer_left_out').values(values).execute());
      told(rows.length);
    }
    return true;
  } finally {
    draft.close();
  }
}
