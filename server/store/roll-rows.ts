import type { ImportId } from '#shared/kernel/ids.ts';
import type { Problem } from '#shared/kernel/problem.ts';
import { sayProblem } from '#shared/kernel/problem.ts';
import type {
  ImportReport,
  RollFlip,
  RollImport,
  RollMapping,
  RollSummary,
} from '#shared/model/roll.ts';
import type { Terms } from '#shared/model/rules.ts';
import type { ChapterDb } from './chapter-db.ts';
import { HIDDEN } from './merged-people.ts';
import type { Tables } from './tables.ts';

export interface NewImport {
  readonly id: ImportId;
  readonly fileName: string;
  readonly sha256: string;
  readonly bytes: number;
  /** With the file's header, for the lists of what found no place. */
  readonly mapping: RollMapping & { readonly header: readonly string[] };
  readonly startedBy: string;
  readonly startedAt: number;
  /** Null or left out: nobody has said. */
  readonly terms?: Terms | null;
  /** Takes the place of the roll that stands without waiting. */
  readonly atOnce?: boolean;
}

interface ImportRow {
  readonly id: ImportId;
  readonly file_name: string;
  readonly bytes: number;
  readonly state: RollImport['state'];
  readonly started_at: number;
  readonly finished_at: number | null;
  readonly report: string | null;
  readonly problem: string | null;
  readonly terms: string | null;
  readonly step: RollImport['step'];
  readonly rows_read: number;
  readonly bytes_read: number;
  readonly keeps_old: number;
}

function toImport(row: ImportRow): RollImport {
  const report = row.report === null ? null : (JSON.parse(row.report) as ImportReport);
  const found = row.problem === null ? null : (JSON.parse(row.problem) as Problem);
  const whole = row.state === 'done' || row.state === 'ready';
  return {
    id: row.id,
    fileName: row.file_name,
    state: row.state,
    step: row.state === 'running' ? (row.step ?? 'reading') : null,
    rowsRead: report?.rows ?? row.rows_read,
    bytesRead: whole ? row.bytes : row.bytes_read,
    bytes: row.bytes,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    report: whole ? report : null,
    canUndo: row.state === 'done' && row.keeps_old === 1,
    terms: row.terms === null ? null : (JSON.parse(row.terms) as Terms),
    problem: found === null ? null : { code: found.code, text: sayProblem(found) },
  };
}

export async function addImport(db: ChapterDb, entry: NewImport): Promise<void> {
  const { id, fileName, sha256, bytes, mapping, startedBy, startedAt, terms = null } = entry;
  const at_once = entry.atOnce === true ? 1 : 0;
  await db.write((trx) =>
    trx
      .insertInto('imports')
      .values({
        id,
        file_name: fileName,
        sha256,
        bytes,
        mapping: JSON.stringify(mapping),
        state: 'running',
        started_by: startedBy,
        started_at: startedAt,
        finished_at: null,
        report: null,
        problem: null,
        terms: terms === null ? null : JSON.stringify(terms),
        at_once,
      })
      .execute(),
  );
}

/** Ends an import that did not come through; the roll is as it was before. */
export async function endImport(
  db: ChapterDb,
  id: ImportId,
  how: { readonly state: 'failed' | 'cancelled'; readonly problem: Problem | null },
  now: number,
): Promise<void> {
  await db.write(async (trx) => {
    await trx.deleteFrom('roll_moves').execute();
    await trx
      .updateTable('imports')
      .set({
        state: how.state,
        finished_at: now,
        problem: how.problem === null ? null : JSON.stringify(how.problem),
      })
      .where('id', '=', id)
      .where('state', 'in', ['running', 'ready'])
      .execute();
  });
}

export async function findImport(db: ChapterDb, id: string): Promise<RollImport | null> {
  const row = await db.read
    .selectFrom('imports')
    .selectAll()
    .where('id', '=', id as ImportId)
    .executeTakeFirst();
  return row === undefined ? null : toImport(row);
}

/** An import that a process left behind, or that waits, as whoever finds it needs it. */
export interface OpenImport {
  readonly id: ImportId;
  readonly state: RollImport['state'];
  readonly flip: RollFlip | null;
  readonly keeps_old: number;
  readonly attempts: number;
}

/** Imports that say they are running, wait, or have a roll kept before them. */
export function openImports(db: ChapterDb): Promise<OpenImport[]> {
  return db.read
    .selectFrom('imports')
    .select(['id', 'state', 'flip', 'keeps_old', 'attempts'])
    .where((where) =>
      where.or([where('state', 'in', ['running', 'ready']), where('keeps_old', '=', 1)]),
    )
    .execute();
}

/** Begins a broken-off import once more: what it had written of its faults goes. */
export async function beginAgain(db: ChapterDb, id: ImportId): Promise<void> {
  await db.write(async (trx) => {
    await trx.deleteFrom('import_faults').where('import_id', '=', id).execute();
    await trx
      .updateTable('imports')
      .set((row) => ({
        attempts: row('attempts', '+', 1),
        step: null,
        rows_read: 0,
        bytes_read: 0,
      }))
      .where('id', '=', id)
      .execute();
  });
}

/** The roll kept before an import is not there any more. */
export async function forgetKept(db: ChapterDb, id: ImportId): Promise<void> {
  await db.write((trx) =>
    trx.updateTable('imports').set({ keeps_old: 0 }).where('id', '=', id).execute(),
  );
}

/** The roll that stands now, counted, with the imports, newest first. */
export async function readRollSummary(db: ChapterDb): Promise<RollSummary> {
  const { people } = await db.read
    .selectFrom('voters')
    .select((eb) => eb.fn.countAll<number>().as('people'))
    .where('person_key', 'not in', HIDDEN)
    .executeTakeFirstOrThrow();
  const doors = await db.read
    .selectFrom('doors')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .select((eb) => [
      eb.fn.countAll<number>().as('doors'),
      eb.fn.count<number>('buildings.lon').as('placed'),
    ])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('people')
          .innerJoin('voters', 'voters.person_key', 'people.key')
          .select('people.key')
          .where('people.key', 'not in', HIDDEN)
          .whereRef('people.door_key', '=', 'doors.key'),
      ),
    )
    .executeTakeFirstOrThrow();
  const rows = await db.read
    .selectFrom('imports')
    .selectAll()
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(50)
    .execute();
  return {
    people,
    doors: doors.doors,
    placedDoors: doors.placed,
    imports: rows.map(toImport),
  };
}

export type FaultKind = Tables['import_faults']['kind'];

interface FaultRow {
  readonly line: number;
  readonly kind: FaultKind;
  readonly reason: string;
  readonly cells: readonly string[];
}

/** Some rows of an import that were rejected or have no place, from a line on. */
export async function readFaults(
  db: ChapterDb,
  id: ImportId,
  kinds: readonly FaultKind[],
  after: number,
  limit: number,
): Promise<FaultRow[]> {
  const rows = await db.read
    .selectFrom('import_faults')
    .select(['line', 'kind', 'reason', 'cells'])
    .where('import_id', '=', id)
    .where('kind', 'in', kinds)
    .where('line', '>', after)
    .orderBy('line')
    .limit(limit)
    .execute();
  return rows.map(({ line, kind, reason, cells }) => ({
    line,
    kind,
    reason,
    cells: JSON.parse(cells) as string[],
  }));
}
