import type { Polygon } from '../model/geojson.ts';
import { assignBuildings, type PlaceColumns } from './assign-buildings.ts';

/** Buildings of a universe as columns: how many doors each holds, and people behind them. */
export interface CountColumns extends PlaceColumns {
  readonly doors: ArrayLike<number>;
  readonly people: ArrayLike<number>;
}

/** What an outline would hold. `inside` are the indexes of its buildings, ascending. */
export interface InsideCount {
  readonly inside: readonly number[];
  readonly doors: number;
  readonly people: number;
}

/**
 * Counts doors and people inside an outline while it is drawn. `isTaken` tells which buildings
 * belong to another turf already: they are not counted, because they would not be assigned.
 */
export function countInside(
  buildings: CountColumns,
  outline: Polygon,
  isTaken: (index: number) => boolean = () => false,
): InsideCount {
  const inside = assignBuildings(buildings, outline).filter((index) => !isTaken(index));
  let doors = 0;
  let people = 0;
  for (const index of inside) {
    doors += buildings.doors[index] ?? 0;
    people += buildings.people[index] ?? 0;
  }
  return { inside, doors, people };
}
