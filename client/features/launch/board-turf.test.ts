import { expect, test } from 'vitest';
import type { DeviceId, TurfId, UniverseId } from '#shared/kernel/ids.ts';
import type { LaunchRow, TurfHold } from '#shared/model/launch.ts';
import type { Turf } from '#shared/model/turf.ts';
import {
  type BoardFilter,
  countStages,
  isAsked,
  isFree,
  joinBoard,
  namesOf,
  nearestFree,
  sortBoard,
} from './board-turf.ts';

const NOW = 1_000_000_000;

function turf(name: string, west: number, change: Partial<Turf['tally']> = {}): Turf {
  const tally = { doors: 9, knocked: 0, contacts: 0, remaining: 9, knocks: 0, lastKnockAt: null };
  const corners = [0, 0.001, 0.001, 0].map((x, i) => [west + x, i < 2 ? 42 : 42.001] as const);
  return {
    id: name as TurfId,
    universeId: 'u' as UniverseId,
    kind: 'walk',
    name,
    hue: 0,
    state: 'published',
    version: 2,
    outline: { type: 'Polygon', coordinates: [[...corners, [west, 42]]] },
    about: null,
    onFoot: null,
    doors: 9,
    people: 9,
    publishedAt: 1,
    tally: { ...tally, support: [0, 0, 0, 0, 0], ...change },
    holders: [],
  };
}

const hold = (memberName: string, until: number, unsent: number | null = null): TurfHold => ({
  deviceId: `${memberName} ${until}` as DeviceId,
  memberName,
  from: NOW - 100,
  until,
  unsent,
  lastSeenAt: NOW,
  purgedAt: null,
});

const row = (name: string, change: Partial<LaunchRow> = {}): LaunchRow => ({
  turfId: name as TurfId,
  state: 'published',
  version: 2,
  closedAt: null,
  firstId: null,
  pass: 1,
  holds: [],
  ...change,
});

const TURFS = [turf('Turf 10', -50), turf('Turf 2', -50.01), turf('Turf 3', -50.02)];

test('a hold that has run out is nobody’s, and what its phone has alone still counts', () => {
  const holds = [hold('Ana', NOW + 1, 2), hold('Ana', NOW + 2), hold('Bo', NOW, 3)];
  const [one] = joinBoard(TURFS, [row('Turf 10', { holds })], null, NOW);
  expect(namesOf(one?.holds ?? [])).toEqual(['Ana']);
  expect(one).toMatchObject({ stage: 'out', unsent: 5, over: [{ memberName: 'Bo' }] });
});

test('the nearest free turf has doors left and nobody in it', () => {
  const rows = [row('Turf 10', { holds: [hold('Ana', NOW + 1)] }), row('Turf 2'), row('Turf 3')];
  const board = joinBoard([...TURFS, turf('Done', -50, { remaining: 0 })], rows, [-50, 42], NOW);
  expect(nearestFree(board).map((one) => [one.turf.name, Math.round(one.metres ?? 0)])).toEqual([
    ['Turf 2', 744],
    ['Turf 3', 1570],
  ]);
  expect(isFree(board[0] ?? raise())).toBe(false);
});

test('a turf that was begun and taken back can be handed out, and is found by that', () => {
  const begun = turf('Begun', -50, { remaining: 2, knocked: 3, lastKnockAt: NOW - 1 });
  const held = turf('Held', -50);
  const rows = [row('Begun'), row('Held', { holds: [hold('Ana', NOW + 1)] }), row('Turf 2')];
  const board = joinBoard([begun, held, TURFS[1] ?? raise()], rows, null, NOW);
  expect(board.map(({ stage }) => stage)).toEqual(['paused', 'out', 'ready']);
  const found = (...filters: BoardFilter[]): string[] =>
    board.filter((one) => isAsked(one, filters)).map((one) => one.turf.name);
  expect(found('ready')).toEqual(['Turf 2']);
  expect(found('free')).toEqual(['Begun', 'Turf 2']);
  expect(found('free', 'out')).toEqual(['Begun', 'Held', 'Turf 2']);
  expect(found()).toHaveLength(3);
  expect(countStages(board)).toMatchObject({ free: 2, ready: 1, paused: 1, out: 1 });
});

test('a pass that is over leads to the next one, and 2 comes before 10', () => {
  const rows = [
    row('Turf 10', { closedAt: 5 }),
    row('Turf 2', { firstId: 'Turf 10' as TurfId, pass: 2 }),
    row('Turf 3'),
  ];
  const board = joinBoard(TURFS, rows, null, NOW);
  expect(board.map(({ nextId }) => nextId)).toEqual(['Turf 2', null, null]);
  expect(sortBoard(board, 'name', 'en').map(({ turf }) => turf.name)).toEqual([
    'Turf 2',
    'Turf 3',
    'Turf 10',
  ]);
  expect(sortBoard(board, 'stage', 'en').at(-1)?.stage).toBe('done');
});

function raise(): never {
  throw new Error('There is none.');
}
