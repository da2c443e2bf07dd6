import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldContactConsents } from '#shared/canvass/contact-consents.ts';
import { foldFollowUps } from '#shared/canvass/follow-ups.ts';
import { foldSignatures } from '#shared/canvass/signatures.ts';
import type { Operation } from '#shared/model/operation.ts';

const OP_IDS = Array.from({ length: 10 }, (_, n) => `op-${n}`);
const DOORS = ['door-1', 'door-2'];
const PEOPLE = ['ann', 'bo'];
const said = { wording: 'May we call you?', wordingHash: 'a'.repeat(64) };

/** Facts of two doors; what takes back may name any fact, of its door or not. */
const facts = fc
  .array(
    fc.record({
      door: fc.constantFrom(...DOORS),
      person: fc.constantFrom(...PEOPLE),
      kind: fc.constantFrom('contact-consent', 'follow-up', 'signature', 'withdraw'),
      yes: fc.boolean(),
      which: fc.constantFrom('one', 'two'),
      target: fc.constantFrom(...OP_IDS),
      time: fc.integer({ min: 0, max: 3 }),
      emptied: fc.boolean(),
    }),
    { maxLength: OP_IDS.length },
  )
  .map((list) =>
    list.map(({ door, person, kind, yes, which, target, time, emptied }, n) => {
      const at = { doorId: door, personId: person };
      const payload =
        kind === 'withdraw'
          ? { doorId: door, opId: target }
          : kind === 'follow-up'
            ? { ...at, text: which, whoId: null, by: null, ...(yes && { keeps: target }) }
            : kind === 'signature'
              ? { ...at, ...said, petitionId: which, strokes: [[1, 2]] }
              : { ...at, ...said, channel: which === 'one' ? 'call' : 'mail', given: yes };
      const operation: unknown = {
        opId: OP_IDS[n],
        type: kind,
        entityId: door,
        payload,
        supersedes: null,
        deviceId: 'phone',
        actorId: 'cleo',
        scopeId: 'turf',
        clockOffsetMs: null,
        hlc: `00000000000${time}-0000`,
        at: { ms: time, offset: 0 },
        ...(emptied && kind !== 'withdraw' && { emptied: true }),
      };
      return operation as Operation;
    }),
  );

const folds = { foldContactConsents, foldFollowUps, foldSignatures };

test('what was allowed, promised and signed is the same whatever arrived first or twice', () => {
  fc.assert(
    fc.property(facts, fc.infiniteStream(fc.nat()), (list, dice) => {
      const shuffled = [...list, ...list]
        .map((fact) => ({ fact, place: dice.next().value }))
        .sort((a, b) => a.place - b.place)
        .map(({ fact }) => fact);
      for (const fold of Object.values(folds)) expect(fold(shuffled)).toEqual(fold(list));
    }),
    { numRuns: 300 },
  );
});

test('nobody is asked, signs or promises by more than a fact of theirs that stands', () => {
  fc.assert(
    fc.property(facts, (list) => {
      const kept = (type: string): Set<string> =>
        new Set(list.flatMap((one) => (one.type === type && !one.emptied ? [one.opId] : [])));
      const taken = new Set(
        list.flatMap((one) =>
          one.type === 'withdraw' ? [`${one.payload.opId} ${one.entityId}`] : [],
        ),
      );
      const consents = foldContactConsents(list);
      const signatures = foldSignatures(list);
      const promises = foldFollowUps(list);
      for (const { opId } of consents) expect(kept('contact-consent')).toContain(opId);
      for (const { opId } of signatures) expect(kept('signature')).toContain(opId);
      for (const { opId } of promises) expect(kept('follow-up')).toContain(opId);
      const ways = consents.map(({ personId, channel }) => `${personId} ${channel}`);
      expect(new Set(ways).size).toBe(ways.length);
      const names = signatures.map(({ personId, petitionId }) => `${personId} ${petitionId}`);
      expect(new Set(names).size).toBe(names.length);
      // Whatever nobody tried to take back still stands.
      const untouched = list.filter(
        (one) =>
          one.type === 'follow-up' &&
          one.payload.keeps === undefined &&
          one.emptied !== true &&
          !taken.has(`${one.opId} ${one.entityId}`),
      );
      const standing = new Set(promises.map(({ opId }) => opId));
      for (const { opId } of untouched) expect(standing).toContain(opId);
    }),
    { numRuns: 300 },
  );
});
