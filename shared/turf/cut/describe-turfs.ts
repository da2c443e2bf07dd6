import { compareUnits } from '../../walk/order-units.ts';
import { barrierNear, crossesAny } from './barriers.ts';
import type { CutDoor, CutTurf, TurfReason } from './cut.ts';
import { DETOUR } from '../../streets/street-network.ts';
import { USUAL_PACE } from '../../walk/walk-minutes.ts';
import type { CutGround, DraftTurf } from './cut-ground.ts';
import { outlineTurfs } from './outline-turfs.ts';
import { NO_WALK } from './pair-metres.ts';
import type { SizeWindow } from './split-walk.ts';

/** A turf ends at a barrier when so large a share of its stops lies this near to one. */
const BESIDE = 60;
const SHARE_BESIDE = 0.2;

/** A stretch without a door that one notices, in metres. */
const GAP = 200;

/** What a building has to weigh for its size to be what spoils a turf's. */
const LARGE = 0.2;

/** Turfs as they are told: doors in order, what they hold, how far they go, what they cross and why. */
export function describeTurfs(
  ground: CutGround,
  drafts: readonly DraftTurf[],
  window: SizeWindow,
): CutTurf[] {
  const { stops, options } = ground;
  // From one end of the field to the other, so that neighbours have numbers near each other.
  const sorted = [...drafts].sort(
    (a, b) =>
      Math.min(...a.stops) - Math.min(...b.stops) || firstDoor(ground, a) - firstDoor(ground, b),
  );
  const outlines = outlineTurfs({
    plane: stops.plane,
    x: stops.x,
    y: stops.y,
    turfs: sorted.map((draft) => draft.stops),
  });
  const regionSize = new Map<number, number>();
  for (const { region, tower } of drafts) {
    if (tower === null) regionSize.set(region, (regionSize.get(region) ?? 0) + 1);
  }
  const { minutesADoor, metresAMinute } = { ...USUAL_PACE, ...options };
  return sorted.map((draft, i) => {
    const inside = doorsOf(ground, draft);
    const households = inside.reduce((sum, door) => sum + (door.households ?? 1), 0);
    const stretches = stretchesOf(ground, draft.stops);
    const metres = Math.round(stretches.reduce((sum, stretch) => sum + stretch, 0));
    const { kinds, prices } = crossed(ground, draft.stops);
    const minutes = Math.round(households * minutesADoor + metres / metresAMinute);
    return {
      doors: inside.map(({ id }) => id),
      households,
      people: inside.reduce((sum, door) => sum + (door.people ?? 0), 0),
      buildings: new Set(draft.stops.map((stop) => stops.building[stop])).size,
      metres,
      onFoot: Math.round(walked(stretches, prices)),
      minutes,
      gaps: stretches.filter((stretch) => stretch > GAP).length,
      crosses: kinds,
      why: explain(
        ground,
        draft,
        window,
        regionSize.get(draft.region) ?? 0,
        options.measure === 'minutes' ? minutes : households,
      ),
      outline: outlines[i] as CutTurf['outline'],
    };
  });
}

const firstDoor = (ground: CutGround, draft: DraftTurf): number =>
  draft.doors?.[0] ?? ground.stops.doors[draft.stops[0] as number]?.[0] ?? 0;

function doorsOf({ stops, doors }: CutGround, draft: DraftTurf): CutDoor[] {
  const at = (door: number): CutDoor => doors[door] as CutDoor;
  if (draft.doors !== null) return draft.doors.map(at);
  return draft.stops.flatMap((stop) =>
    (stops.doors[stop] ?? [])
      .map(at)
      .sort((a, b) => compareUnits(a.unit ?? '', b.unit ?? '') || (a.id < b.id ? -1 : 1)),
  );
}

/** Metres of each stretch of a walk. */
function stretchesOf({ stops, pairs }: CutGround, order: readonly number[]): number[] {
  return order.slice(1).map((b, i) => {
    const a = order[i] as number;
    const link = pairs.of(a, b);
    if (link < NO_WALK) return link;
    // One building with doors on two islands: no walk leads there, and still somebody goes.
    const { x, y } = stops;
    return (
      DETOUR * Math.hypot((x[a] as number) - (x[b] as number), (y[a] as number) - (y[b] as number))
    );
  });
}

/** Metres without the price of crossings; where a cheaper way was found than over the middle, none was paid. */
const walked = (stretches: readonly number[], prices: readonly number[]): number =>
  stretches.reduce((sum, stretch, i) => sum + Math.max(0, stretch - (prices[i] ?? 0)), 0);

function crossed({ metric, barriers, stops }: CutGround, order: readonly number[]) {
  const found = metric.crossings(order);
  const kinds = new Set(found.kinds);
  if (barriers !== null) {
    for (let i = 1; i < order.length; i++) {
      const [a, b] = [order[i - 1] as number, order[i] as number];
      for (const kind of crossesAny(barriers, stops.x, stops.y, a, b)) kinds.add(kind);
    }
  }
  return { kinds: [...kinds].sort(), prices: found.prices };
}

function explain(
  ground: CutGround,
  draft: DraftTurf,
  window: SizeWindow,
  turfsInRegion: number,
  size: number,
): TurfReason[] {
  const { stops, barriers, options, regions } = ground;
  const why: TurfReason[] = [];
  if (draft.tower !== null) why.push(draft.tower);
  else if (size < window.low || size > window.high) {
    const households = new Map<number, number>();
    for (const door of draft.stops) {
      const building = stops.building[door] as number;
      const count = (stops.doors[door] ?? []).reduce(
        (sum, one) => sum + (ground.doors[one]?.households ?? 1),
        0,
      );
      households.set(building, (households.get(building) ?? 0) + count);
    }
    const total = [...households.values()].reduce((sum, count) => sum + count, 0);
    const largest = Math.max(...households.values());
    if (turfsInRegion === 1 && regions > 1) {
      why.push(options.wholePrecincts === true ? 'precinct-edge' : 'island');
    } else if (turfsInRegion > 1 && total > 0 && largest >= LARGE * total) {
      why.push('large-buildings');
    } else why.push(options.wholePrecincts === true ? 'precinct-edge' : 'remainder');
  }
  if (barriers !== null) {
    const beside = draft.stops.filter((stop) =>
      barrierNear(barriers, stops.x[stop] as number, stops.y[stop] as number, BESIDE),
    );
    if (beside.length >= SHARE_BESIDE * draft.stops.length) why.push('barrier');
  }
  return why;
}
