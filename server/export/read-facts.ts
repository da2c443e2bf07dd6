import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { effectiveFacts } from '#shared/canvass/effective-facts.ts';
import type { DoorId, PersonId } from '#shared/kernel/ids.ts';
import type { Envelope, OperationType } from '#shared/model/operation.ts';
import type { Question, ScriptBody } from '#shared/model/script.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { MERGED_WISHES, readOtherIds } from '../store/merged-people.ts';
import type { Tables } from '../store/tables.ts';
import { readLogged } from '../sync/read-logged.ts';

interface Row {
  readonly body: string;
  readonly receivedAt: number;
  readonly number: string;
  readonly street: string;
  readonly unit: string;
  /** Its own: a fact may name a door by another id that it was found under. */
  readonly doorId: DoorId;
  readonly city: string;
  readonly zip: string;
  readonly precinct: string | null;
  readonly kind: 'voter' | 'resident' | null;
  /** Of the one who is shown, where two records were found to be one person. */
  readonly personId: PersonId | null;
  readonly sourceId: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly canvasser: string;
  /** Who typed it in from paper; null: it came from a phone. */
  readonly enteredBy: string | null;
  /** They asked to be left alone, or everybody at the door did. */
  readonly doNotContact: 0 | 1;
  /** They may be named: see NAMED. */
  readonly named: 0 | 1;
}

interface Version {
  readonly name: string;
  readonly number: number;
  readonly questions: ReadonlyMap<string, Question>;
}

/** A fact of the log with what the chapter knows about its door and person. */
export interface FactRecord<T extends OperationType> extends Omit<Row, 'body' | 'named'> {
  readonly operation: Envelope<T>;
  readonly chapter: string;
  readonly campaign: string;
  readonly turf: string;
  readonly script: string;
  readonly scriptVersion: number | null;
  readonly questions: ReadonlyMap<string, Question>;
  /** A later fact took it back or replaced it. */
  readonly withdrawn: boolean;
  /** Ids of the roll by which the person is known besides; none for whom is named to nobody. */
  readonly otherIds: readonly string[];
  /** What turfs, members, tags, petitions and shifts are called, by their ids. */
  readonly names: ReadonlyMap<string, string>;
  /** False for a child, and for whoever asked to be left alone: no file has their names. */
  readonly named: boolean;
}
export type KnockRecord = FactRecord<'knock'>;

/** A child, and whoever asked to be left alone, is in no file by name: the knock alone stays (I10). */
const NAMED = sql`voters.adult_on is null and person_wish.op_id is null and door_wish.op_id is null
  and (people.key is null or people.key not in ${MERGED_WISHES})`;

const factsOf = (
  type: OperationType,
) => sql<Row>`select ops.body, ops.received_at as "receivedAt", buildings.number,
    buildings.street, doors.unit, doors.id as "doorId", buildings.city, buildings.zip,
    buildings.precinct, people.kind,
    people.id as "personId",
    case when ${NAMED} then people.source_id end as "sourceId",
    case when ${NAMED} then coalesce(voters.first_name, residents.first_name) end as "firstName",
    case when ${NAMED} then coalesce(voters.last_name, residents.last_name) end as "lastName",
    case when ${NAMED} then 1 else 0 end as "named",
    members.name as canvasser, typists.name as "enteredBy",
    case when person_wish.op_id is null and door_wish.op_id is null
      and (people.key is null or people.key not in ${MERGED_WISHES}) then 0 else 1 end
      as "doNotContact"
  from ops
    join doors on doors.key = ops.door_key
    join buildings on buildings.key = doors.building_key
    join devices on devices.key = ops.device_key
    join members on members.id = devices.member_id
    left join members typists on typists.id = devices.entered_by
    left join merged_people same on same.person_key = ops.person_key
    left join people on people.key = coalesce(same.face_key, ops.person_key)
    left join voters on voters.person_key = people.key
    left join residents on residents.person_key = people.key
    left join opt_outs person_wish on person_wish.person_key = people.key
    left join door_opt_outs door_wish on door_wish.door_key = doors.key
  where ops.type = ${type} order by ops.seq`;

/** The facts that no longer stand: only doors with a correction can have one. */
async function findWithdrawn(db: Kysely<Tables>): Promise<ReadonlySet<string>> {
  const withdrawn = new Set<string>();
  const corrected = await db
    .selectFrom('ops')
    .select('door_key as key')
    .distinct()
    .where((where) =>
      where.or([where('supersedes', 'is not', null), where('type', '=', 'withdraw')]),
    )
    .execute();
  for (const [done, { key }] of corrected.entries()) {
    const rows = await db
      .selectFrom('ops')
      .select(['body', 'eff_hlc'])
      .where('door_key', '=', key)
      .orderBy('seq')
      .execute();
    const facts = rows.map(readLogged);
    const standing = new Set(effectiveFacts(facts).map((fact) => fact.opId));
    for (const fact of facts) if (!standing.has(fact.opId)) withdrawn.add(fact.opId);
    if (done % 200 === 199) await setImmediate();
  }
  return withdrawn;
}

async function readVersions(db: Kysely<Tables>) {
  const rows = await db
    .selectFrom('script_versions')
    .select(['id', 'name', 'number', 'body'])
    .execute();
  return new Map<string, Version>(
    rows.map(({ id, name, number, body }) => {
      const { questions } = JSON.parse(body) as ScriptBody;
      return [id, { name, number, questions: new Map(questions.map((one) => [one.id, one])) }];
    }),
  );
}

async function readNames(db: Kysely<Tables>) {
  const chapter = await db.selectFrom('chapter').select('name').executeTakeFirstOrThrow();
  const campaign = await db
    .selectFrom('campaigns')
    .select('name')
    .orderBy('created_at')
    .orderBy('id')
    .executeTakeFirstOrThrow();
  const turfs = await db.selectFrom('turfs').select(['id', 'name']).execute();
  const members = await db.selectFrom('members').select(['id', 'name']).execute();
  const tags = await db.selectFrom('tags').select(['id', 'name']).execute();
  const petitions = await db.selectFrom('petitions').select(['id', 'title as name']).execute();
  const shifts = await db.selectFrom('shifts').select(['id', 'name']).execute();
  const named = [...turfs, ...members, ...tags, ...petitions, ...shifts];
  return {
    chapter: chapter.name,
    campaign: campaign.name,
    names: new Map<string, string>(named.map(({ id, name }) => [id, name])),
  };
}

/** Every fact of a kind of the chapter's log in the order of its arrival, as of one moment. */
export async function* readFacts<T extends OperationType>(
  db: ChapterDb,
  type: T,
): AsyncGenerator<FactRecord<T>> {
  const snapshot = await db.openSnapshot();
  try {
    const { chapter, campaign, names } = await readNames(snapshot.db);
    const versions = await readVersions(snapshot.db);
    const withdrawn = await findWithdrawn(snapshot.db);
    const otherIds = await readOtherIds(snapshot.db);
    const query = factsOf(type).compile(snapshot.db);
    const facts = snapshot.db.getExecutor().stream<Row>(query, 500);
    for await (const { rows } of facts) {
      for (const { body, ...row } of rows) {
        const operation = readLogged({ body, eff_hlc: null }) as unknown as Envelope<T>;
        const version = versions.get(operation.scriptVersionId ?? '');
        yield {
          ...row,
          named: row.named === 1,
          operation,
          chapter,
          campaign,
          turf: names.get(operation.scopeId) ?? '',
          names,
          script: version?.name ?? '',
          scriptVersion: version?.number ?? null,
          questions: version?.questions ?? new Map<string, Question>(),
          withdrawn: withdrawn.has(operation.opId),
          otherIds: (row.doNotContact === 0 && otherIds.get(row.personId ?? '')) || [],
        };
      }
    }
  } finally {
    await snapshot.close();
  }
}
