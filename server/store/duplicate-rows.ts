import { type Kysely, sql } from 'kysely';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { Evidence } from '#shared/model/duplicate-evidence.ts';
import type { DuplicateSearch } from '#shared/model/duplicates.ts';
import type { FoundDuplicates } from '#shared/roll/duplicates/find-duplicates.ts';
import type { ChapterDb } from './chapter-db.ts';
import type { Tables } from './tables.ts';

/** Rows of one write: some milliseconds. */
const AT_ONCE = 200;

const LATEST = sql<string>`coalesce((select id from imports where state = 'done'
  order by finished_at desc, id desc limit 1), '')`;

/** How a search ended. */
export type SearchEnd =
  | { readonly state: 'cancelled' | 'failed' }
  | { readonly state: 'done'; readonly result: FoundDuplicates & { readonly people: number } };

/** Notes that a search began; what the one before found stays until this one ends. */
export async function beginSearch(db: ChapterDb, by: MemberId | null, now: number): Promise<void> {
  await db.write(async (trx) => {
    const row = await trx.selectFrom('clock').select(LATEST.as('of')).executeTakeFirstOrThrow();
    await trx.deleteFrom('duplicate_searches').execute();
    await trx
      .insertInto('duplicate_searches')
      .values({
        only: 1,
        import_id: row.of,
        state: 'running',
        by_member: by,
        started_at: now,
        finished_at: null,
        people: 0,
        done: 0,
        total: 1,
        found: 0,
        cut: 0,
        cancel_asked: 0,
      })
      .execute();
  });
}

/** Notes how far a search is; true when it was asked to stop. */
export async function noteSearch(
  db: ChapterDb,
  far: Partial<Pick<Tables['duplicate_searches'], 'people' | 'done' | 'total' | 'cancel_asked'>>,
): Promise<boolean> {
  const row = await db.write(async (trx) => {
    if (Object.keys(far).length > 0) {
      await trx.updateTable('duplicate_searches').set(far).where('state', '=', 'running').execute();
    }
    return trx
      .selectFrom('duplicate_searches')
      .select('cancel_asked')
      .where('state', '=', 'running')
      .executeTakeFirst();
  });
  return row?.cancel_asked === 1;
}

/** Ends a search. What it found takes the place of what the one before had, in short writes. */
export async function endSearch(db: ChapterDb, end: SearchEnd, now: number): Promise<void> {
  if (end.state === 'done') {
    await db.write((trx) => trx.deleteFrom('duplicate_pairs').execute());
    const rows = end.result.pairs.map(({ low, high, score, evidence }) => ({
      low_key: low,
      high_key: high,
      score,
      reasons: JSON.stringify(evidence),
    }));
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      const some = rows.slice(at, at + AT_ONCE);
      await db.write((trx) => trx.insertInto('duplicate_pairs').values(some).execute());
    }
  }
  const far =
    end.state === 'done'
      ? { people: end.result.people, found: end.result.found, cut: end.result.cut }
      : {};
  await db.write((trx) =>
    trx
      .updateTable('duplicate_searches')
      .set({ state: end.state, finished_at: now, ...far })
      .where('state', '=', 'running')
      .execute(),
  );
}

/** The search that is under way or was last; null when there never was one. */
export async function readSearch(db: ChapterDb): Promise<DuplicateSearch | null> {
  const row = await db.read
    .selectFrom('duplicate_searches')
    .selectAll()
    .select(LATEST.as('latest'))
    .executeTakeFirst();
  if (row === undefined) return null;
  const { kept } = await db.read
    .selectFrom('duplicate_pairs')
    .select((eb) => eb.fn.countAll<number>().as('kept'))
    .executeTakeFirstOrThrow();
  const { state, people, done, total, found, cut } = row;
  return {
    state,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    done,
    total,
    people,
    found,
    kept,
    cut,
    stale: row.import_id !== row.latest,
  };
}

/** A pair that nobody has decided, by the people who are shown for both. */
export interface OpenPair {
  readonly low: number;
  readonly high: number;
  readonly score: number;
  /** An Evidence, not parsed yet: there may be many. */
  readonly reasons: string;
}

export const evidenceOf = ({ reasons }: { readonly reasons: string }): Evidence | null =>
  JSON.parse(reasons) as Evidence | null;

const nameOf = (one: number, other: number): string =>
  one < other ? `${one} ${other}` : `${other} ${one}`;

/**
 * The pairs that nobody has decided yet, best first, each once by whoever is shown for its two: those
 * that are one by now, and those of whom somebody said that they are two, are left out.
 */
export async function readOpenPairs(db: Kysely<Tables>): Promise<OpenPair[]> {
  const rows = await db
    .selectFrom('duplicate_pairs')
    .selectAll()
    .orderBy('score', 'desc')
    .orderBy('low_key')
    .orderBy('high_key')
    .execute();
  const faces = await db.selectFrom('merged_people').selectAll().execute();
  const faceOf = new Map(faces.map((row) => [row.person_key, row.face_key]));
  const shown = (key: number): number => faceOf.get(key) ?? key;
  const apart = await db.selectFrom('not_same').select(['low_key', 'high_key']).execute();
  const taken = new Set(apart.map((row) => nameOf(shown(row.low_key), shown(row.high_key))));
  const open: OpenPair[] = [];
  for (const row of rows) {
    const [one, other] = [shown(row.low_key), shown(row.high_key)];
    const name = nameOf(one, other);
    if (one === other || taken.has(name)) continue;
    taken.add(name);
    open.push({
      low: Math.min(one, other),
      high: Math.max(one, other),
      score: row.score,
      reasons: row.reasons,
    });
  }
  return open;
}
