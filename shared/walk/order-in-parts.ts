import { planeAround, toX, toY } from '../streets/plane.ts';
import { compareText } from './natural-order.ts';
import type { WalkDoor } from './group-stops.ts';
import { type Walk, walkInSteps, type WalkOptions } from './order-walk.ts';

/** Stops of one part: distances of so many take a few tens of milliseconds. */
const PART = 250;

interface Placed {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly doors: readonly WalkDoor[];
}

/**
 * An order for more doors than one walk is computed for at once: strips up and down, cut into parts
 * of at most 250 buildings, each in its shortest order from where the one before ended. Time grows
 * with the number of parts alone. Longer than a walk computed whole, and nothing shows by how much:
 * its lower bound is 0. The same for the same doors, however they come. Doors of a building are never
 * apart.
 */
export function* orderInParts(
  doors: readonly WalkDoor[],
  options: WalkOptions = {},
): Generator<undefined, Walk> {
  const { placed, lost } = byBuilding(doors);
  const order: string[] = [];
  const stops: number[] = [];
  const [unplaced, found] = [[...lost], { length: 0, offStreets: 0, cutOff: 0 }];
  let at = options.start;
  let last = 0;
  const { firstDoor, lastDoor, comeBack, ...rest } = options;
  void [firstDoor, lastDoor, comeBack];
  for (const part of inStrips(placed)) {
    const walk = yield* walkInSteps(
      part.flatMap(({ doors: inside }) => inside),
      { ...rest, proof: false, ...(at === undefined ? {} : { start: at }) },
    );
    order.push(...walk.order);
    stops.push(...walk.stops.map((stop) => last + stop));
    last = stops.at(-1) ?? last;
    found.length += walk.length;
    found.offStreets += walk.offStreets;
    found.cutOff += walk.cutOff;
    const end = part.find(({ doors: inside }) => inside.some(({ id }) => id === walk.order.at(-1)));
    const door = end?.doors.find(({ lon, lat }) => lon !== null && lat !== null);
    if (door) at = [door.lon as number, door.lat as number];
  }
  const none = yield* walkInSteps(
    doors.filter(({ id }) => lost.has(id)),
    {
      kicks: 0,
    },
  );
  order.push(...none.order);
  stops.push(...none.stops.map((stop) => last + stop));
  return { order, stops, unplaced, lowerBound: 0, ...found };
}

/** Doors by building, those of buildings without a place apart. */
function byBuilding(doors: readonly WalkDoor[]): { placed: Placed[]; lost: Set<string> } {
  const groups = new Map<string, WalkDoor[]>();
  for (const door of doors) {
    const key = door.building ?? `door ${door.id}`;
    const group = groups.get(key);
    if (group) group.push(door);
    else groups.set(key, [door]);
  }
  const lost = new Set<string>();
  const [first] = doors
    .filter(({ lon, lat }) => Number.isFinite(lon) && Number.isFinite(lat))
    .sort((a, b) => compareText(a.id, b.id));
  const plane = planeAround(first?.lon ?? 0, first?.lat ?? 0);
  const placed: Placed[] = [];
  for (const [key, inside] of groups) {
    const place = inside.find(({ lon, lat }) => Number.isFinite(lon) && Number.isFinite(lat));
    if (place === undefined) inside.forEach(({ id }) => lost.add(id));
    else {
      const [x, y] = [toX(plane, place.lon as number), toY(plane, place.lat as number)];
      placed.push({ key, x, y, doors: inside });
    }
  }
  return { placed, lost };
}

/** Parts one after another as strips go up and down. */
function inStrips(placed: readonly Placed[]): Placed[][] {
  const across = [...placed].sort((a, b) => a.x - b.x || a.y - b.y || compareText(a.key, b.key));
  const strips = Math.max(1, Math.round(Math.sqrt(across.length / PART)));
  const wide = Math.ceil(across.length / strips);
  const snake: Placed[] = [];
  for (let strip = 0; strip < strips; strip++) {
    const inside = across
      .slice(strip * wide, (strip + 1) * wide)
      .sort((a, b) => a.y - b.y || a.x - b.x || compareText(a.key, b.key));
    snake.push(...(strip % 2 === 0 ? inside : inside.reverse()));
  }
  const parts = Math.ceil(snake.length / PART);
  const size = Math.ceil(snake.length / Math.max(1, parts));
  return Array.from({ length: parts }, (_, part) => snake.slice(part * size, (part + 1) * size));
}
