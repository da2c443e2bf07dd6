import { expect, test } from 'vitest';
import type { BuildingId, DoorId } from '#shared/kernel/ids.ts';
import type { DoorRow } from '../door-row.ts';
import { gatherStretches } from './gather-stretches.ts';
import { groupRows } from './group-rows.ts';
import { makeRowGrouper } from './keep-groups.ts';

/** Two doors a building, five buildings a street. */
function row(at: number): DoorRow {
  const buildingId = `building ${Math.floor(at / 2)}` as BuildingId;
  const place = { city: 'Larkfield', zip: '00042', lon: null, lat: null, precinct: null };
  const street = `Street ${Math.floor(at / 10)}`;
  return {
    door: { id: `door ${at}` as DoorId, buildingId, unit: '', position: at },
    building: { id: buildingId, number: String(at), street, ...place },
    people: [],
    gone: new Set(),
    refusing: new Set(),
    allRefuse: false,
    standing: 'to-do',
    last: null,
    litDropped: false,
    place: null,
  };
}
const rows = Array.from({ length: 400 }, (_, at) => row(at));

test('one knock changes its own street and building alone; all others are the same objects', () => {
  const group = makeRowGrouper();
  const before = group(rows);
  const after = group(rows.map((each, at) => (at === 34 ? { ...each, standing: 'done' } : each)));
  expect(after.map((each, at) => (each === before[at] ? [] : [at])).flat()).toEqual([3]);
  const kept = after[3]?.buildings.map((each, at) => each === before[3]?.buildings[at]);
  expect(kept).toEqual([true, true, false, true, true]);
});

test('a street whose last door is gone leaves, and the others stay as they were', () => {
  const group = makeRowGrouper();
  const before = group(rows);
  expect(group(rows.slice(10))).toEqual(before.slice(1));
  expect(group(rows)).toEqual(before);
});

test('the stretches hold every street once and in order, and a door that goes moves none', () => {
  const sections = groupRows(rows);
  const stretches = gatherStretches(sections);
  expect(stretches.flatMap((each) => each.sections)).toEqual(sections);
  expect(stretches.length).toBeGreaterThan(5);
  expect(new Set(stretches.map(({ key }) => key)).size).toBe(stretches.length);
  const without = gatherStretches(groupRows(rows.filter((_, at) => at !== 55)));
  expect(without.map(({ key, sections: own }) => [key, own.length])).toEqual(
    stretches.map(({ key, sections: own }) => [key, own.length]),
  );
});
