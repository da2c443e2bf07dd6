import { type Kysely, sql } from 'kysely';
import type { PersonId } from '#shared/kernel/ids.ts';
import type { FoundPerson } from '#shared/model/privacy.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readGroup } from '../store/merged-people.ts';
import type { Tables } from '../store/tables.ts';

const MOST = 20;

const NAME = sql<string>`coalesce(voters.first_name, residents.first_name, '') || ' ' ||
  coalesce(voters.last_name, residents.last_name, '')`;
const ADDRESS = sql<string>`buildings.number || ' ' || buildings.street || ' ' || doors.unit`;

/** Everybody with a name and an address, whether or not the roll still has them. */
export function selectPeople(db: Kysely<Tables>) {
  return db
    .selectFrom('people')
    .innerJoin('doors', 'doors.key', 'people.door_key')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .leftJoin('voters', 'voters.person_key', 'people.key')
    .leftJoin('residents', 'residents.person_key', 'people.key')
    .leftJoin('opt_outs', 'opt_outs.person_key', 'people.key')
    .leftJoin('door_opt_outs', 'door_opt_outs.door_key', 'people.door_key')
    .select(['people.key', 'people.id', 'people.kind', 'people.source_id as sourceId'])
    .select([NAME.as('name'), ADDRESS.as('address'), 'buildings.city'])
    .select(['opt_outs.at as optedOutAt', 'door_opt_outs.at as doorOptedOutAt', 'voters.adult_on'])
    .select(['voters.person_key as inRoll']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectPeople>['executeTakeFirstOrThrow']>>;

const addressOf = ({ address, city }: Row): string => `${address.trim()}, ${city}`;

function toFound(row: Row, others: readonly Row[]): FoundPerson {
  const records = [row, ...others];
  const asked = records.some((one) => one.optedOutAt !== null);
  const doorAsked = records.some((one) => one.doorOptedOutAt !== null);
  return {
    id: row.id,
    kind: row.kind,
    voterId: row.sourceId,
    name: row.name.trim(),
    address: addressOf(row),
    inRoll: row.inRoll !== null,
    minor: row.adult_on !== null,
    doNotContact: asked ? 'person' : doorAsked ? 'door' : null,
    others: others.map((one) => ({
      id: one.id,
      voterId: one.sourceId,
      name: one.name.trim(),
      address: addressOf(one),
    })),
  };
}

/**
 * One person by the id of any record of theirs, as the record says that is shown for all; null when
 * there is none.
 */
export async function readFound(db: Kysely<Tables>, id: PersonId): Promise<FoundPerson | null> {
  const row = await selectPeople(db).where('people.id', '=', id).executeTakeFirst();
  return row === undefined ? null : withOthers(db, row);
}

async function withOthers(db: Kysely<Tables>, row: Row): Promise<FoundPerson> {
  const { keys } = await readGroup(db, row.key);
  if (keys.length === 1) return toFound(row, []);
  const records = await selectPeople(db)
    .where('people.key', 'in', keys)
    .orderBy('people.key')
    .execute();
  const { face } = await db
    .selectFrom('merged_people')
    .select('face_key as face')
    .where('person_key', '=', row.key)
    .executeTakeFirstOrThrow();
  const shown = records.find(({ key }) => key === face) ?? row;
  return toFound(
    shown,
    records.filter(({ key }) => key !== shown.key),
  );
}

/**
 * The people whose name, address or number in the roll has each of the words that were typed, at
 * most twenty. That somebody looked enters the audit chain; what they typed does not.
 */
export async function findPeople(
  db: ChapterDb,
  typed: string,
  actor: AuditActor,
  now: number,
): Promise<FoundPerson[]> {
  const words = typed
    .replaceAll(/[\s,\p{Cc}]+/gu, ' ')
    .trim()
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 8);
  if (words.length === 0) return [];
  let query = selectPeople(db.read);
  for (const word of words) {
    const pattern = `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    const text = sql<string>`lower(${NAME} || ' ' || ${ADDRESS} || ' ' || coalesce(people.source_id, ''))`;
    query = query.where(sql<boolean>`${text} like ${pattern} escape ${'\\'}`);
  }
  const rows = await query.orderBy('people.key').limit(MOST).execute();
  await db.write((trx) =>
    appendAudit(trx, { at: now, kind: 'looked-up', actor, details: { found: rows.length } }),
  );
  const found = new Map<PersonId, FoundPerson>();
  for (const row of rows) {
    const person = await withOthers(db.read, row);
    found.set(person.id, person);
  }
  return [...found.values()];
}
