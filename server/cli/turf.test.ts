import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { turfCommand } from './turf.ts';

let dir = '';
let said = '';
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'turf-'))));
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true });
});

const degrees = (metres: number): number => metres / 111_320;
const feature = (type: string, coordinates: unknown, properties: object = {}) => ({
  type: 'Feature',
  properties,
  geometry: { type, coordinates },
});
/** Houses in a row, 15 m apart. */
const houses = (count: number, east = 0, about: object = {}) =>
  Array.from({ length: count }, (_, i) =>
    feature('Point', [degrees(east + 15 * i), 0], { id: `${east}-${i}`, ...about }),
  );

let files = 0;
function file(content: unknown): string {
  const path = join(dir, `${files++}.geojson`);
  const text = Array.isArray(content) ? { type: 'FeatureCollection', features: content } : content;
  writeFileSync(path, typeof text === 'string' ? text : JSON.stringify(text));
  return path;
}

interface Told {
  readonly features: readonly {
    readonly geometry: { readonly type: string } | null;
    readonly properties: Readonly<Record<string, unknown>>;
  }[];
}

function cut(...words: string[]): Told {
  let printed = '';
  said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  turfCommand(['cut', '--ms', '50', '--json', ...words]);
  vi.restoreAllMocks();
  return JSON.parse(printed) as Told;
}
const turfsOf = ({ features }: Told) =>
  features.filter(({ geometry }) => geometry?.type !== 'Point').map(({ properties }) => properties);
const doorsOf = ({ features }: Told) =>
  features.filter(({ properties }) => 'order' in properties || properties['turf'] === null);

function refusal(...words: string[]): string {
  try {
    cut(...words);
  } catch (error) {
    return String(error);
  }
  return 'none';
}

test('each door has its turf and its place in the walk, each turf its seven figures and an outline', () => {
  const told = cut('--doors', file(houses(40, 0, { households: 2 })), '--size', '20');
  expect(doorsOf(told)).toHaveLength(40);
  const turfs = turfsOf(told);
  expect(turfs).toHaveLength(4);
  for (const turf of turfs) {
    expect(turf).toMatchObject({ gaps: 0, crosses: [], why: [] });
    expect(turf['households']).toBe(2 * Number(turf['doors']));
    expect(Math.abs(Number(turf['households']) - 20)).toBeLessThanOrEqual(2);
    expect(turf['metres']).toBeGreaterThan(100);
    expect(turf['minutes']).toBeGreaterThan(40);
  }
  expect(said).toContain('estimates by straight lines');
});

test('every wish of the command is heard: so many turfs, minutes, precincts, floors, a drawn line', () => {
  const two = [...houses(30, 0, { precinct: 'A' }), ...houses(30, 450, { precinct: 'B' })];
  const path = file(two);
  expect(turfsOf(cut('--doors', path, '--turfs', '3'))).toHaveLength(3);
  const minutes = turfsOf(cut('--doors', path, '--size', '50', '--minutes'));
  for (const turf of minutes) expect(Math.abs(Number(turf['minutes']) - 50)).toBeLessThan(15);
  const whole = cut('--doors', path, '--size', '20', '--whole-precincts');
  const precincts = new Map<unknown, Set<unknown>>();
  for (const { properties } of doorsOf(whole)) {
    const found = precincts.get(properties['turf']) ?? new Set();
    precincts.set(properties['turf'], found.add(properties['precinct']));
  }
  expect([...precincts.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1]);
  const tower = Array.from({ length: 60 }, (_, i) =>
    feature('Point', [0, degrees(60)], { building: 'T', unit: String(i), id: `T${i}` }),
  );
  const tall = turfsOf(cut('--doors', file([...two, ...tower]), '--size', '20'));
  expect(tall.filter(({ why }) => String(why).includes('floors'))).toHaveLength(3);
  const line = [
    [degrees(442), -1],
    [degrees(442), 1],
  ];
  const barriers = file([feature('LineString', line, { kind: 'drawn' })]);
  const apart = turfsOf(cut('--doors', path, '--barriers', barriers, '--size', '30'));
  expect(apart.map(({ doors, crosses }) => [doors, crosses])).toEqual([
    [30, []],
    [30, []],
  ]);
});

test('a number that a turf cannot have is said, below nothing and in parts too', () => {
  const path = file(houses(4));
  for (const [name, said] of [
    ['size', '1.5'],
    ['size', '-5'],
    ['turfs', '2.5'],
    ['seed', '-1'],
  ] as const) {
    const told = refusal('--doors', path, '--size', '2', `--${name}`, said);
    expect(told).toContain(`--${name} takes a whole number from`);
    expect(told).toContain(`not “${said}”. Nothing was cut.`);
  }
  expect(refusal('--doors', path, '--size', '22.5', '--minutes')).toBe('none');
});

test('doors without a place, at one point, over the date line and 500 km apart are turfs or named', () => {
  const lost = [
    feature('Point', [null, null]),
    { type: 'Feature', properties: {}, geometry: null },
  ];
  const told = cut('--doors', file([...houses(5), ...lost]), '--size', '5');
  expect(doorsOf(told).filter(({ properties }) => properties['uncut'] === 'no-place')).toHaveLength(
    2,
  );
  expect(said).toContain('2 doors are in none');
  const heap = Array.from({ length: 40 }, (_, i) =>
    feature('Point', [1, 1], { number: String(i) }),
  );
  expect(turfsOf(cut('--doors', file(heap), '--size', '20'))).toHaveLength(2);
  const date = [179.9999, -179.9999].map((lon) => feature('Point', [lon, 0]));
  const [across, ...more] = turfsOf(cut('--doors', file(date), '--size', '2'));
  expect(more).toEqual([]);
  expect(across?.['metres']).toBeLessThan(40);
  const cities = turfsOf(
    cut('--doors', file([...houses(9), ...houses(9, 500_000)]), '--size', '20'),
  );
  expect(cities.map(({ doors, why }) => [doors, why])).toEqual([
    [9, ['island']],
    [9, ['island']],
  ]);
});

test('one door, and a target beyond the universe, are one turf that says it is the remainder', () => {
  for (const count of [1, 12]) {
    const turfs = turfsOf(cut('--doors', file(houses(count)), '--size', '5000'));
    expect(turfs).toMatchObject([{ doors: count, why: ['remainder'] }]);
  }
});

test('degrees that are said to be metres are asked about, and no plan in metres is', () => {
  const town = [
    [-71.1, 42.37],
    [-71.09, 42.37],
    [-71.1, 42.38],
  ].map((place) => feature('Point', place));
  const words = (features: unknown[], ...more: string[]): string => {
    cut('--doors', file(features), '--size', '5', ...more);
    return said;
  };
  expect(words(town, '--planar')).toContain('Are they degrees? Then leave --planar out.');
  expect(words(town)).not.toContain('degrees');
  // As small as an instance of TSPLIB gets, a few metres far from anywhere, and a tower.
  const small = [
    [37, 52],
    [49, 49],
    [5, 64],
  ].map((place) => feature('Point', place));
  const far = [
    [500_000, 4_649_776],
    [500_003, 4_649_776],
  ].map((place) => feature('Point', place));
  const tower = ['1', '2', '3'].map((unit) => feature('Point', [5, 7], { unit, building: 'T' }));
  for (const plan of [small, far, tower]) expect(words(plan, '--planar')).not.toContain('degrees');
});

test('what cannot be cut is refused in a sentence', () => {
  const one = file(houses(1));
  expect(refusal('--doors', file([]), '--size', '45')).toMatch(/no door/i);
  expect(refusal('--doors', file('{'), '--size', '45')).toContain('is not JSON');
  expect(refusal('--doors', join(dir, 'none'), '--size', '45')).toContain('There is no file');
  expect(refusal('--doors', file([...houses(1), ...houses(1)]), '--size', '5')).toMatch(/0-0/);
  expect(refusal('--doors', one, '--size', '0')).toContain('--size takes a whole number from 1');
  expect(refusal('--doors', one, '--size', '45', '--tolerance', '2')).toContain('--tolerance');
  const point = file([feature('Point', [0, 0])]);
  expect(refusal('--doors', one, '--size', '9', '--streets', point)).toContain('no lines that are');
});
