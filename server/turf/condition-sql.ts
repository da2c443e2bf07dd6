import { type Kysely, type RawBuilder, sql } from 'kysely';
import { outcomeBits } from '#shared/canvass/outcome-words.ts';
import { dayIn } from '#shared/kernel/instant.ts';
import { startOfDay } from '#shared/kernel/start-of-day.ts';
import type { LayerFilter } from '#shared/model/layer.ts';
import type { Condition, ConditionOf } from '#shared/model/universe-step.ts';
import type { Asked } from '#shared/model/universe.ts';
import { engineOf } from '../store/run-ddl.ts';
import type { Tables } from '../store/tables.ts';
import { stepsSql } from './steps-sql.ts';

type Bool = RawBuilder<boolean>;

/** Where conditions are asked: on `universe_rows as row`. */
export interface Asking {
  readonly db: Kysely<Tables>;
  /** Null: the question asks for nothing beside the roll. */
  readonly asked: Asked | null;
  /** The bit of each election in `votes`, where many rows are asked; left out, each query looks it up. */
  readonly slots?: ReadonlyMap<string, number>;
}

export const EVERYBODY: Bool = sql<boolean>`1 = 1`;
const NOBODY: Bool = sql<boolean>`1 = 0`;
const DAY_MS = 86_400_000;

const joined = (parts: readonly Bool[], by: 'and' | 'or'): Bool =>
  sql<boolean>`(${sql.join([...parts], sql.raw(` ${by} `))})`;

function around({ asked }: Asking): Asked {
  if (asked === null) throw new Error('This question was not made ready before it was asked.');
  return asked;
}

function between(column: string, min: string | number | null, max: string | number | null): Bool {
  if (min === null && max === null) return EVERYBODY;
  const value = sql.ref(column);
  const bounds = [sql<boolean>`${value} is not null`];
  if (min !== null) bounds.push(sql<boolean>`${value} >= ${min}`);
  if (max !== null) bounds.push(sql<boolean>`${value} <= ${max}`);
  return joined(bounds, 'and');
}

/** Districts lie in a row as JSON: a pair of it is found as text. */
function inDistrict({ of, values }: ConditionOf<'district'>, { db }: Asking): Bool {
  if (values.length === 0) return EVERYBODY;
  const find = sql.raw(engineOf(db) === 'sqlite' ? 'instr' : 'strpos');
  const has = (text: string): Bool =>
    sql<boolean>`${find}(coalesce(row.districts, ''), ${text}) > 0`;
  const name = JSON.stringify(of);
  const found = values.map((value) =>
    value === '' ? sql<boolean>`not ${has(`${name}:`)}` : has(`${name}:${JSON.stringify(value)}`),
  );
  return joined(found, 'or');
}

/** 1 where somebody voted in an election: a bit of their row, or a look into the roll. */
function votedIn(election: string, { slots }: Asking): RawBuilder<number> {
  const known = slots?.get(election);
  // Our own number. Bits are only ever added: a row has it where it is.
  if (known !== undefined) return sql<number>`((row.votes >> ${sql.raw(String(known))}) & 1)`;
  const slot = sql`(select slot from election_slots where election = ${election})`;
  return sql<number>`(case when ${slot} is null then (select count(*) from voted v
      where v.person_key = row.person_key and v.election = ${election})
    else (row.votes >> cast(${slot} as integer)) & 1 end)`;
}

function voted({ elections, atLeast, methods }: ConditionOf<'votes'>, asking: Asking): Bool {
  const names = [...new Set(elections)];
  if (names.length === 0 || atLeast === 0) return EVERYBODY;
  if (names.length < atLeast) return NOBODY;
  const ways =
    methods.length === 0 ? EVERYBODY : sql<boolean>`v.method in (${sql.join([...methods])})`;
  const own =
    methods.length === 0
      ? sql<number>`(${sql.join(
          names.map((name) => votedIn(name, asking)),
          sql` + `,
        )})`
      : sql<number>`(select count(*) from voted v where v.person_key = row.person_key
          and v.election in (${sql.join(names)}) and ${ways})`;
  // Of several records of one person the votes of all count, each election once.
  return sql<boolean>`(${own} >= ${atLeast} or row.person_key in (
    select m.face_key from merged_people m join voted v on v.person_key = m.person_key
    where v.election in (${sql.join(names)}) and ${ways}
    group by m.face_key having count(distinct v.election) >= ${atLeast}))`;
}

function hasValue({ min, max, words }: LayerFilter): Bool {
  const parts: Bool[] = [between('v.amount', min, max)];
  if (words.length > 0) {
    // Yes and no are kept as one and nought.
    const amounts = words.flatMap((word) => (word === 'yes' ? [1] : word === 'no' ? [0] : []));
    const named = sql<boolean>`v.word in (${sql.join([...words])})`;
    parts.push(
      amounts.length === 0
        ? named
        : sql<boolean>`(${named} or (v.word is null and v.amount in (${sql.join(amounts)})))`,
    );
  }
  return joined(parts, 'and');
}

function inLayer(filter: LayerFilter): Bool {
  const { layer, column, not } = filter;
  const value = sql`v.set_key = (select set_key from layers where id = ${layer})
    and v.place = ${column} and ${hasValue(filter)}`;
  // What is said of one record of somebody is said of whoever is shown for it.
  const is = sql<boolean>`(exists (select 1 from layer_values v
      where v.person_key = row.person_key and ${value})
    or row.person_key in (select m.face_key from merged_people m
      join layer_values v on v.person_key = m.person_key where ${value}))`;
  const there = sql<boolean>`exists (select 1 from layers where id = ${layer})`;
  return sql<boolean>`(${there} and ${not ? sql`not ${is}` : is})`;
}

function tagged({ tags, has }: ConditionOf<'tag'>): Bool {
  if (tags.length === 0) return EVERYBODY;
  const carries = sql<boolean>`exists (select 1 from field_tags t
    where t.person_key = row.person_key and t.tag in (${sql.join([...tags])}))`;
  return has === 'any' ? carries : sql<boolean>`not ${carries}`;
}

const scopeOf = (who: { readonly scope: 'ever' | 'campaign' }, asking: Asking): string =>
  who.scope === 'ever' ? '' : around(asking).campaign;

function came(who: ConditionOf<'result'>, asking: Asking): Bool {
  const scope = scopeOf(who, asking);
  const person = sql`f.person_key = row.person_key and f.scope = ${scope}`;
  const door = sql`d.door_key = row.door_key and d.scope = ${scope}`;
  if (who.when === 'ever') {
    const bits = outcomeBits(who.results);
    return sql<boolean>`(exists (select 1 from field_people f where ${person} and (f.ever & ${bits}) <> 0)
      or exists (select 1 from field_doors d where ${door} and (d.ever & ${bits}) <> 0))`;
  }
  const results = sql.join([...who.results]);
  // Of the last that named them and the last that named nobody, the later one counts.
  return sql<boolean>`(exists (select 1 from field_people f where ${person} and f.last in (${results})
      and not exists (select 1 from field_doors d where ${door} and d.place > f.place))
    or exists (select 1 from field_doors d where ${door} and d.last in (${results})
      and not exists (select 1 from field_people f where ${person} and f.place > d.place)))`;
}

function knocked(who: ConditionOf<'knocked'>, asking: Asking): Bool {
  const scope = scopeOf(who, asking);
  const at = (bound: Bool): Bool => sql<boolean>`exists (select 1 from field_doors d
    where d.door_key = row.door_key and d.scope = ${scope} and ${bound})`;
  const { now, timeZone } = around(asking);
  switch (who.when) {
    case 'never':
      return sql<boolean>`not ${at(EVERYBODY)}`;
    case 'ever':
      return at(EVERYBODY);
    case 'before':
    case 'after': {
      if (who.day === null) return NOBODY;
      const start = startOf(who.day, timeZone);
      if (who.when === 'before') return at(sql<boolean>`d.knocked_at < ${start}`);
      return at(sql<boolean>`d.knocked_at >= ${start}`);
    }
    case 'within':
      if (who.days === null) return NOBODY;
      return at(sql<boolean>`d.knocked_at >= ${now - who.days * DAY_MS}`);
  }
}

/** When a day began in a zone, in ms since 1970. */
export function startOf(day: string, timeZone: string): number {
  const noon = Date.parse(`${day}T12:00:00Z`);
  const start = startOfDay(noon, timeZone);
  // Near the date line it is the next day already when it is noon in Greenwich.
  return dayIn(noon, timeZone) === day ? start : startOfDay(start - 1, timeZone);
}

function inUniverse({ id }: ConditionOf<'universe'>, asking: Asking): Bool {
  const steps = around(asking).universes.get(id);
  if (steps === undefined) throw new Error('A universe was not looked up before it was asked for.');
  if (steps !== null) return stepsSql(steps, asking);
  return sql<boolean>`(exists (select 1 from universe_people k
      where k.universe_id = ${id} and k.person_key = row.person_key)
    or row.person_key in (select m.face_key from merged_people m
      join universe_people k on k.person_key = m.person_key where k.universe_id = ${id}))`;
}

/** True or false, never unknown, for a row of the roll: the same as `holds` in shared/universe. */
export function conditionSql(who: Condition, asking: Asking): Bool {
  switch (who.kind) {
    case 'age':
      return between('row.age', who.min, who.max);
    case 'registered':
      return between('row.registered_on', who.from, who.to);
    case 'district':
      return inDistrict(who, asking);
    case 'votes':
      return voted(who, asking);
    case 'layer':
      return inLayer(who);
    case 'answer': {
      const said =
        who.said.length === 0 ? EVERYBODY : sql<boolean>`a.said in (${sql.join([...who.said])})`;
      return sql<boolean>`exists (select 1 from field_answers a
        where a.person_key = row.person_key and a.question_id = ${who.questionId} and ${said})`;
    }
    case 'tag':
      return tagged(who);
    case 'support':
      return sql<boolean>`exists (select 1 from field_people f where f.person_key = row.person_key
        and f.scope = ${scopeOf(who, asking)} and f.support in (${sql.join([...who.levels])}))`;
    case 'result':
      return came(who, asking);
    case 'knocked':
      return knocked(who, asking);
    case 'universe':
      return inUniverse(who, asking);
    case 'party':
    case 'precinct':
    case 'sex':
    case 'status':
    case 'language': {
      if (who.values.length === 0) return EVERYBODY;
      const column = sql.ref(`row.${who.kind}`);
      return sql<boolean>`coalesce(${column}, '') in (${sql.join([...who.values])})`;
    }
  }
}
