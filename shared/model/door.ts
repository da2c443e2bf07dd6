import type { BuildingId, DoorId } from '../kernel/ids.ts';

/**
 * How surely a building stands where the map shows it: on its own address point, on one found with a
 * mistake, between others of its street, at the file's own coordinates, or where somebody of the
 * chapter put it (`settled`); `none` has no place yet.
 */
export type PlaceGrade = 'exact' | 'tolerant' | 'interpolated' | 'given' | 'settled' | 'none';

/** One street address with a place on the map. Degrees WGS84. */
export interface Building {
  readonly id: BuildingId;
  /** House number as written, e.g. `12`, `12-34`, `128 1/2`. */
  readonly number: string;
  readonly street: string;
  readonly city: string;
  readonly zip: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly precinct: string | null;
}

/** One dwelling: a building, or a unit in it; the thing that is knocked. */
export interface Door {
  readonly id: DoorId;
  readonly buildingId: BuildingId;
  /** Unit as shown, e.g. `3A`; empty for a building of one dwelling. */
  readonly unit: string;
}
