import type { DiffField, DiffColumn } from '#shared/model/diff-fields.ts';
import { DIFF_COLUMNS } from '#shared/model/diff-fields.ts';
import type { DiffKind, ImportReport } from '#shared/model/roll.ts';

/**
 * Everybody in whom two rolls differ: `changes_next` while they are looked for, `roll_changes` as long
 * as the two are there.
 */
export const CREATE_CHANGES = `create table changes_next (kind text not null,
  person_key integer not null, fields text not null, from_door integer, to_door integer,
  primary key (kind, person_key))`;

/** Whether two rows of a person, `o` and `n`, say something else in one column. */
function otherwise(field: DiffColumn): string {
  const column = DIFF_COLUMNS[field];
  const other = `n.${column} is distinct from o.${column}`;
  return field === 'age' ? `(n.birth_year is null and ${other})` : other;
}

const missing = (one: string, other: string): string =>
  `exists (select 1 from ${one} a where a.person_key = n.person_key and not exists
    (select 1 from ${other} b where b.person_key = a.person_key
      and b.election = a.election and b.method = a.method))`;

function fieldsSql(): string {
  const columns = Object.keys(DIFF_COLUMNS) as DiffColumn[];
  const each = columns.map((name) => `case when ${otherwise(name)} then '${name} ' else '' end`);
  const votes = `${missing('voted_next', 'voted')} or ${missing('voted', 'voted_next')}`;
  return [...each, `case when ${votes} then 'votes ' else '' end`].join(' || ');
}

const INTO = 'insert into changes_next (kind, person_key, fields, from_door, to_door)';

/**
 * The statements that find everybody in whom the waiting roll differs from the one that stands.
 * `within` says which keys a statement is for, of the column that it is given.
 */
export function findChanges(within: (key: string) => string): readonly string[] {
  const moves = 'left join roll_moves m on m.person_key = p.key';
  return [
    `${INTO} select case when to_door <> from_door then 'moved' else 'changed' end,
      person_key, fields, from_door, to_door from (
        select n.person_key, ${fieldsSql()} as fields, p.door_key as from_door,
          coalesce(m.door_key, p.door_key) as to_door
        from voters_next n join voters o on o.person_key = n.person_key
          join people p on p.key = n.person_key ${moves}
        where ${within('n.person_key')}) c
      where fields <> '' or to_door <> from_door`,
    `${INTO} select 'new', n.person_key, '', null, coalesce(m.door_key, p.door_key)
      from voters_next n join people p on p.key = n.person_key ${moves}
        left join voters o on o.person_key = n.person_key
      where o.person_key is null and ${within('n.person_key')}`,
    `${INTO} select 'gone', o.person_key, '', p.door_key, null
      from voters o join people p on p.key = o.person_key
        left join voters_next n on n.person_key = o.person_key
      where n.person_key is null and ${within('o.person_key')}`,
  ];
}

/** How many there are of each kind with the same fields. */
export const COUNT_CHANGES =
  'select kind, fields, count(*) as people from changes_next group by 1, 2';

export interface ChangeCount {
  readonly kind: DiffKind;
  readonly fields: string;
  readonly people: number;
}

/** The names of the fields that a row of changes has. */
export function fieldsOf(fields: string): DiffField[] {
  return fields.split(' ').filter((name) => name !== '') as DiffField[];
}

/** What a report says of a comparison; `people` are those of the roll that waits. */
export function countKinds(
  counts: readonly ChangeCount[],
  people: number,
): Required<Pick<ImportReport, 'added' | 'changed' | 'moved' | 'same' | 'gone'>> {
  const of = (kind: DiffKind): number =>
    counts.reduce((sum, row) => (row.kind === kind ? sum + row.people : sum), 0);
  const [added, changed, moved, gone] = [of('new'), of('changed'), of('moved'), of('gone')];
  return { added, changed, moved, gone, same: people - added - changed - moved };
}
