import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { PersonId } from '#shared/kernel/ids.ts';
import { dayIn } from '#shared/kernel/instant.ts';
import type { Corrected } from '#shared/canvass/corrections.ts';
import type { Channel } from '#shared/model/consent.ts';
import type { ShareField } from '#shared/model/share.ts';
import { ageBand } from '#shared/privacy/age-band.ts';
import { makeMark, placeInFile } from '#shared/privacy/share-mark.ts';
import type { Cell, CsvFile } from '../export/stream-csv.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readFaces } from '../store/merged-people.ts';
import type { Tables } from '../store/tables.ts';
import { ensureUniverseRows } from '../store/universe-rows.ts';
import { type LastSaid, type Questions, readLastSaid, readQuestions } from './last-said.ts';
import { type PutRight, readPutRight } from './put-right.ts';
import { selectShared, type ShareScope } from './select-shared.ts';
import { keyedBy } from './share-key.ts';

/** What goes into a file, and the key of its marks. */
export interface ShareFile extends ShareScope {
  readonly fields: readonly ShareField[];
  /** Hex. */
  readonly mark: string;
}

/** The column of the marks. */
export const MARK_COLUMN = 'ref';

/** People who are in memory at a time. */
const BATCH = 400;
const SAID: readonly ShareField[] = ['last_result', 'last_knocked_on', 'answers', 'support'];

interface PersonRow {
  readonly key: number;
  readonly id: PersonId;
  readonly sourceId: string | null;
  readonly doorKey: number;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly number: string;
  readonly street: string;
  readonly unit: string;
  readonly city: string;
  readonly zip: string;
  readonly precinct: string | null;
  readonly phone: string | null;
  readonly party: string | null;
  readonly age: number | null;
}

interface Known {
  /** What the person has put right lies over the roll. */
  readonly row: PersonRow;
  readonly refused: ReadonlySet<Channel>;
  readonly said: LastSaid | undefined;
  readonly allowedOn: string;
}

/** Whoever refused one way to be reached is not reached by what else the same thing is good for. */
const unless = ({ refused }: Known, ways: readonly Channel[], value: Cell): Cell =>
  ways.some((way) => refused.has(way)) ? null : value;
const BY_PHONE: readonly Channel[] = ['call', 'text'];
const AT_HOME: readonly Channel[] = ['mail', 'door'];

const CELLS: Readonly<Record<ShareField, (known: Known) => Cell>> = {
  voter_id: ({ row }) => row.sourceId,
  first_name: ({ row }) => row.firstName,
  last_name: ({ row }) => row.lastName,
  address: (known) => unless(known, AT_HOME, `${known.row.number} ${known.row.street}`.trim()),
  unit: (known) => unless(known, AT_HOME, known.row.unit),
  city: ({ row }) => row.city,
  zip: ({ row }) => row.zip,
  precinct: ({ row }) => row.precinct,
  phone: (known) => unless(known, BY_PHONE, known.row.phone),
  party: ({ row }) => row.party,
  age_band: ({ row }) => ageBand(row.age),
  last_result: ({ said }) => said?.result ?? null,
  last_knocked_on: ({ said }) => said?.knockedOn ?? null,
  answers: ({ said }) => said?.answers.join(' | ') ?? null,
  support: ({ said }) => said?.support ?? null,
  consent_given_on: ({ allowedOn }) => allowedOn,
};

/** Everybody of the share in the order that its key gives: no other share has the same. */
async function orderPeople(db: Kysely<Tables>, file: ShareFile): Promise<number[]> {
  const keyed = keyedBy(file.mark);
  const rows = await selectShared(db, file).select(['people.key', 'people.id']).execute();
  const placed: { key: number; place: number }[] = [];
  for (const [i, { key, id }] of rows.entries()) {
    placed.push({ key, place: placeInFile(id, keyed) });
    if (i % 2000 === 1999) await setImmediate();
  }
  placed.sort((a, b) => a.place - b.place || a.key - b.key);
  return placed.map(({ key }) => key);
}

function readPeople(db: Kysely<Tables>, keys: readonly number[]): Promise<PersonRow[]> {
  return db
    .selectFrom('people')
    .innerJoin('doors', 'doors.key', 'people.door_key')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .leftJoin('voters', 'voters.person_key', 'people.key')
    .leftJoin('residents', 'residents.person_key', 'people.key')
    .select(['people.key', 'people.id', 'people.source_id as sourceId'])
    .select(['people.door_key as doorKey', 'doors.unit'])
    .select(({ fn }) => [
      fn.coalesce('voters.first_name', 'residents.first_name').as('firstName'),
      fn.coalesce('voters.last_name', 'residents.last_name').as('lastName'),
    ])
    .select(['buildings.number', 'buildings.street', 'buildings.city', 'buildings.zip'])
    .select(['buildings.precinct', 'voters.phone', 'voters.party', 'voters.age'])
    .where('people.key', 'in', keys)
    .execute();
}

/** On which day each of them allowed it last. */
async function readAllowed(
  db: Kysely<Tables>,
  keys: readonly number[],
  { consent }: ShareScope,
  timeZone: string,
): Promise<ReadonlyMap<number, string>> {
  if (consent === null) return new Map();
  const rows = await db
    .selectFrom('consents')
    .leftJoin('merged_people as same', 'same.person_key', 'consents.person_key')
    .select(({ fn }) => [
      sql<number>`coalesce(same.face_key, consents.person_key)`.as('key'),
      fn.max('at').as('at'),
    ])
    .where(sql<number>`coalesce(same.face_key, consents.person_key)`, 'in', keys)
    .where('recipients', '=', consent)
    .where('given', '=', 1)
    .groupBy(sql`coalesce(same.face_key, consents.person_key)`)
    .execute();
  return new Map(rows.map(({ key, at }) => [key, dayIn(at, timeZone)]));
}

interface Means {
  readonly db: Kysely<Tables>;
  readonly questions: Questions;
  readonly timeZone: string;
  /** Records that were found to be one person, by id. */
  readonly faceOf: ReadonlyMap<PersonId, PersonId>;
  readonly putRight: PutRight;
}

/** The roll's words with what the person said at the door in their place; empty: there is none. */
function withCorrected(row: PersonRow, corrected: Corrected = {}): PersonRow {
  const said = Object.entries(corrected).map(([field, value]) => [field, value || null] as const);
  return { ...row, ...Object.fromEntries(said) };
}

const NONE: ReadonlySet<Channel> = new Set();

/** Where these people live, and where other records of theirs do. */
async function doorsOf(db: Kysely<Tables>, keys: readonly number[]): Promise<number[]> {
  const rows = await db
    .selectFrom('people')
    .select('door_key')
    .distinct()
    .where((where) =>
      where.or([
        where('key', 'in', keys),
        where('key', 'in', (of) =>
          of.selectFrom('merged_people').select('person_key').where('face_key', 'in', keys),
        ),
      ]),
    )
    .execute();
  return rows.map((row) => row.door_key);
}

async function* readBatch(
  { db, questions, timeZone, faceOf, putRight }: Means,
  keys: readonly number[],
  file: ShareFile,
): AsyncGenerator<Cell[]> {
  const keyed = keyedBy(file.mark);
  const rows = new Map((await readPeople(db, keys)).map((row) => [row.key, row]));
  const doors = await doorsOf(db, keys);
  const wanted = file.fields.some((field) => SAID.includes(field));
  const said = wanted
    ? await readLastSaid(db, doors, questions, faceOf)
    : new Map<PersonId, LastSaid>();
  const allowed = await readAllowed(db, keys, file, timeZone);
  for (const key of keys) {
    const row = rows.get(key);
    if (row === undefined) continue;
    const known: Known = {
      row: withCorrected(row, putRight.corrected.get(row.id)),
      refused: putRight.refused.get(row.id) ?? NONE,
      said: said.get(row.id),
      allowedOn: allowed.get(key) ?? '',
    };
    yield [makeMark(row.id, keyed), ...file.fields.map((field) => CELLS[field](known))];
  }
}

async function* readRows(db: ChapterDb, file: ShareFile): AsyncGenerator<Cell[]> {
  await ensureUniverseRows(db);
  const snapshot = await db.openSnapshot();
  try {
    const { time_zone: timeZone } = await snapshot.db
      .selectFrom('chapter')
      .select('time_zone')
      .executeTakeFirstOrThrow();
    const questions = await readQuestions(snapshot.db);
    const faceOf = await readFaces(snapshot.db);
    const putRight = await readPutRight(snapshot.db, faceOf);
    const means = { db: snapshot.db, questions, timeZone, faceOf, putRight };
    const keys = await orderPeople(snapshot.db, file);
    for (let from = 0; from < keys.length; from += BATCH) {
      yield* readBatch(means, keys.slice(from, from + BATCH), file);
    }
  } finally {
    await snapshot.close();
  }
}

/** The file of a share: its marks first, then the fields that were asked for and no other. */
export const shareCsv = (db: ChapterDb, file: ShareFile): CsvFile => ({
  header: [MARK_COLUMN, ...file.fields],
  rows: readRows(db, file),
});
