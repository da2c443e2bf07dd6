import type { Polygon, MultiPolygon } from '../../model/geojson.ts';
import type { Street } from '../../streets/street.ts';
import type { Barrier } from './barriers.ts';

/** A door as a cut sees it. Degrees; null or NaN where it has no place. */
export interface CutDoor {
  readonly id: string;
  readonly lon: number | null;
  readonly lat: number | null;
  /** 1 when not given. */
  readonly households?: number;
  readonly people?: number;
  /** What must not be cut in two; doors without one are of one building when place and address are. */
  readonly building?: string;
  readonly street?: string;
  readonly number?: string;
  readonly unit?: string;
  readonly precinct?: string;
}

/** What `size` counts. Minutes are knocking and walking together. */
export type CutMeasure = 'households' | 'minutes';

export interface CutOptions {
  /** Households (doors) or minutes a turf. Left out when `turfs` says how many there shall be. */
  readonly size: number;
  readonly measure?: CutMeasure;
  /** How far from `size` a turf may be, as a share: 0.1 is ten per cent either way. */
  readonly tolerance?: number;
  /** As many turfs as there are people to walk them; their size follows. */
  readonly turfs?: number;
  /** No turf has doors of two precincts. */
  readonly wholePrecincts?: boolean;
  /** Metres of walking that keeping one face of a block in one turf is worth; 0 not at all. */
  readonly wholeFaces?: number;
  /** Metres of walking for each metre that a stop lies from the middle of its turf: rounder turfs. */
  readonly compactness?: number;
  /** Doors that are in turfs already and stay there. */
  readonly locked?: ReadonlySet<string>;
  /** Nobody walks across these; of drawn ones no street leads through either. */
  readonly barriers?: readonly Barrier[];
  /** The streets; without any, walks are estimated by straight lines. */
  readonly streets?: readonly Street[];
  /** x and y are metres in the plane already. */
  readonly planar?: boolean;
  readonly minutesADoor?: number;
  readonly metresAMinute?: number;
  readonly seed?: number;
  /** How long to better the cut: 1 is what a city of 40,000 households takes some eight seconds for. */
  readonly effort?: number;
  /** Handed a usable cut as soon as there is one, a fraction of the time before the end. */
  readonly onDraft?: (cut: Cut) => void;
  /** How far it is; true ends the cut. */
  readonly onProgress?: (progress: CutProgress) => boolean;
}

export interface CutProgress {
  readonly step: 'streets' | 'walk' | 'split' | 'better' | 'outlines';
  /** Of the whole, 0 to 1. */
  readonly share: number;
}

/** Why a door is in no turf. */
export type UncutReason = 'no-place' | 'unreachable' | 'locked' | 'building-locked';

/** Why a turf is as it is, where it is not simply of the size that was asked for. */
export type TurfReason =
  /** A building with more doors than a turf takes is a turf of its own. */
  | 'big-building'
  /** A part of such a building, by its floors. */
  | 'floors'
  /** Buildings with many doors: none could be taken in or left out. */
  | 'large-buildings'
  /** All there is of this precinct, or what is left of it. */
  | 'precinct-edge'
  /** All there is on its side of what nobody walks across, or far from everything else. */
  | 'island'
  /** It ends where a barrier is. */
  | 'barrier'
  /** The doors there are cannot be shared out in turfs of this size. */
  | 'remainder';

export interface CutTurf {
  /** Ids in the order of a walk. */
  readonly doors: readonly string[];
  readonly households: number;
  readonly people: number;
  readonly buildings: number;
  /** Walked, with the price of crossings. */
  readonly metres: number;
  /** Walked, without it: what a pair has on its feet. */
  readonly onFoot: number;
  readonly minutes: number;
  /** Stretches of more than 200 m without a door. */
  readonly gaps: number;
  /** Kinds of streets and barriers that its walk goes across: `secondary`, `major`, `water` … */
  readonly crosses: readonly string[];
  readonly why: readonly TurfReason[];
  readonly outline: Polygon | MultiPolygon;
}

export interface Cut {
  readonly turfs: readonly CutTurf[];
  readonly uncut: readonly { readonly id: string; readonly reason: UncutReason }[];
  /** The sizes that were aimed at, in the measure asked for. */
  readonly window: { readonly low: number; readonly high: number };
  /** True when no streets were known and walks are estimates. */
  readonly estimated: boolean;
}
