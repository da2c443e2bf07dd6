import type { CutGround, DraftTurf } from './cut-ground.ts';
import { countTurfs, shareTurfs } from './plan-regions.ts';
import { splitTower } from './split-tower.ts';
import { type SizeWindow, splitWalk } from './split-walk.ts';
import type { RegionWalk } from './walk-regions.ts';

/** Metres a door outside of the window costs while a walk is split and while it is bettered. */
export const PRICE = 30;
/** The first cut has no second chance to be of the right size. */
const SPLIT_PRICE = 120;
export const LAST_PRICE = 100;

/** The first usable cut: towers by themselves, each region's long walk split where it spares most. */
export function splitRegions(
  ground: CutGround,
  walks: readonly RegionWalk[],
  loads: Float64Array,
  window: SizeWindow,
  dearness: number,
): DraftTurf[] {
  const { stops, from, ofBuilding, pairs, region } = ground;
  const drafts: DraftTurf[] = [];
  const isTower = (b: number): boolean => (loads[b] as number) > window.high;
  for (let b = 0; b < stops.buildings; b++) {
    if ((region[b] as number) < 0 || !isTower(b)) continue;
    drafts.push(...splitTower(ground, b, loads[b] as number, window));
  }
  const place = new Int32Array(stops.n);
  const pieces = walks.map(({ region: at, walk }) => {
    walk.forEach((stop, i) => {
      place[stop] = i;
    });
    const seen = new Set<number>();
    const order: number[][] = [];
    const sizes: number[] = [];
    for (const stop of walk) {
      const b = stops.building[stop] as number;
      if (seen.has(b) || isTower(b)) continue;
      seen.add(b);
      const members = [...ofBuilding.subarray(from[b], from[b + 1])];
      order.push(members.sort((one, other) => (place[one] as number) - (place[other] as number)));
      sizes.push(loads[b] as number);
    }
    return { at, order, sizes, total: sizes.reduce((sum, size) => sum + size, 0) };
  });
  const full = pieces.filter(({ order }) => order.length > 0);
  const wanted = ground.options.turfs;
  const counts =
    wanted === undefined
      ? full.map(({ total }) => countTurfs(total, window))
      : shareTurfs(
          full.map(({ total }) => total),
          Math.max(full.length, wanted - drafts.length),
        );
  full.forEach(({ at, order, sizes }, i) => {
    const links = order.map((members, j) => {
      const after = order[j + 1]?.[0];
      return after === undefined ? 0 : pairs.of(members.at(-1) as number, after);
    });
    const input = {
      loads: Float64Array.from(sizes),
      links: Float64Array.from(links),
      window,
      price: SPLIT_PRICE * dearness,
    };
    const starts = splitWalk(input, counts[i] as number);
    starts.forEach((start, j) => {
      const end = starts[j + 1] ?? order.length;
      const load = sizes.slice(start, end).reduce((sum, size) => sum + size, 0);
      const members = order.slice(start, end).flat();
      drafts.push({ stops: members, doors: null, region: at, load, tower: null });
    });
  });
  return drafts;
}
