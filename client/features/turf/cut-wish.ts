import type { MapLayers } from '#shared/model/place.ts';
import type { PlanSize } from '#shared/model/turf-plan.ts';
import type { BarrierKind, CutOrder } from '../../worker/cut-doors-messages.ts';

/** What the number says: doors a turf, minutes a turf, or how many turfs there shall be. */
export type CutBy = 'doors' | 'minutes' | 'turfs';

/** How a universe shall be cut, as it is chosen on the screen. */
export interface CutWish {
  readonly by: CutBy;
  readonly doors: number;
  readonly minutes: number;
  readonly turfs: number;
  /** Per cent either way. */
  readonly tolerance: number;
  readonly wholePrecincts: boolean;
  readonly wholeFaces: boolean;
  /** 0 is the shortest walks, 100 the roundest turfs. */
  readonly tidy: number;
  readonly barriers: readonly BarrierKind[];
}

/** What two people walk in a shift of two hours; nobody walks across water or a railway. */
export const FIRST_WISH: CutWish = {
  by: 'doors',
  doors: 45,
  minutes: 120,
  turfs: 40,
  tolerance: 10,
  wholePrecincts: false,
  wholeFaces: false,
  tidy: 30,
  barriers: ['water', 'rail', 'road'],
};

/** The largest number that each way of saying the size takes. */
export const MOST = { doors: 5000, minutes: 1440, turfs: 2000 } as const;
/** Metres of walking that keeping the side of a block in one turf is worth. */
const FACE_METRES = 60;

/** True when a cut can be made of it: whole numbers that mean something. */
export function isWishWhole(wish: CutWish): boolean {
  const size = wish[wish.by];
  return Number.isInteger(size) && size >= 1 && size <= MOST[wish.by];
}

/** The size to keep with a plan: a number that is no size, of a kind not asked for, is as at first. */
export function planSizeOf(wish: CutWish): PlanSize | undefined {
  if (!isWishWhole(wish)) return undefined;
  const whole = (by: CutBy): number => (isWishWhole({ ...wish, by }) ? wish[by] : FIRST_WISH[by]);
  return {
    ...wish,
    doors: whole('doors'),
    minutes: whole('minutes'),
    turfs: whole('turfs'),
    barriers: [...wish.barriers],
  };
}

/** The options of the cut. `pace` is what the chapter has learnt of its own walks, if it has. */
export function cutOptions(
  wish: CutWish,
  pace: { readonly minutesADoor: number; readonly metresAMinute: number } | null,
): CutOrder['options'] {
  return {
    size: wish.by === 'minutes' ? wish.minutes : wish.doors,
    measure: wish.by === 'minutes' ? 'minutes' : 'households',
    ...(wish.by === 'turfs' ? { turfs: wish.turfs } : {}),
    tolerance: wish.tolerance / 100,
    wholePrecincts: wish.wholePrecincts,
    wholeFaces: wish.wholeFaces ? FACE_METRES : 0,
    compactness: wish.tidy / 100,
    ...pace,
    seed: 1,
  };
}

/** The size of a turf that a wish aims at, for the gauges of the list; in doors or in minutes. */
export interface Target {
  readonly measure: 'doors' | 'minutes';
  readonly least: number;
  readonly most: number;
}

/** `doors` is how many there are to share out, when it is the number of turfs that was said. */
export function targetOf(wish: CutWish, doors: number): Target {
  const size = wish.by === 'turfs' ? Math.max(1, doors / Math.max(1, wish.turfs)) : wish[wish.by];
  const part = wish.tolerance / 100;
  return {
    measure: wish.by === 'minutes' ? 'minutes' : 'doors',
    least: Math.max(1, Math.floor(size * (1 - part))),
    most: Math.ceil(size * (1 + part)),
  };
}

/** The kinds of barrier that a chapter's map has at all. */
export function barriersIn(layers: MapLayers): readonly BarrierKind[] {
  const has = {
    water: layers.water.features.length > 0,
    rail: layers.rail.features.length > 0,
    road: layers.streets.features.length > 0,
  };
  return (['water', 'rail', 'road'] as const).filter((kind) => has[kind]);
}

/** True where a map has no streets: a cut can only guess how far it is from door to door. */
export function isGuessed({ streets }: Pick<MapLayers, 'streets'>): boolean {
  return streets.features.length === 0;
}
