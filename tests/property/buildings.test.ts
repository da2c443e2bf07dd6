import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { rememberBuildings } from '#shared/canvass/building-memory.ts';
import { withFoundDoors } from '#shared/canvass/found-doors.ts';
import type { BuildingId, DoorId } from '#shared/kernel/ids.ts';
import { nextStamp } from '#shared/merge/stamps.ts';
import { BUILDING_MEMORY } from '#shared/model/field-words.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { PacketDoor } from '#shared/model/packet.ts';
import { overlayPending } from '#shared/sync/overlay-pending.ts';

const TOWER = 'tower' as BuildingId;
const listed: readonly PacketDoor[] = ['1A', '1B', 'house'].map((unit, index) => ({
  id: unit as DoorId,
  buildingId: unit === 'house' ? ('house' as BuildingId) : TOWER,
  unit,
  position: index + 1,
}));
const OP_IDS = Array.from({ length: 10 }, (_, nth) => `op-${nth}`);
const doorId = fc.constantFrom('1A', '1B', '2A', '2B');

const said = fc.oneof(
  fc.record({
    type: fc.constant('building'),
    payload: fc.record({
      doorId,
      buildingId: fc.constant(TOWER),
      about: fc.constantFrom(...BUILDING_MEMORY),
      text: fc.constantFrom(null, 'Code 12', 'code 12.', 'Ask the caretaker'),
    }),
  }),
  fc.record({
    type: fc.constant('door'),
    payload: fc.record({
      doorId,
      buildingId: fc.constant(TOWER),
      unit: fc.constantFrom('2A', '2B'),
      floor: fc.constant(null),
    }),
  }),
  fc.record({
    type: fc.constant('withdraw'),
    payload: fc.record({ doorId, opId: fc.constantFrom(...OP_IDS) }),
  }),
);
const facts = fc
  .array(fc.record({ said, phone: fc.constantFrom('kim', 'lou') }), { maxLength: 10 })
  .map((all) =>
    all.map(
      ({ said: { type, payload }, phone }, nth) =>
        ({
          opId: OP_IDS[nth],
          type,
          payload,
          entityId: payload.doorId,
          actorId: phone,
          deviceId: phone,
          hlc: nextStamp(null, 1000 + nth),
          at: { ms: 1000 + nth, offset: 0 },
          clockOffsetMs: 0,
          supersedes: null,
        }) as unknown as Operation,
    ),
  );
const anyhow = facts.chain((all) =>
  fc.tuple(
    fc.constant(all),
    fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
  ),
);

test('a building is remembered, and found doors are listed, the same for any order and repetition', () => {
  fc.assert(
    fc.property(anyhow, ([once, again]) => {
      expect(rememberBuildings(again)).toEqual(rememberBuildings(once));
      const list = withFoundDoors(listed, overlayPending(again, []));
      expect(list).toEqual(withFoundDoors(listed, overlayPending(once, [])));
      expect(list.filter(({ id }) => listed.some((door) => door.id === id))).toEqual(listed);
      expect(new Set(list.map(({ position }) => position)).size).toBe(list.length);
      expect(list.at(-1)?.id).toBe('house');
    }),
    { numRuns: 300 },
  );
});

function tell(nth: number, phone: string, text: string | null, more: object = {}): Operation {
  const payload = { doorId: '1A', buildingId: TOWER, about: 'buzzer', text, ...more };
  const at = { ms: 1000 + nth, offset: 0 };
  const who = { actorId: phone, deviceId: phone, clockOffsetMs: 0, supersedes: null };
  const id = { opId: `op-${nth}`, entityId: '1A', hlc: nextStamp(null, 1000 + nth) };
  return { ...id, ...who, type: 'building', payload, at } as unknown as Operation;
}

test('seen by two only when two said the same, and what is taken back is gone', () => {
  const seen = (...all: Operation[]) =>
    rememberBuildings(all)
      .get(TOWER)
      ?.map(({ text, seenBy }) => [text, seenBy]);
  expect(seen(tell(1, 'kim', 'Code 12'), tell(2, 'kim', 'code 12!'))).toEqual([['code 12!', 1]]);
  expect(seen(tell(1, 'kim', 'Code 12'), tell(2, 'lou', 'code 12'))).toEqual([['code 12', 2]]);
  expect(seen(tell(1, 'kim', 'Code 12'), tell(2, 'lou', 'Code 34'))).toEqual([['Code 34', 1]]);
  expect(seen(tell(1, 'kim', 'Code 12'), tell(2, 'lou', null))).toEqual([]);
  const gate = { about: 'entrance', lon: 7, lat: 51 };
  const near = { ...gate, lat: 51.0001 };
  expect(seen(tell(1, 'kim', 'Gate', gate), tell(2, 'lou', 'Round the back', near))).toEqual([
    ['Round the back', 2],
  ]);
});
