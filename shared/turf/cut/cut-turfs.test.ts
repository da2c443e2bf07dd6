import { expect, test } from 'vitest';
import type { Polygon } from '../../model/geojson.ts';
import type { Street } from '../../streets/street.ts';
import type { Cut, CutDoor, CutOptions } from './cut.ts';
import { cutTurfs } from './cut-turfs.ts';

const metres = (count: number): number => count / 111_320;
const door = (id: string, east: number, north: number, more: Partial<CutDoor> = {}): CutDoor => ({
  id,
  lon: metres(east),
  lat: metres(north),
  ...more,
});
const row = (count: number, east = 0, north = 0, name = 'd'): CutDoor[] =>
  Array.from({ length: count }, (_, i) => door(`${name}${i}`, east + i * 15, north));

function cut(doors: readonly CutDoor[], options: Partial<CutOptions> = {}): Cut {
  const done = cutTurfs(doors, { size: 20, effort: 0.05, ...options });
  if (!done.ok) throw new Error(done.problem.code);
  return done.value;
}
const codeOf = (doors: readonly CutDoor[], options: Partial<CutOptions> = {}): string => {
  const done = cutTurfs(doors, { size: 20, ...options });
  return done.ok ? 'ok' : done.problem.code;
};

test.each([
  ['no door at all', [], {}, 'cut-empty'],
  ['a size of none', row(3), { size: 0 }, 'cut-size'],
  ['a size that is no number', row(3), { size: NaN }, 'cut-size'],
  ['a tolerance above one', row(3), { tolerance: 1.5 }, 'cut-tolerance'],
  ['half a turf', row(3), { turfs: 2.5 }, 'cut-turfs'],
  ['an id given twice', [...row(3), ...row(1)], {}, 'cut-double-id'],
  ['NaN households', [door('a', 0, 0, { households: NaN })], {}, 'cut-households'],
  ['fewer households than none', [door('a', 0, 0, { households: -1 })], {}, 'cut-households'],
])('%s is refused', (_, doors, options, code) => {
  expect(codeOf(doors, options)).toBe(code);
});

test('more than a million doors are refused by name before anything is computed', () => {
  const one = door('a', 0, 0);
  expect(codeOf(Array.from({ length: 1_000_001 }, () => one))).toBe('cut-too-many');
});

test('a cut to look at comes first, and whether somebody looks changes nothing', () => {
  const looked: Cut[] = [];
  const found = cut(row(30), { onDraft: (early) => looked.push(early) });
  expect(looked).toHaveLength(1);
  expect(looked[0]?.turfs.flatMap(({ doors }) => doors)).toHaveLength(30);
  expect(found).toEqual(cut(row(30)));
});

test('who stops a cut gets none', () => {
  expect(codeOf(row(50), { onProgress: ({ step }) => step === 'better' })).toBe('cut-cancelled');
});

test('doors without a place, off the globe and in no order of their own are left out by name', () => {
  const lost: CutDoor[] = [
    { id: 'null', lon: null, lat: null },
    { id: 'nan', lon: NaN, lat: 1 },
    { id: 'off', lon: 200, lat: 10 },
  ];
  const found = cut([...lost, ...row(20)]);
  expect(found.uncut.map(({ id, reason }) => `${id} ${reason}`)).toEqual([
    'nan no-place',
    'null no-place',
    'off no-place',
  ]);
  expect(found.turfs).toHaveLength(1);
  expect(cut(lost).turfs).toEqual([]);
});

test('one door, and a size beyond the universe, are one turf that says it is a remainder', () => {
  for (const doors of [row(1), row(7)]) {
    const [turf, ...others] = cut(doors, { size: 500 }).turfs;
    expect(others).toEqual([]);
    expect(turf?.doors).toHaveLength(doors.length);
    expect(turf?.why).toEqual(['remainder']);
  }
});

test('doors all at one point but of many houses are shared out', () => {
  const heap = Array.from({ length: 60 }, (_, i) => door(`h${i}`, 0, 0, { number: `${i}` }));
  const found = cut(heap);
  expect(found.turfs).toHaveLength(3);
  for (const { doors } of found.turfs) expect(Math.abs(doors.length - 20)).toBeLessThanOrEqual(2);
  for (const { outline } of found.turfs) expect(outline.coordinates.length).toBeGreaterThan(0);
});

test('a town across the date line is one town', () => {
  const doors = Array.from({ length: 40 }, (_, i): CutDoor => {
    const lon = 179.997 + i * 0.00015;
    return { id: `d${i}`, lon: lon > 180 ? lon - 360 : lon, lat: -16 };
  });
  const { turfs } = cut(doors);
  expect(turfs).toHaveLength(2);
  for (const turf of turfs) expect(turf.metres).toBeLessThan(600);
});

test('no turf spans two cities 500 km apart; what is too small there says island', () => {
  const { turfs } = cut([...row(40), ...row(9, 500_000, 0, 'far')]);
  for (const turf of turfs) {
    expect(new Set(turf.doors.map((id) => id.startsWith('far'))).size).toBe(1);
  }
  const far = turfs.filter((turf) => turf.doors[0]?.startsWith('far'));
  expect(far.map(({ why }) => why)).toEqual([['island']]);
});

const street: Street = {
  name: 'Elm St',
  kind: 'side',
  line: [
    [0, 0],
    [metres(600), 0],
  ],
  leftOdd: -1,
  rightOdd: -1,
};

test('what a pair has on its feet is told without the price of crossing the street', () => {
  const [one] = cut(row(20, 0, 6), { streets: [street] }).turfs;
  expect([one?.metres, one?.onFoot]).toEqual([285, 285]);
  const both = cut([...row(20, 0, 6), ...row(20, 0, -6, 's')], { streets: [street], size: 40 });
  const [turf] = both.turfs;
  // It goes to and fro: none of that is walked along the street.
  expect(turf?.metres).toBeGreaterThan(500);
  expect(turf?.onFoot).toBeGreaterThan(265);
  expect(turf?.onFoot).toBeLessThanOrEqual(285);
});

test('streets that do not reach a door leave it out, and say so', () => {
  const found = cut([...row(20, 0, 6), door('wild', 0, 3000)], { streets: [street] });
  expect(found.uncut).toEqual([{ id: 'wild', reason: 'unreachable' }]);
  expect(found.estimated).toBe(false);
});

test('nobody is sent over a barrier where no street is known', () => {
  const river = { kind: 'water', line: [[-1, metres(20)] as const, [1, metres(20)] as const] };
  const doors = [...row(20, 0, 0, 's'), ...row(20, 0, 40, 'n')];
  const { turfs } = cut(doors, { barriers: [river] });
  expect(turfs.map((turf) => new Set(turf.doors.map((id) => id[0])).size)).toEqual([1, 1]);
  expect(turfs.map(({ crosses }) => crosses)).toEqual([[], []]);
  expect(turfs.map(({ why }) => why)).toEqual([['barrier'], ['barrier']]);
});

test('a tower is a turf of its own, one far bigger is shared out by its floors', () => {
  const units = (building: string, count: number, east: number): CutDoor[] =>
    Array.from({ length: count }, (_, i) =>
      door(`${building}${i}`, east, 50, { building, unit: `${Math.floor(i / 10) + 1}0${i % 10}` }),
    );
  const { turfs } = cut([...row(40), ...units('A', 26, 100), ...units('B', 100, 200)]);
  const tall = turfs.filter(({ why }) => why.includes('big-building'));
  expect(tall.map(({ doors }) => doors.length)).toEqual([26]);
  const floors = turfs.filter(({ why }) => why.includes('floors'));
  expect(floors.map(({ doors }) => doors.length)).toEqual([20, 20, 20, 20, 20]);
  expect(floors[0]?.doors[0]).toBe('B0');
});

test('as many turfs as there are people to walk them', () => {
  const { turfs } = cut(row(90), { turfs: 7, effort: 1 });
  expect(turfs).toHaveLength(7);
  expect(Math.max(...turfs.map(({ doors }) => doors.length))).toBeLessThanOrEqual(14);
});

test('outlines hold their doors and touch no other', () => {
  const grid = Array.from({ length: 15 }, (_, i) => row(12, 0, i * 18, `r${i}-`)).flat();
  const { turfs } = cut(grid, { size: 20 });
  const places = new Map(grid.map((one) => [one.id, one]));
  const holds = (outline: Polygon['coordinates'], { lon, lat }: CutDoor): boolean => {
    let inside = false;
    for (const ring of outline) {
      ring.forEach(([x1, y1], i) => {
        const [x2, y2] = ring[(i + 1) % ring.length] ?? [x1, y1];
        const [px, py] = [lon ?? 0, lat ?? 0];
        if (y1 > py !== y2 > py && px < x1 + ((py - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
      });
    }
    return inside;
  };
  let outside = 0;
  turfs.forEach(({ outline }, i) => {
    const parts = outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates;
    turfs.forEach((other, j) => {
      for (const id of other.doors) {
        const held = parts.some((part) => holds(part, places.get(id) as CutDoor));
        if (i === j && !held) outside += 1;
        if (i !== j) expect(held).toBe(false);
      }
    });
  });
  // A corner of the raster may be cut off with a door in it; more would be a wrong outline.
  expect(outside).toBeLessThan(grid.length / 50);
});
