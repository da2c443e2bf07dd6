import { TOWER, type StreetSection } from './group-rows.ts';

/** Streets of a long list that are drawn, and put away, together. */
export interface Stretch {
  readonly key: string;
  readonly sections: readonly StreetSection[];
}

/** About so many doors: a few screens, and few enough that a slow phone draws them without a stumble. */
const DOORS = 40;

/**
 * The streets of a long list by stretches, in their order. Where one ends hangs on the numbers of
 * the doors, not on how many are left: a door that goes moves no street from one to another.
 */
export function gatherStretches(sections: readonly StreetSection[]): readonly Stretch[] {
  const stretches: { key: string; nth: number; sections: StreetSection[] }[] = [];
  const times = new Map<number, number>();
  for (const section of sections) {
    const first = section.buildings[0]?.rows[0]?.door.position ?? 0;
    const nth = Math.floor(first / DOORS);
    const last = stretches.at(-1);
    if (last?.nth === nth) {
      last.sections.push(section);
      continue;
    }
    const before = times.get(nth) ?? 0;
    times.set(nth, before + 1);
    stretches.push({ key: `${nth} ${before}`, nth, sections: [section] });
  }
  return stretches;
}

/** How many lines the buildings of a street take in the list: a folded tower is one. */
export function linesOf({ buildings }: StreetSection): number {
  return buildings.reduce((sum, { rows }) => sum + (rows.length >= TOWER ? 1 : rows.length), 0);
}
