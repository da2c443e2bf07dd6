import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldDoor } from '#shared/canvass/door-state.ts';
import type { DoorId, PersonId, TurfId } from '#shared/kernel/ids.ts';
import type { Channel } from '#shared/model/consent.ts';
import type { Operation } from '#shared/model/operation.ts';

const DOOR = 'door' as DoorId;
const TURF = 'turf' as TurfId;
const PEOPLE = ['ann', 'bo'] as PersonId[];
const people = PEOPLE.map((id) => ({ id, doNotContact: false }));

const facts = fc
  .array(
    fc.record({
      personId: fc.constantFrom(...PEOPLE),
      channel: fc.constantFrom<Channel>('door', 'call'),
      given: fc.boolean(),
      takesBack: fc.option(fc.nat(7), { nil: null }),
    }),
    { maxLength: 8 },
  )
  .map((list) =>
    list.map(({ takesBack, ...said }, n): Operation => {
      const operation: unknown = {
        opId: `op-${n}`,
        type: takesBack === null ? 'contact-consent' : 'withdraw',
        entityId: DOOR,
        scopeId: TURF,
        supersedes: null,
        hlc: `${String(n).padStart(12, '0')}-0000`,
        deviceId: 'phone',
        payload:
          takesBack === null ? said : { doorId: DOOR, opId: `op-${takesBack % Math.max(1, n)}` },
      };
      return operation as Operation;
    }),
  );

test('a door is done once everybody there said no to coming by, and to do again once one says yes', () => {
  fc.assert(
    fc.property(facts, fc.nat(7), (list, turn) => {
      const fold = (all: readonly Operation[], way: Channel | null) =>
        foldDoor({ doorId: DOOR, people, turfId: TURF, way }, all);
      for (const way of ['door', 'call'] as const) {
        const state = fold(list, way);
        const other = fold([...list.slice(turn), ...list, ...list.slice(0, turn)].reverse(), way);
        expect([...other.refusing].sort()).toEqual([...state.refusing].sort());
        // The last word of each that was not taken back, by that way alone.
        const back = new Set<string>();
        for (const { opId, payload } of list.toReversed()) {
          if ('opId' in payload && !back.has(opId)) back.add(payload.opId);
        }
        const refusing = PEOPLE.filter((id) => {
          const said = list.flatMap((fact) =>
            fact.type === 'contact-consent' &&
            !back.has(fact.opId) &&
            fact.payload.personId === id &&
            fact.payload.channel === way
              ? [fact.payload.given]
              : [],
          );
          return said.at(-1) === false;
        });
        expect([...state.refusing].sort()).toEqual(refusing);
        expect(state.allRefuse).toBe(refusing.length === PEOPLE.length);
        expect(state.standing).toBe(state.allRefuse ? 'done' : 'to-do');
      }
      // A stall, and whoever asks for everything that was said, counts no way.
      expect(fold(list, null)).toMatchObject({ standing: 'to-do', allRefuse: false });
    }),
  );
});
