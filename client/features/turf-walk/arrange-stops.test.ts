import { expect, test } from 'vitest';
import type { BuildingId, DoorId, TurfId } from '#shared/kernel/ids.ts';
import type { TurfStop, TurfWalk } from '#shared/model/turf-walk.ts';
import { arrangeStops, doorsOf, moveStop } from './arrange-stops.ts';

const stop = (number: number, doors: string[], position: number): TurfStop => ({
  number,
  buildingId: `b${number}` as BuildingId,
  label: `${number} Elm St`,
  lon: 0,
  lat: 0,
  doors: doors.map((door, at) => ({ doorId: door as DoorId, unit: '', position: position + at })),
});
const stops = [stop(1, ['a'], 1), stop(2, ['b', 'c'], 2), stop(3, ['d'], 4)];

test('a stop that is moved takes its doors along, and all are numbered anew', () => {
  const moved = moveStop(stops, 1, 0);
  expect(doorsOf(moved)).toEqual(['b', 'c', 'a', 'd']);
  const wish = { start: null, comeBack: false, oneSide: false, byHand: null };
  const walk: TurfWalk = {
    turfId: 't' as TurfId,
    name: '',
    state: 'draft',
    version: 1,
    wish,
    stops,
    line: [],
    metres: 0,
    minutes: 0,
    crossings: 0,
    length: 0,
    lowerBound: 0,
    ground: 'streets',
    guessed: 0,
    unplaced: 0,
  };
  const arranged = arrangeStops(walk, doorsOf(moved));
  expect(arranged.stops.map(({ number, label }) => `${number}: ${label}`)).toEqual([
    '1: 2 Elm St',
    '2: 1 Elm St',
    '3: 3 Elm St',
  ]);
  expect(arranged.stops.flatMap(({ doors }) => doors.map(({ position }) => position))).toEqual([
    1, 2, 3, 4,
  ]);
  expect(arrangeStops(walk, null)).toBe(walk);
});
