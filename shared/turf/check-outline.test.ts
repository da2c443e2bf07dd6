import { expect, test } from 'vitest';
import type { Polygon } from '../model/geojson.ts';
import { checkOutline, MOST_CORNERS } from './check-outline.ts';

const at = (lon: number, lat: number): [number, number] => [-71 + lon / 1000, 42 + lat / 1000];
const outline = (...ring: [number, number][]): Polygon => ({
  type: 'Polygon',
  coordinates: [ring],
});
const codeOf = (polygon: Polygon): string => {
  const checked = checkOutline(polygon);
  return checked.ok ? 'ok' : checked.problem.code;
};

test('a plain outline passes and comes back unchanged', () => {
  const square = outline(at(0, 0), at(1, 0), at(1, 1), at(0, 1), at(0, 0));
  expect(checkOutline(square)).toEqual({ ok: true, value: square });
});

test('a corner pressed twice is left out, not refused', () => {
  const checked = checkOutline(
    outline(at(0, 0), at(1, 0), at(1, 0), at(1, 1), at(0, 1), at(0, 1), at(0, 0)),
  );
  expect(checked.ok && checked.value.coordinates[0]?.length).toBe(5);
});

test('a bow tie is refused', () => {
  expect(codeOf(outline(at(0, 0), at(1, 1), at(1, 0), at(0, 1), at(0, 0)))).toBe('outline-crosses');
});

test('a ring that touches its own corner is refused', () => {
  expect(
    codeOf(outline(at(0, 0), at(1, 1), at(2, 0), at(2, 2), at(1, 1), at(0, 2), at(0, 0))),
  ).toBe('outline-crosses');
});

test('open, too few, off the map, holes and slips of the hand each have their sentence', () => {
  expect(codeOf(outline(at(0, 0), at(1, 0), at(1, 1), at(0, 1)))).toBe('outline-open');
  expect(codeOf(outline(at(0, 0), at(1, 0), at(0, 0)))).toBe('outline-too-few');
  expect(codeOf({ type: 'Polygon', coordinates: [] })).toBe('outline-too-few');
  expect(codeOf(outline([0, 0], [Number.NaN, 1], [1, 1], [0, 0]))).toBe('outline-off-map');
  expect(codeOf(outline([0, 0], [200, 1], [1, 1], [0, 0]))).toBe('outline-off-map');
  const small = outline([0, 0], [0.00001, 0], [0, 0.00001], [0, 0]);
  expect(codeOf(small)).toBe('outline-too-small');
  expect(codeOf(outline([0, 0], [1, 0], [2, 0], [0, 0]))).not.toBe('ok');
  const square = [at(0, 0), at(1, 0), at(1, 1), at(0, 1), at(0, 0)];
  expect(codeOf({ type: 'Polygon', coordinates: [square, square] })).toBe('outline-holes');
});

test('an outline of thousands of corners is refused before it is searched for crossings', () => {
  const many = Array.from({ length: MOST_CORNERS + 1 }, (_, i) => {
    const turn = (2 * Math.PI * i) / (MOST_CORNERS + 1);
    return at(Math.cos(turn), Math.sin(turn));
  });
  expect(codeOf(outline(...many, many[0] ?? at(0, 0)))).toBe('outline-too-many');
});
