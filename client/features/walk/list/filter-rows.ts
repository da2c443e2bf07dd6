import type { DoorRow } from '../door-row.ts';

export const FILTERS = ['to-do', 'not-home', 'all'] as const;
export type Filter = (typeof FILTERS)[number];

/** The rows of one view of the list. `not-home` is for coming by a second time. */
export function filterRows(rows: readonly DoorRow[], filter: Filter): readonly DoorRow[] {
  return filter === 'all' ? rows : rows.filter((row) => row.standing === filter);
}

/** How many rows each view holds. */
export function countRows(rows: readonly DoorRow[]): Readonly<Record<Filter, number>> {
  let toDo = 0;
  let notHome = 0;
  for (const row of rows) {
    if (row.standing === 'to-do') toDo += 1;
    else if (row.standing === 'not-home') notHome += 1;
  }
  return { 'to-do': toDo, 'not-home': notHome, all: rows.length };
}
