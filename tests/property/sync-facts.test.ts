import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldDoor, type DoorState } from '#shared/canvass/door-state.ts';
import { tallyDoors } from '#shared/canvass/tally.ts';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import type { DoorId, PersonId, TurfId } from '#shared/kernel/ids.ts';
import { nextStamp, witnessStamp } from '#shared/merge/stamps.ts';
import type { Operation } from '#shared/model/operation.ts';
import { RESULTS } from '#shared/model/results.ts';
import { overlayPending } from '#shared/sync/overlay-pending.ts';

const DOOR = 'door' as DoorId;
const TURF = 'turf' as TurfId;
const PEOPLE = ['ann', 'bo', 'cy'] as PersonId[];
const door = {
  doorId: DOOR,
  people: PEOPLE.map((id) => ({ id, doNotContact: false })),
  turfId: TURF,
};

const person = fc.constantFrom<PersonId | null>(null, ...PEOPLE);
const answers = fc.array(
  fc.record({
    id: fc.constant('answer'),
    questionId: fc.constantFrom('q1', 'q2'),
    given: fc.oneof(
      fc.record({ kind: fc.constant('support'), level: fc.integer({ min: 1, max: 5 }) }),
      fc.constant({ kind: 'refused' }),
    ),
  }),
  { maxLength: 2 },
);
const outcome = fc.oneof(
  fc.constant({ kind: 'contact' }),
  fc.record({ kind: fc.constant('result'), result: fc.constantFrom(...RESULTS) }),
);
const OP_IDS = Array.from({ length: 12 }, (_, i) => `op-${i}`);
const target = fc.constantFrom(...OP_IDS);
const payload = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('knock'),
      payload: fc.record({
        doorId: fc.constant(DOOR),
        personId: person,
        outcome,
        answers,
        note: fc.constantFrom(null, 'hi'),
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('withdraw'),
      payload: fc.record({ doorId: fc.constant(DOOR), opId: target }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('note'),
      payload: fc.record({ doorId: fc.constant(DOOR), personId: person, text: fc.string() }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('resident'),
      payload: fc.record({
        doorId: fc.constant(DOOR),
        personId: fc.constantFrom('io', 'jo'),
        firstName: fc.string(),
        lastName: fc.constant(''),
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('lit-drop'),
      payload: fc.record({ doorId: fc.constant(DOOR) }),
    }),
  },
);
const fact = (opId: string): fc.Arbitrary<Operation> =>
  fc
    .record({
      what: payload,
      ms: fc.integer({ min: 0, max: 6 }),
      deviceId: fc.constantFrom('phone-1', 'phone-2'),
      supersedes: fc.option(target, { freq: 4 }),
      scopeId: fc.constantFrom(TURF, 'another turf'),
    })
    .map(
      ({ what, ms, deviceId, supersedes, scopeId }) =>
        ({
          ...what,
          opId,
          entityId: DOOR,
          scopeId,
          deviceId,
          actorId: deviceId,
          scriptVersionId: null,
          hlc: nextStamp(null, ms),
          at: { ms, offset: 0 },
          clockOffsetMs: null,
          supersedes: what.type === 'withdraw' ? null : supersedes,
        }) as unknown as Operation,
    );
const facts = fc
  .integer({ min: 0, max: OP_IDS.length })
  .chain((count) => fc.tuple(...OP_IDS.slice(0, count).map(fact)));

const show = (state: DoorState): string =>
  canonicalJson({ ...state, people: [...state.people.values()] });

test('I5: the same facts in any order, any number of times, make the same door', () => {
  fc.assert(
    fc.property(
      facts.chain((all) =>
        fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray(all, { minLength: all.length }),
          fc.shuffledSubarray(all),
        ),
      ),
      ([all, shuffled, again]) => {
        expect(show(foldDoor(door, [...again, ...shuffled]))).toBe(show(foldDoor(door, all)));
      },
    ),
    { numRuns: 2_000 },
  );
});

test('I11: facts split anyhow between log and phone, some in both, are counted once', () => {
  fc.assert(
    fc.property(
      facts.chain((all) => fc.tuple(fc.constant(all), fc.subarray(all), fc.subarray(all))),
      ([all, log, both]) => {
        const own = [...all.filter((one) => !log.includes(one)), ...both];
        const merged = overlayPending(log, own).get(DOOR) ?? [];
        expect(show(foldDoor(door, merged))).toBe(show(foldDoor(door, all)));
      },
    ),
  );
});

test('I10: nothing that comes later takes a do-not-contact back', () => {
  fc.assert(
    fc.property(facts, fc.integer({ min: 0, max: 12 }), (all, upTo) => {
      const before = foldDoor(door, all.slice(0, upTo));
      const after = foldDoor(door, all);
      for (const [personId, state] of before.people) {
        if (state.doNotContact) expect(after.people.get(personId)?.doNotContact).toBe(true);
      }
      const residents = before.residents.length === 0 && after.residents.length === 0;
      if (before.doNotContact && residents) expect(after.standing).toBe('do-not-contact');
    }),
  );
});

test('a tally adds up: every door is knocked, to do, or neither for a reason', () => {
  fc.assert(
    fc.property(fc.array(facts, { maxLength: 6 }), (doors) => {
      const states = doors.map((all) => foldDoor(door, all));
      const tally = tallyDoors(states);
      expect(tally.doors).toBe(doors.length);
      expect(tally.knocked + tally.remaining).toBeLessThanOrEqual(tally.doors);
      expect(tally.contacts).toBeLessThanOrEqual(tally.knocks);
      const open = states.filter((state) => state.standing === 'to-do');
      expect(open.every((state) => state.knocks.length === 0)).toBe(true);
    }),
  );
});

test('I14: a stamp is later than every one before it, whatever the clock does', () => {
  const readings = fc.array(fc.double({ min: -1e15, max: 1e15, noNaN: true }), { minLength: 2 });
  fc.assert(
    fc.property(readings, (clock) => {
      const stamps: string[] = [];
      let last: string | null = null;
      for (const now of clock) {
        last = nextStamp(last, now);
        stamps.push(last);
      }
      expect(stamps).toEqual([...stamps].sort());
      expect(new Set(stamps).size).toBe(stamps.length);
    }),
  );
});

test('I14: a clock far ahead elsewhere drags ours along by five minutes at most', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2e12 }),
      fc.integer({ min: 0, max: 8e12 }),
      (now, theirs) => {
        const next = nextStamp(witnessStamp(null, nextStamp(null, theirs), now), now);
        expect(parseInt(next.slice(0, 12), 16)).toBeLessThanOrEqual(now + 5 * 60_000 + 1);
        if (theirs <= now + 5 * 60_000) expect(next > nextStamp(null, theirs)).toBe(true);
      },
    ),
  );
});
