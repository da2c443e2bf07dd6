import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { CampaignId, TurfId } from '#shared/kernel/ids.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { doorsOf, foldField, forgetPeople, inParts } from './fold-field.ts';

/** Doors that one transaction folds: some milliseconds, for which a push waits. */
const DOORS = 60;
/** Beyond so many doors of people who were merged since, all is folded anew. */
const MOST_MERGED = 300;
/** As far as nothing was folded yet. */
const BEGUN = -1;

/** One after another: who asks meanwhile waits for the same. */
const underWay = new WeakMap<ChapterDb, Promise<void>>();

interface Mark {
  readonly seq: number;
  readonly facts: number;
}

async function countFacts(db: Kysely<Tables>, upTo: number): Promise<number> {
  const { n } = await db
    .selectFrom('ops')
    .select((where) => where.fn.countAll<number>().as('n'))
    .where('seq', '<=', upTo)
    .executeTakeFirstOrThrow();
  return n;
}

/** How far the log was folded; null when all has to be folded anew, as facts of then have gone. */
async function readMark(db: Kysely<Tables>): Promise<Mark | null> {
  const mark = await db.selectFrom('field_of').select(['seq', 'facts']).executeTakeFirst();
  if (mark === undefined || mark.seq === BEGUN) return null;
  const { seq, facts } = mark;
  return (await countFacts(db, seq)) === facts ? { seq, facts } : null;
}

async function readHead(db: Kysely<Tables>): Promise<number> {
  const { seq } = await db
    .selectFrom('ops')
    .select(sql<number>`coalesce(max(seq), 0)`.as('seq'))
    .executeTakeFirstOrThrow();
  return seq;
}

async function readCampaigns(db: Kysely<Tables>): Promise<ReadonlyMap<TurfId, CampaignId>> {
  const rows = await db.selectFrom('turfs').select(['id', 'campaign_id']).execute();
  return new Map(rows.map(({ id, campaign_id: campaign }) => [id, campaign]));
}

/** Groups of records that are others than when they were folded: who was shown for them, and who is. */
const CHANGED_FACES = sql<{ face_key: number }>`
  select face_key from (
    select person_key, face_key from merged_people except
    select person_key, face_key from field_faces) came
  union select face_key from (
    select person_key, face_key from field_faces except
    select person_key, face_key from merged_people) went`;

async function copyFaces(trx: Transaction<Tables>): Promise<void> {
  await trx.deleteFrom('field_faces').execute();
  await sql`insert into field_faces (person_key, face_key)
    select person_key, face_key from merged_people`.execute(trx);
}

async function startAnew(trx: Transaction<Tables>): Promise<void> {
  for (const table of [
    'field_of',
    'field_people',
    'field_doors',
    'field_answers',
    'field_tags',
    'field_named',
  ] as const) {
    await trx.deleteFrom(table).execute();
  }
  await copyFaces(trx);
  await trx.insertInto('field_of').values({ only: 1, seq: BEGUN, facts: 0 }).execute();
}

/** Everybody of these groups, as they were and as they are. */
async function readMembers(
  trx: Transaction<Tables>,
  faces: readonly number[],
): Promise<Set<number>> {
  const members = new Set(faces);
  for (const table of ['merged_people', 'field_faces'] as const) {
    await inParts(faces, async (part) => {
      const rows = await trx
        .selectFrom(table)
        .select('person_key')
        .where('face_key', 'in', part)
        .execute();
      for (const { person_key: key } of rows) members.add(key);
    });
  }
  return members;
}

/** Folds who was merged or taken apart since; says false when that is too much at once. */
async function foldMerged(
  trx: Transaction<Tables>,
  campaigns: ReadonlyMap<TurfId, CampaignId>,
): Promise<boolean> {
  const { rows } = await CHANGED_FACES.execute(trx);
  const members = await readMembers(
    trx,
    rows.map((row) => row.face_key),
  );
  const doors = await doorsOf(trx, members);
  if (doors.length > MOST_MERGED) return false;
  await forgetPeople(trx, members);
  await copyFaces(trx);
  await foldField(trx, doors, campaigns);
  return true;
}

/** Sets how far the log is folded, unless facts were changed meanwhile and all begins anew. */
async function setMark(trx: Transaction<Tables>, was: number, now: number): Promise<void> {
  await trx
    .updateTable('field_of')
    .set({ seq: now, facts: await countFacts(trx, now) })
    .where('seq', '=', was)
    .execute();
}

/** Doors with facts after `seq` up to `head`, some at a time. */
async function foldDoors(db: ChapterDb, seq: number, head: number): Promise<void> {
  const campaigns = await readCampaigns(db.read);
  const rows = await db.read
    .selectFrom('ops')
    .select('door_key')
    .distinct()
    .where('seq', '>', seq)
    .where('seq', '<=', head)
    .execute();
  const doors = rows.map((row) => row.door_key).sort((a, b) => a - b);
  for (let at = 0; at < doors.length; at += DOORS) {
    await db.write((trx) => foldField(trx, doors.slice(at, at + DOORS), campaigns));
    await setImmediate();
  }
}

async function hasChangedFaces(db: ChapterDb): Promise<boolean> {
  return (await CHANGED_FACES.execute(db.read)).rows.length > 0;
}

async function bringUp(db: ChapterDb): Promise<void> {
  // Facts that change while it is done, or another process that does the same, begin it again.
  for (let turn = 0; turn < 5; turn++) {
    const head = await readHead(db.read);
    const mark = await readMark(db.read);
    if (mark === null) {
      await db.write(startAnew);
      await foldDoors(db, 0, head);
      await db.write((trx) => setMark(trx, BEGUN, head));
      continue;
    }
    if (await hasChangedFaces(db)) {
      const campaigns = await readCampaigns(db.read);
      const done = await db.write((trx) => foldMerged(trx, campaigns));
      if (!done) await db.write((trx) => trx.deleteFrom('field_of').execute());
      continue;
    }
    if (mark.seq >= head) return;
    await foldDoors(db, mark.seq, head);
    await db.write((trx) => setMark(trx, mark.seq, head));
  }
}

/**
 * Brings the tables that universes ask of the log up to where it is now; makes them anew when they are
 * missing, or when facts that were folded have changed. A push waits for some doors at most.
 */
export async function ensureField(db: ChapterDb): Promise<void> {
  const before = underWay.get(db) ?? Promise.resolve();
  const done = before.catch(() => undefined).then(() => bringUp(db));
  underWay.set(db, done);
  await done;
}
