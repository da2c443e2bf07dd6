import type { BuildingId } from '../../kernel/ids.ts';
import type { MultiPolygon, Polygon } from '../../model/geojson.ts';
import type { TurfAbout } from '../../model/turf-plan.ts';
import type { Plane } from '../../streets/plane.ts';
import type { DoorGrid } from './door-grid.ts';
import type { DoorShares } from './door-shares.ts';

/**
 * What is shared out, as columns: one entry a building, in the order of `UniverseDoors`. It stays as
 * it is while one plans; everywhere else in a plan a building is its index here.
 */
export interface PlanDoors {
  readonly n: number;
  readonly building: readonly BuildingId[];
  /** Degrees. */
  readonly lon: ArrayLike<number>;
  readonly lat: ArrayLike<number>;
  readonly doors: ArrayLike<number>;
  readonly people: ArrayLike<number>;
  /** Index into `precincts`; -1 where none is known. */
  readonly precinct: ArrayLike<number>;
  readonly precincts: readonly string[];
  readonly street: readonly string[];
  readonly number: readonly string[];
  /** The units of each building that may be shared out by floors, lowest first. */
  readonly units: ReadonlyMap<number, readonly string[]>;
  /** The same places in metres, on a plane around one of them. */
  readonly plane: Plane;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly grid: DoorGrid;
}

/** How much there is of something. */
export interface Counts {
  readonly buildings: number;
  readonly doors: number;
  readonly people: number;
}

export interface PlanTurf {
  /** Its id, also before the server knows it: a new turf's is made by whoever asks for it. */
  readonly key: string;
  readonly name: string;
  /** 0 to 11. */
  readonly hue: number;
  /** Published: nothing moves in or out. */
  readonly fixed: boolean;
  readonly outline: Polygon | MultiPolygon;
  /** Its buildings in walk order, as far as known. */
  readonly order: readonly number[];
  /** Of buildings whose floors are shared out: the units that are this turf's. */
  readonly units: ReadonlyMap<number, readonly string[]>;
  readonly counts: Counts;
  /** What the cut said of it, or, once its doors were changed by hand, a quick estimate. */
  readonly about: TurfAbout | null;
  /** Metres of its own walk; null until it was measured, and once its doors were changed. */
  readonly onFoot: number | null;
}

/** A whole plan. Nothing in it ever changes: an edit gives another one. */
export interface Plan {
  readonly turfs: readonly PlanTurf[];
  /** Which turfs each building is in. */
  readonly shares: DoorShares;
  /** What is in no turf; a tower of which some units are in none counts as a building. */
  readonly uncut: Counts;
}

/** What a turf that an edit makes shall be called, and its id. */
export interface NewTurf {
  readonly key: string;
  readonly name: string;
}
