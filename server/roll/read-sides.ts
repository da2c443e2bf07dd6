import { type Kysely, sql } from 'kysely';
import type { DuplicateSide } from '#shared/model/duplicates.ts';
import type { Tables } from '../store/tables.ts';

/** Records as they are laid side by side, by key; those of people under 18 are not among them. */
export async function readSides(
  db: Kysely<Tables>,
  keys: readonly number[],
): Promise<ReadonlyMap<number, DuplicateSide>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql<Row>`select p.key, p.id, p.kind, p.source_id as "voterId",
      coalesce(v.first_name, r.first_name, '') as "firstName",
      coalesce(v.middle_name, '') as "middleName",
      coalesce(v.last_name, r.last_name, '') as "lastName",
      coalesce(v.name_suffix, '') as "nameSuffix", v.birth_year as "birthYear", v.age, v.sex,
      v.phone, v.email, v.party, v.registered_on as "registeredOn", v.status,
      b.number, b.street, d.unit, b.city,
      (select count(*) from voted h where h.person_key = p.key) as votes,
      (select count(*) from ops o where o.person_key = p.key) as facts,
      case when v.person_key is null then 0 else 1 end as "inRoll",
      case when p.key in (select person_key from opt_outs)
        or p.door_key in (select door_key from door_opt_outs) then 1 else 0 end as asked
    from people p join doors d on d.key = p.door_key join buildings b on b.key = d.building_key
      left join voters v on v.person_key = p.key left join residents r on r.person_key = p.key
    where p.key in (${sql.join(keys)}) and v.adult_on is null`.execute(db);
  return new Map(rows.map((row) => [row.key, toSide(row)]));
}

interface Row extends Omit<DuplicateSide, 'address' | 'inRoll' | 'doNotContact'> {
  readonly key: number;
  readonly number: string;
  readonly street: string;
  readonly unit: string;
  readonly city: string;
  readonly inRoll: 0 | 1;
  readonly asked: 0 | 1;
}

function toSide(row: Row): DuplicateSide {
  const { number, street, unit, city, inRoll, asked } = row;
  const line = [number, street, unit].filter((part) => part !== '').join(' ');
  return {
    id: row.id,
    kind: row.kind,
    voterId: row.voterId,
    firstName: row.firstName,
    middleName: row.middleName,
    lastName: row.lastName,
    nameSuffix: row.nameSuffix,
    birthYear: row.birthYear,
    age: row.age,
    sex: row.sex,
    address: [line, city].filter((part) => part !== '').join(', '),
    phone: row.phone,
    email: row.email,
    party: row.party,
    registeredOn: row.registeredOn,
    status: row.status,
    votes: row.votes,
    facts: row.facts,
    inRoll: inRoll === 1,
    doNotContact: asked === 1,
  };
}
