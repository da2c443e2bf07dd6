import { compareUnits } from '../../walk/order-units.ts';
import type { CutDoor } from './cut.ts';
import type { CutGround, DraftTurf } from './cut-ground.ts';
import type { SizeWindow } from './split-walk.ts';

/** Up to here a building is one large turf: half as many doors again as the largest turf. */
const ONE_TURF = 1.5;

/**
 * The turfs of a building that is bigger than a turf: one, or, when it is far bigger, several of about
 * one size by its floors, from the ground up.
 */
export function splitTower(
  ground: CutGround,
  building: number,
  load: number,
  window: SizeWindow,
): DraftTurf[] {
  const { stops, from, ofBuilding, region, doors } = ground;
  const at = region[building] as number;
  const members = [...ofBuilding.subarray(from[building], from[building + 1])];
  const inside = members
    .flatMap((stop) => (stops.doors[stop] ?? []).map((door) => ({ stop, door })))
    .map((one) => ({ ...one, about: doors[one.door] as CutDoor }))
    .sort(
      (a, b) =>
        compareUnits(a.about.unit ?? '', b.about.unit ?? '') || (a.about.id < b.about.id ? -1 : 1),
    );
  const whole: DraftTurf = { stops: members, doors: null, region: at, load, tower: 'big-building' };
  if (load <= window.high * ONE_TURF || inside.length < 2) return [whole];
  const parts = Math.max(2, Math.round(load / window.target));
  const households = inside.reduce((sum, { about }) => sum + (about.households ?? 1), 0);
  const drafts: { stop: number; door: number; count: number }[][] = [];
  let passed = 0;
  for (const { stop, door, about } of inside) {
    const count = about.households ?? 1;
    // The middle of the door's own households decides, so that a large door spoils one part only.
    const part = Math.min(
      parts - 1,
      Math.floor(((passed + count / 2) / Math.max(1, households)) * parts),
    );
    (drafts[part] ??= []).push({ stop, door, count });
    passed += count;
  }
  return drafts
    .filter((part) => part.length > 0)
    .map((part) => ({
      stops: [...new Set(part.map(({ stop }) => stop))],
      doors: part.map(({ door }) => door),
      region: at,
      load: (part.reduce((sum, { count }) => sum + count, 0) / Math.max(1, households)) * load,
      tower: 'floors' as const,
    }));
}
