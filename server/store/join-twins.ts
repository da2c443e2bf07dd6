import type { AskSql } from './ask-sql.ts';

/** A found door that was entered beside its dwelling, and the door that this is; null: there is none. */
interface Beside {
  readonly key: number;
  readonly unitKey: string;
  readonly own: number | null;
}

const BESIDE = `select l.key, substr(l.unit_key, 1, length(l.unit_key) - length(l.id) - 1) as "unitKey",
    (select w.key from doors w where w.building_key = l.building_key
      and w.unit_key = substr(l.unit_key, 1, length(l.unit_key) - length(l.id) - 1)) as own
  from doors l where l.unit_key like '%~' || l.id and length(l.unit_key) > length(l.id) + 1`;

/** Whoever asked at the found door not to be contacted asked for everybody there. */
const WISHES = [
  `insert into door_opt_outs (door_key, op_id, at)
    select cast($2 as bigint), op_id, at from door_opt_outs where door_key = $1 on conflict do nothing`,
  `delete from door_opt_outs where door_key = $1`,
  `insert into opt_outs (person_key, op_id, at)
    select p.key, o.op_id, o.at from door_opt_outs o join people p on p.door_key = o.door_key
    where o.door_key = $1 on conflict do nothing`,
];

/** A turf that walks the dwelling keeps it; of another turf of its universe it is no door any more. */
const WALKED = [
  `update turfs set version = version + 1 where id in
    (select turf_id from turf_doors where door_key in ($1, $2) and removed_seq is null)`,
  `update turf_doors set removed_seq = $3, removed_at = $4 where door_key = $1
    and removed_seq is null and exists (select 1 from turf_doors own
      join turfs theirs on theirs.id = own.turf_id join turfs ours on ours.id = turf_doors.turf_id
      where own.door_key = $2 and own.removed_seq is null and theirs.id <> ours.id
        and theirs.universe_id = ours.universe_id and theirs.closed_at is null
        and theirs.state = 'published')`,
  `delete from turf_doors where door_key = $2 and removed_seq is not null and turf_id in
    (select turf_id from turf_doors where door_key = $1 and removed_seq is null)`,
  `delete from turf_doors where door_key = $1 and turf_id in
    (select turf_id from turf_doors where door_key = $2)`,
];

const MOVED = [
  ...['turf_doors', 'ops', 'people', 'opt_out_clears', 'found_twins'].map(
    (table) => `update ${table} set door_key = $2 where door_key = $1`,
  ),
  `delete from consents where door_key = $1 and exists (select 1 from consents own
    where own.door_key = $2 and own.person_key = consents.person_key
      and own.recipients = consents.recipients and own.hlc >= consents.hlc)`,
  `delete from consents where door_key = $2 and exists (select 1 from consents found
    where found.door_key = $1 and found.person_key = consents.person_key
      and found.recipients = consents.recipients)`,
  `update consents set door_key = $2 where door_key = $1`,
  `insert into found_twins (id, door_key) select id, cast($2 as bigint) from doors where key = $1`,
  `delete from doors where key = $1`,
];

async function joinOne(
  ask: AskSql,
  found: number,
  own: number,
  seq: number,
  now: number,
): Promise<void> {
  const used = (text: string): readonly number[] => {
    const all = [found, own, seq, now];
    return all.slice(0, Math.max(...[...text.matchAll(/\$(\d)/g)].map(([, at]) => Number(at))));
  };
  const [first, second, third] = WISHES;
  for (const text of [first, second, ...WALKED, ...MOVED]) {
    if (text !== undefined) await ask(text, used(text));
  }
  if (third !== undefined) await ask(third, [own]);
}

/**
 * Makes one door of each that was found while a roll was being read and the same dwelling of that
 * roll: all that was said at either is said at the roll's. One that no roll has gets the unit's own
 * name, by which the next finds it. How many doors went.
 */
export async function joinTwinDoors(ask: AskSql, seq: number, now: number): Promise<number> {
  let gone = 0;
  for (const { key, unitKey, own } of await ask<Beside>(BESIDE)) {
    if (own === null) {
      await ask('update doors set unit_key = $2 where key = $1', [key, unitKey]);
    } else {
      await joinOne(ask, key, own, seq, now);
      gone += 1;
    }
  }
  // What was folded of the field is folded anew.
  if (gone > 0) await ask('delete from field_of');
  return gone;
}
