import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { comeBackAt } from '#shared/canvass/come-back-at.ts';
import { foldCorrections } from '#shared/canvass/corrections.ts';
import { effectiveFacts } from '#shared/canvass/effective-facts.ts';
import { personTags } from '#shared/canvass/person-tags.ts';
import type { Operation } from '#shared/model/operation.ts';

const PEOPLE = ['ann', 'bo'];
const FIELDS = ['firstName', 'phone'];
const TAGS = ['sign', 'help'];

const facts = fc
  .array(
    fc.record({
      person: fc.constantFrom(...PEOPLE),
      is: fc.constantFrom('tag', 'correct', 'withdraw'),
      what: fc.nat(1),
      on: fc.boolean(),
      time: fc.nat(3),
      target: fc.nat(9),
      emptied: fc.boolean(),
    }),
    { maxLength: 10 },
  )
  .map((list) =>
    list.map((one, n) => {
      const at = { doorId: 'door', personId: one.person };
      const payloads = {
        tag: { ...at, tag: TAGS[one.what], on: one.on },
        correct: { ...at, field: FIELDS[one.what], value: one.on ? `value ${n}` : '' },
        withdraw: { doorId: 'door', opId: `op-${one.target}` },
      };
      const operation: unknown = {
        opId: `op-${n}`,
        type: one.is,
        entityId: 'door',
        supersedes: null,
        hlc: `00000000000${one.time}-0000`,
        deviceId: 'phone',
        payload: payloads[one.is],
        ...(one.emptied && one.is !== 'withdraw' && { emptied: true }),
      };
      return operation as Operation;
    }),
  );

const fold = (list: readonly Operation[]) => {
  const standing = effectiveFacts(list);
  return {
    tags: [...personTags(standing)].sort(([a], [b]) => (a < b ? -1 : 1)),
    // The order of people is that of facts; what is said of each is the same.
    corrected: [...foldCorrections(standing)].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
};

test('who carries what and what was put right do not depend on how facts arrived', () => {
  fc.assert(
    fc.property(facts, fc.nat(9), (list, turn) => {
      const other = [...list.slice(turn), ...list.slice(0, turn), ...list].reverse();
      expect(fold(other)).toEqual(fold(list));
      const standing = effectiveFacts(list).filter(({ emptied }) => emptied !== true);
      for (const person of PEOPLE) {
        for (const tag of TAGS) {
          const last = standing.findLast(
            ({ type, payload }) =>
              type === 'tag' && payload.personId === person && payload.tag === tag,
          );
          const carried = new Map(fold(list).tags.map(([who, tags]) => [String(who), tags]));
          const has = (carried.get(person) ?? []).some((one) => String(one) === tag);
          expect(has).toBe(last?.type === 'tag' && last.payload.on);
        }
      }
    }),
  );
});

test('come back is counted in the hours of the door, and today without a part is two hours on', () => {
  const offset = -300;
  const said = { ms: Date.parse('2026-11-21T15:30:00-05:00'), offset };
  const at = (day: string | null, part: 'any' | 'evening') => comeBackAt({ day, part }, said);
  expect(at('2026-11-21', 'evening')).toBe(Date.parse('2026-11-21T17:00:00-05:00'));
  expect(at('2026-11-22', 'any')).toBe(Date.parse('2026-11-22T09:00:00-05:00'));
  expect(at('2026-11-21', 'any')).toBe(Date.parse('2026-11-21T17:30:00-05:00'));
  const late = { ms: Date.parse('2026-11-21T18:00:00-05:00'), offset };
  const evening = { day: '2026-11-21', part: 'evening' } as const;
  expect(comeBackAt(evening, late)).toBe(Date.parse('2026-11-21T19:00:00-05:00'));
  expect(at(null, 'evening')).toBe(null);
});
