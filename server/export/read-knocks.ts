import { setImmediate } from 'node:timers/promises';
import { effectiveFacts } from '#shared/canvass/effective-facts.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Question, ScriptBody } from '#shared/model/script.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { eachRow } from '../store/each-row.ts';
import type { Sqlite } from '../store/sqlite.ts';

type KnockOperation = Extract<Operation, { readonly type: 'knock' }>;

interface Row {
  readonly body: string;
  readonly receivedAt: number;
  readonly number: string;
  readonly street: string;
  readonly unit: string;
  readonly city: string;
  readonly zip: string;
  readonly precinct: string | null;
  readonly kind: 'voter' | 'resident' | null;
  readonly sourceId: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly canvasser: string;
}

/** A knock of the log with what the chapter knows about its door and person. */
export interface KnockRecord extends Omit<Row, 'body'> {
  readonly operation: KnockOperation;
  readonly chapter: string;
  readonly campaign: string;
  readonly turf: string;
  readonly script: string;
  readonly scriptVersion: number | null;
  readonly questions: ReadonlyMap<string, Question>;
  /** A later fact took it back or replaced it. */
  readonly withdrawn: boolean;
}

const KNOCKS = `select ops.body, ops.received_at as receivedAt, buildings.number,
    buildings.street, doors.unit, buildings.city, buildings.zip, buildings.precinct, people.kind,
    people.source_id as sourceId,
    coalesce(voters.first_name, residents.first_name) as firstName,
    coalesce(voters.last_name, residents.last_name) as lastName, members.name as canvasser
  from ops
    join doors on doors.key = ops.door_key
    join buildings on buildings.key = doors.building_key
    join devices on devices.key = ops.device_key
    join members on members.id = devices.member_id
    left join people on people.key = ops.person_key
    left join voters on voters.person_key = people.key
    left join residents on residents.person_key = people.key
  where ops.type = 'knock' order by ops.seq`;

const CORRECTED_DOORS = `select distinct door_key as key from ops
  where supersedes is not null or type = 'withdraw'`;

/** The knocks that no longer stand: only doors with a correction can have one. */
async function findWithdrawn(sqlite: Sqlite): Promise<ReadonlySet<string>> {
  const withdrawn = new Set<string>();
  const ofDoor = sqlite.prepare('select body from ops where door_key = ? order by seq');
  let done = 0;
  for (const { key } of sqlite.prepare(CORRECTED_DOORS).all() as { key: number }[]) {
    const facts = (ofDoor.all(key) as { body: string }[]).map(
      (row) => JSON.parse(row.body) as Operation,
    );
    const standing = new Set(effectiveFacts(facts).map((fact) => fact.opId));
    for (const fact of facts) if (!standing.has(fact.opId)) withdrawn.add(fact.opId);
    done += 1;
    if (done % 200 === 0) await setImmediate();
  }
  return withdrawn;
}

function readVersions(sqlite: Sqlite) {
  const rows = sqlite.prepare('select id, name, number, body from script_versions').all() as {
    id: string;
    name: string;
    number: number;
    body: string;
  }[];
  return new Map(
    rows.map(({ id, name, number, body }) => {
      const { questions } = JSON.parse(body) as ScriptBody;
      return [id, { name, number, questions: new Map(questions.map((one) => [one.id, one])) }];
    }),
  );
}

function readNames(sqlite: Sqlite) {
  const one = (sql: string): string => (sqlite.prepare(sql).get() as { name: string }).name;
  const turfs = sqlite.prepare('select id, name from turfs').all() as {
    id: string;
    name: string;
  }[];
  return {
    chapter: one('select name from chapter'),
    campaign: one('select name from campaigns order by created_at, id limit 1'),
    turfs: new Map(turfs.map((turf) => [turf.id, turf.name])),
  };
}

/** Every knock of the chapter's log in the order of its arrival, as of one moment. */
export async function* readKnocks(db: ChapterDb): AsyncGenerator<KnockRecord> {
  const sqlite = db.openReader();
  try {
    sqlite.exec('begin');
    const { chapter, campaign, turfs } = readNames(sqlite);
    const versions = readVersions(sqlite);
    const withdrawn = await findWithdrawn(sqlite);
    for (const { body, ...row } of eachRow<Row>(sqlite.prepare(KNOCKS))) {
      const operation = JSON.parse(body) as KnockOperation;
      const version = versions.get(operation.scriptVersionId ?? '');
      yield {
        ...row,
        operation,
        chapter,
        campaign,
        turf: turfs.get(operation.scopeId) ?? '',
        script: version?.name ?? '',
        scriptVersion: version?.number ?? null,
        questions: version?.questions ?? new Map<string, Question>(),
        withdrawn: withdrawn.has(operation.opId),
      };
    }
  } finally {
    sqlite.close();
  }
}
