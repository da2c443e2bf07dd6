import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { walkCommand } from './walk.ts';

let dir = '';
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'walk-'))));
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true });
});

const door = (id: string | number, coordinates: unknown) => ({
  type: 'Feature',
  id,
  properties: {},
  geometry: { type: 'Point', coordinates },
});

function file(content: unknown): string {
  const path = join(dir, `${Math.abs(JSON.stringify(content).length)}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const doors = (...features: unknown[]): string => file({ type: 'FeatureCollection', features });

let told = '';
async function order(...words: string[]): Promise<Record<string, unknown>> {
  let said = '';
  told = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += String(text);
    return true;
  });
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  await walkCommand(['order', ...words, '--json']);
  vi.restoreAllMocks();
  return JSON.parse(said) as Record<string, unknown>;
}

const refusal = async (...words: string[]): Promise<string> => {
  try {
    await order(...words);
  } catch (error) {
    return String(error);
  }
  return 'none';
};

test('an order has its four keys, ids as the file has them, and a start in the west', async () => {
  const path = doors(door(7, [-71.001, 42]), door('b', [-71.003, 42]), door('c', [-71.002, 42]));
  const walk = await order('--doors', path, '--start', '-71.0,42');
  expect(Object.keys(walk)).toEqual(['order', 'length', 'lowerBound', 'ms']);
  expect(walk['order']).toEqual([7, 'c', 'b']);
  expect(walk['lowerBound']).toBe(walk['length']);
});

test('a matrix is ordered by its indexes, whole or as a triangle', async () => {
  const whole = file({
    n: 3,
    d: [
      [0, 5, 1],
      [5, 0, 1],
      [1, 1, 0],
    ],
  });
  expect(await order('--matrix', whole)).toMatchObject({ order: [0, 2, 1], length: 2 });
  const triangle = file({ n: 3, lower_triangle: [5, 1, 1] });
  const loop = await order('--matrix', triangle, '--mode', 'closed');
  expect(loop).toMatchObject({ order: [0, 1, 2], length: 7 });
  expect(await order('--matrix', triangle, '--mode', 'ends')).toMatchObject({ order: [0, 1, 2] });
});

test('nothing, one door, one place for all, and both sides of the date line are walks', async () => {
  expect(await order('--doors', doors())).toMatchObject({ order: [], length: 0, lowerBound: 0 });
  expect(await order('--doors', doors(door('a', [1, 1])))).toMatchObject({ order: ['a'] });
  const same = doors(door('a', [1, 1]), door('b', [1, 1]));
  expect(await order('--doors', same)).toMatchObject({ order: ['a', 'b'], length: 0 });
  const date = doors(door('a', [179.9999, 0]), door('b', [-179.9999, 0]));
  expect(Number((await order('--doors', date))['length'])).toBeLessThan(40);
});

test('a door without a place comes last and is not dropped', async () => {
  const path = doors(door('a', [null, null]), door('b', [1, 1]), door('c', [1.001, 1]));
  expect((await order('--doors', path))['order']).toEqual(['b', 'c', 'a']);
});

test('degrees that are said to be metres are asked about, and metres are not', async () => {
  const town = doors(door('a', [-71.1, 42.37]), door('b', [-71.09, 42.38]));
  expect(await order('--doors', town, '--planar')).toMatchObject({ order: ['a', 'b'] });
  expect(told).toContain('Are they degrees? Then leave --planar out.');
  await order('--doors', doors(door('a', [37, 52]), door('b', [49, 49])), '--planar');
  expect(told).not.toContain('degrees');
});

test('what cannot be ordered is said in a sentence', async () => {
  const one = doors(door('a', [1, 1]));
  expect(await refusal('--doors', join(dir, 'none'))).toContain('cannot be read');
  expect(await refusal('--doors', file('{"features": NaN}'))).toContain('no JSON');
  expect(await refusal('--doors', doors(door('a', null)))).toContain('coordinates');
  expect(await refusal('--doors', doors(door('a', [1, 1]), door('a', [2, 2])))).toContain(
    'Two doors',
  );
  expect(await refusal('--doors', doors(door('a', [1000, 2000])))).toContain('--planar');
  expect(await refusal('--doors', one, '--start', 'here')).toContain('longitude,latitude');
  // Latitude and longitude the wrong way round would be a walk of half the Earth.
  expect(await refusal('--doors', one, '--start', '42,-171')).toContain('longitude,latitude');
  expect(await refusal('--doors', one, '--ms', '-5')).not.toBe('none');
  expect(
    await refusal(
      '--matrix',
      file({
        n: 2,
        d: [
          [0, 1],
          [2, 0],
        ],
      }),
    ),
  ).toContain('both');
  expect(await refusal('--matrix', file({ n: 3, lower_triangle: [1] }))).toContain(
    '3 stops have 3',
  );
});
