import { expect, test } from 'vitest';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Person } from '#shared/model/person.ts';
import { makeWalkFolder } from './fold-walk.ts';
import type { PacketSheet } from './packet-store.ts';

const person = {
  id: 'ann',
  doorId: 'd1',
  firstName: 'Ann',
  doNotContact: false,
} as unknown as Person;
const sheet = {
  turf: { id: 'turf', version: 1 },
  buildings: [{ id: 'b1' }],
  doors: [
    { id: 'd1', buildingId: 'b1', unit: '1', position: 1 },
    { id: 'd2', buildingId: 'b1', unit: '2', position: 2 },
  ],
  people: [person],
} as unknown as PacketSheet;

function fact(opId: string, doorId: string, type: string, payload: object): Operation {
  return {
    opId,
    entityId: doorId,
    scopeId: 'turf',
    type,
    v: 1,
    hlc: `000000000000-${opId.padStart(4, '0')}`,
    at: { ms: 1, offset: 0 },
    deviceId: 'phone',
    clockOffsetMs: null,
    supersedes: null,
    payload: { doorId, ...payload },
  } as unknown as Operation;
}
const row = (operation: Operation) => ({ opId: operation.opId, body: JSON.stringify(operation) });
const result = (code: string) => ({
  personId: null,
  outcome: { kind: 'result', result: code },
  answers: [],
  note: null,
});

test('one knock changes one door, and every other door stays the same object', () => {
  const fold = makeWalkFolder();
  const before = fold(sheet, [], []);
  const after = fold(sheet, [], [row(fact('1', 'd1', 'knock', result('not-home')))]);
  expect(after.doors.map((door) => door.state.standing)).toEqual(['not-home', 'to-do']);
  expect(after.doors[1]).toBe(before.doors[1]);
  expect(after.tally).toMatchObject({ doors: 2, knocked: 1, remaining: 1, knocks: 1 });
});

test('an own fact that has come back from the log is counted once', () => {
  const own = row(fact('1', 'd1', 'knock', result('refused')));
  expect(makeWalkFolder()(sheet, [own], [own]).tally.knocks).toBe(1);
});

test('a fact that this version cannot read leaves the walk as it is', () => {
  const newer = row(fact('1', 'd1', 'hologram', {}));
  const broken = { opId: '2', body: '{' };
  expect(makeWalkFolder()(sheet, [newer, broken], []).tally.knocked).toBe(0);
});

test('what was said of a record that gave way to another is said of the one who is shown', () => {
  const merged = [{ id: 'anna', face: 'ann' }];
  const said = { ...result('refused'), personId: 'anna' };
  const before = row(fact('1', 'd9', 'knock', said));
  const here = row(fact('2', 'd1', 'knock', { ...said, ...result('come-back'), personId: 'anna' }));
  const met = row(fact('3', 'd2', 'resident', { personId: 'anna', firstName: 'A', lastName: '' }));
  const one = { ...sheet, merged, elsewhere: [{ seq: 1, ...before }] } as unknown as PacketSheet;
  const walk = makeWalkFolder()(one, [here, met], []);
  const door = walk.byDoor.get('d1' as DoorId);
  expect(door?.state.people.get('ann' as never)?.lastOutcome).toMatchObject({
    result: 'come-back',
  });
  expect(door?.state.earlier).toHaveLength(1);
  expect(door?.state.knocks).toHaveLength(1);
  expect(walk.byDoor.get('d2' as DoorId)?.people).toEqual([]);
});

test('a flag on the door covers everybody there, also a resident met later', () => {
  const flag = row(fact('1', 'd1', 'knock', result('do-not-contact')));
  const meet = row(fact('2', 'd1', 'resident', { personId: 'io', firstName: 'Io', lastName: '' }));
  const door = makeWalkFolder()(sheet, [flag], [meet]).byDoor.get('d1' as DoorId);
  expect(door?.state.standing).toBe('do-not-contact');
  expect(door?.people.map((one) => [one.id, one.doNotContact])).toEqual([
    ['ann', true],
    ['io', true],
  ]);
});

test('what was put right is shown over the packet, until it is taken back', () => {
  const right = fact('1', 'd1', 'correct', { personId: 'ann', field: 'firstName', value: 'Anna' });
  const back = fact('2', 'd1', 'withdraw', { opId: '1' });
  const nameOf = (own: readonly Operation[]) =>
    makeWalkFolder()(sheet, [], own.map(row)).byDoor.get('d1' as DoorId)?.people[0]?.firstName;
  expect([nameOf([right]), nameOf([right, back])]).toEqual(['Anna', 'Ann']);
});

test('a door that was found under another id is the list’s own, with what was said at either', () => {
  const found = (opId: string, doorId: string, unit: string) =>
    row(fact(opId, doorId, 'door', { buildingId: 'b1', unit, floor: null }));
  const said = (opId: string, doorId: string) =>
    row(fact(opId, doorId, 'knock', result('not-home')));
  const log = [found('1', 'f9', 'Apt 2'), said('2', 'f9'), found('3', 'f5', '3A')];
  const own = [said('4', 'd2'), found('5', 'f4', '# 3-a'), said('6', 'f5')];
  for (const [theirs, ours] of [
    [log, own],
    [own, log],
  ] as const) {
    const walk = makeWalkFolder()(sheet, theirs, ours);
    expect(walk.doors.map(({ door }) => door.id)).toEqual(['d1', 'd2', 'f4']);
    expect(walk.byDoor.get('f9' as DoorId)).toBe(walk.byDoor.get('d2' as DoorId));
    expect(walk.byDoor.get('d2' as DoorId)?.state.knocks).toHaveLength(2);
    expect(walk.byDoor.get('f5' as DoorId)?.state.knocks).toHaveLength(1);
    expect(walk.tally).toMatchObject({ doors: 3, knocked: 2, knocks: 3 });
  }
});

test('a found door that another turf walks is left to them', () => {
  const units = [{ id: 'x', buildingId: 'b1', unit: '4', held: true }];
  const fresh = row(fact('1', 'f1', 'door', { buildingId: 'b1', unit: 'Apt 4', floor: null }));
  const beside = { ...sheet, units } as unknown as PacketSheet;
  expect(makeWalkFolder()(beside, [], [fresh]).doors).toHaveLength(2);
});
