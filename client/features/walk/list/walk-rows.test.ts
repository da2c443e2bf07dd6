import { expect, test } from 'vitest';
import type { BuildingId, DoorId } from '#shared/kernel/ids.ts';
import type { DoorStanding } from '#shared/model/turf.ts';
import type { DoorRow } from '../door-row.ts';
import { countRows, filterRows } from './filter-rows.ts';
import { groupRows } from './group-rows.ts';
import { latestPosition } from './latest-position.ts';
import { backDoor, nextDoor } from '../way/next-door.ts';

interface Made {
  readonly at: number;
  readonly street?: string;
  readonly number?: string;
  readonly unit?: string;
  readonly standing?: DoorStanding;
  readonly knockedAt?: number;
  readonly thisTurf?: boolean;
}

function row(made: Made): DoorRow {
  const { at, street = 'Alder Ave', number = String(at), unit = '', standing = 'to-do' } = made;
  const buildingId = `${number} ${street}` as BuildingId;
  return {
    door: { id: `door ${at}` as DoorId, buildingId, unit, position: at },
    building: {
      id: buildingId,
      number,
      street,
      city: 'Larkfield',
      zip: '00042',
      lon: null,
      lat: null,
      precinct: null,
    },
    people: [],
    gone: new Set(),
    refusing: new Set(),
    allRefuse: false,
    standing,
    last:
      made.knockedAt === undefined
        ? null
        : { what: 'not-home', at: made.knockedAt, times: 1, thisTurf: made.thisTurf ?? true },
    litDropped: false,
    place: null,
  };
}

test('doors stand under their street and building, in walk order', () => {
  const sections = groupRows([
    row({ at: 1, number: '2' }),
    row({ at: 2, number: '4', unit: 'A' }),
    row({ at: 3, number: '4', unit: 'B' }),
    row({ at: 4, street: 'Birch St', number: '9' }),
  ]);
  expect(sections.map(({ street, doors }) => [street, doors])).toEqual([
    ['Alder Ave', 3],
    ['Birch St', 1],
  ]);
  expect(sections[0]?.buildings.map(({ rows }) => rows.length)).toEqual([1, 2]);
});

test('a street that the walk comes back to is a section of its own, never moved up', () => {
  const sections = groupRows([
    row({ at: 1 }),
    row({ at: 2, street: 'Birch St' }),
    row({ at: 3, number: '7' }),
  ]);
  expect(sections.map(({ street }) => street)).toEqual(['Alder Ave', 'Birch St', 'Alder Ave']);
  expect(new Set(sections.map(({ key }) => key)).size).toBe(3);
});

test('a section keeps its key when its first door is done and leaves the list', () => {
  const rows = [row({ at: 1 }), row({ at: 2 }), row({ at: 3 })];
  expect(groupRows(rows.slice(1))[0]?.key).toBe(groupRows(rows)[0]?.key);
});

test('a long street is split between buildings and every door is still there, in order', () => {
  const rows = Array.from({ length: 500 }, (_, index) =>
    row({ at: index + 1, number: String(Math.floor(index / 2)) }),
  );
  const sections = groupRows(rows);
  expect(sections.length).toBeGreaterThan(1);
  const all = sections.flatMap(({ buildings }) => buildings.flatMap((each) => each.rows));
  expect(all).toEqual(rows);
  expect(sections.every(({ buildings }) => buildings.every((each) => each.rows.length === 2))).toBe(
    true,
  );
});

test('the same house number in two streets is two buildings', () => {
  const sections = groupRows([
    row({ at: 1, number: '5' }),
    row({ at: 2, street: 'Birch St', number: '5' }),
  ]);
  expect(sections.flatMap(({ buildings }) => buildings).length).toBe(2);
});

test('each view of the list holds its own doors and says how many', () => {
  const rows = [
    row({ at: 1 }),
    row({ at: 2, standing: 'not-home' }),
    row({ at: 3, standing: 'contact' }),
    row({ at: 4, standing: 'do-not-contact' }),
  ];
  expect(filterRows(rows, 'to-do').map(({ door }) => door.position)).toEqual([1]);
  expect(filterRows(rows, 'not-home').map(({ door }) => door.position)).toEqual([2]);
  expect(filterRows(rows, 'all')).toBe(rows);
  expect(countRows(rows)).toEqual({ 'to-do': 1, 'not-home': 1, all: 4 });
});

test('the next door is the next one to do, then the first that was passed over', () => {
  const rows = [
    row({ at: 1 }),
    row({ at: 2, standing: 'contact' }),
    row({ at: 3, standing: 'do-not-contact' }),
    row({ at: 4 }),
  ];
  expect(nextDoor(rows, 0)?.door.position).toBe(1);
  expect(nextDoor(rows, 1)?.door.position).toBe(4);
  expect(nextDoor(rows, 4)?.door.position).toBe(1);
  expect(nextDoor(rows.slice(1, 3), 2)).toBeNull();
  expect(nextDoor([], 0)).toBeNull();
});

test('a door that wants us back is next from then on, and not before', () => {
  const asked = row({ at: 2, standing: 'not-home' });
  const at = (dueAt: number) => [row({ at: 1 }), { ...asked, dueAt }, row({ at: 3 })];
  expect(nextDoor(at(Date.now() - 1000), 1)?.door.position).toBe(2);
  expect(nextDoor(at(Date.now() + 3_600_000), 1)?.door.position).toBe(3);
});

test('after a cold start the walk goes on from the last knock of this turf', () => {
  const rows = [
    row({ at: 1, standing: 'not-home', knockedAt: 10 }),
    row({ at: 2, standing: 'contact', knockedAt: 20 }),
    row({ at: 3, knockedAt: 99, thisTurf: false }),
  ];
  expect(latestPosition(rows)).toBe(2);
  expect(latestPosition([row({ at: 1 })])).toBe(0);
});

test('after an undo the way leads back to that door, until something is done there again', () => {
  const undone = [row({ at: 1 }), row({ at: 2 }), row({ at: 3 })];
  expect(backDoor(undone, 'door 2')?.door.position).toBe(2);
  expect(backDoor(undone, null)).toBeNull();
  const done = [row({ at: 1 }), row({ at: 2, standing: 'not-home' }), row({ at: 3 })];
  expect(backDoor(done, 'door 2')).toBeNull();
});
