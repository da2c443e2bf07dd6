import { DIFF_COLUMNS, type DiffColumn, type DiffField } from '#shared/model/diff-fields.ts';
import type { PersonId } from '#shared/kernel/ids.ts';
import type { DiffKind, DiffPage, DiffPerson } from '#shared/model/roll.ts';
import { askKysely } from './ask-sql.ts';
import type { ChapterDb } from './chapter-db.ts';
import { type ChangeCount, fieldsOf } from './roll-changes.ts';

/** Which two rolls the changes are of: the one that stands and the one that waits, or the one before. */
export interface Compared {
  readonly before: 'voters' | 'voters_old';
  readonly after: 'voters_next' | 'voters';
}

type Value = string | number | null;
type ChangeRow = Readonly<Record<string, Value>> & {
  readonly key: number;
  readonly id: PersonId;
  readonly fields: string;
};

const COLUMNS = Object.keys(DIFF_COLUMNS) as DiffColumn[];
const aliases = (side: 'o' | 'n'): string =>
  COLUMNS.map((name) => `${side}.${DIFF_COLUMNS[name]} as "${side}.${name}"`).join(', ');
const ADDRESS = (side: string): string =>
  `trim(${side}b.number || ' ' || ${side}b.street) as "${side}.door", ${side}d.unit as "${side}.unit",
    ${side}b.city as "${side}.city"`;

/** How many there are of each kind, with the same fields. */
export function countChanges(db: ChapterDb): Promise<ChangeCount[]> {
  return askKysely(db.read)<ChangeCount>(
    'select kind, fields, count(*) as people from roll_changes group by 1, 2',
  );
}

/** People of one kind, in the order of their keys. Nobody under 18 is among them. */
export async function readChanges(
  db: ChapterDb,
  { before, after }: Compared,
  kind: DiffKind,
  from: { readonly after: number; readonly limit: number },
): Promise<DiffPage> {
  const ask = askKysely(db.read);
  const rows = await ask<ChangeRow>(
    `select c.person_key as key, c.fields, p.id, p.source_id as "sourceId",
      ${aliases('o')}, ${aliases('n')}, ${ADDRESS('f')}, ${ADDRESS('t')}
    from roll_changes c join people p on p.key = c.person_key
      left join ${before} o on o.person_key = c.person_key
      left join ${after} n on n.person_key = c.person_key
      left join doors fd on fd.key = c.from_door left join buildings fb on fb.key = fd.building_key
      left join doors td on td.key = c.to_door left join buildings tb on tb.key = td.building_key
    where c.kind = $1 and c.person_key > $2 and o.adult_on is null and n.adult_on is null
    order by c.person_key limit $3`,
    [kind, from.after, from.limit],
  );
  const voters = rows.filter(({ fields }) => fieldsOf(fields).includes('votes'));
  const keys = voters.map(({ key }) => key);
  const was = await readVotes(db, before === 'voters' ? 'voted' : 'voted_old', keys);
  const is = await readVotes(db, after === 'voters' ? 'voted' : 'voted_next', keys);
  const people = rows.map((row) => toPerson(row, was.get(row.key), is.get(row.key)));
  const last = rows.length < from.limit ? null : (rows.at(-1)?.key ?? null);
  return { people, after: last };
}

/** Elections voted in, by person, as text: `General 2024 (poll)`. */
async function readVotes(
  db: ChapterDb,
  table: string,
  keys: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const found = new Map<number, string[]>();
  if (keys.length === 0) return found;
  const rows = await askKysely(db.read)<{ key: number; election: string; method: string }>(
    `select person_key as key, election, method from ${table}
      where person_key in (${keys.join(', ')}) order by person_key, election`,
  );
  for (const { key, election, method } of rows) {
    const vote = method === '' ? election : `${election} (${method})`;
    const before = found.get(key);
    if (before === undefined) found.set(key, [vote]);
    else before.push(vote);
  }
  return found;
}

/** `house 12, senate 3`, from how the roll keeps them. */
function sayDistricts(kept: string | null): string | null {
  if (kept === null) return null;
  const districts = Object.entries(JSON.parse(kept) as Record<string, string>);
  return districts.map(([kind, name]) => `${kind} ${name}`).join(', ');
}

function toPerson(
  row: ChangeRow,
  was: readonly string[] = [],
  is: readonly string[] = [],
): DiffPerson {
  const text = (name: string): string | null => {
    const value = row[name] ?? null;
    return value === null || value === '' ? null : String(value);
  };
  const address = (side: 'f' | 't'): string | null => {
    const street = [text(`${side}.door`), text(`${side}.unit`)].filter((part) => part !== null);
    const parts = [street.join(' '), text(`${side}.city`)];
    return parts.filter((part) => part !== null && part !== '').join(', ') || null;
  };
  const side = row['n.last-name'] === null ? 'o' : 'n';
  const name = [text(`${side}.first-name`), text(`${side}.last-name`), text(`${side}.name-suffix`)];
  const pair = (field: DiffField): { before: string | null; after: string | null } => {
    const said = (roll: 'o' | 'n'): string | null => {
      const value = text(`${roll}.${field}`);
      return field === 'districts' ? sayDistricts(value) : value;
    };
    if (field !== 'votes') return { before: said('o'), after: said('n') };
    const only = (these: readonly string[], others: readonly string[]): string | null =>
      these.filter((vote) => !others.includes(vote)).join(', ') || null;
    return { before: only(was, is), after: only(is, was) };
  };
  return {
    id: row.id,
    sourceId: text('sourceId'),
    name: name.filter((part) => part !== null).join(' '),
    from: address('f'),
    to: address('t'),
    fields: fieldsOf(row.fields).map((field) => ({ field, ...pair(field) })),
  };
}
