import { expect, test } from 'vitest';
import type { Operation } from '../model/operation.ts';
import { foldOwnShift } from './own-shift.ts';
import { foldSignUps } from './sign-ups.ts';
import { foldTurfReports } from './turf-reports.ts';

const MINUTE = 60_000;
let made = 0;
/** A fact of a minute of the shift, of one member's phone. */
function fact(type: string, minute: number, doorId: string, more: object = {}): Operation {
  made += 1;
  const ms = 1e12 + minute * MINUTE;
  const payload = { doorId, ...more };
  const who = { actorId: 'ana', deviceId: 'phone', scopeId: 'turf', supersedes: null };
  const at = { ms, offset: 0 };
  const hlc = `${ms.toString(16).padStart(12, '0')}-0000`;
  const head = { opId: `op ${made}`, type, entityId: doorId, hlc, at, clockOffsetMs: 0 };
  return { ...who, ...head, payload } as unknown as Operation;
}
/** Twice and backwards: what a fold makes of it may not change. */
const muddled = (facts: readonly Operation[]): Operation[] => [...[...facts].reverse(), ...facts];

test('minutes a door leave a long break and what was taken back out, in any order', () => {
  const wrong = fact('knock', 9, 'd');
  const facts = [
    fact('knock', 0, 'a'),
    fact('knock', 4, 'b'),
    fact('knock', 10, 'c'),
    wrong,
    fact('withdraw', 10, 'd', { opId: wrong.opId }),
    // Lunch.
    fact('lit-drop', 70, 'e'),
    fact('knock', 72, 'f'),
    fact('note', 90, 'a'),
  ];
  const shift = foldOwnShift(muddled(facts));
  expect(shift).toMatchObject({ doors: ['a', 'b', 'c', 'e', 'f'], minutesPerDoor: 4, breaks: 1 });
  expect((shift.to ?? 0) - (shift.from ?? 0)).toBe(72 * MINUTE);
  expect(foldOwnShift(facts.slice(0, 2)).minutesPerDoor).toBeNull();
  expect(foldOwnShift([])).toMatchObject({ from: null, doors: [] });
});

test('the last answer to a shift counts, at whatever door, and an undo brings the one before back', () => {
  const yes = fact('sign-up', 1, 'a', { shiftId: 's', coming: true });
  const no = fact('sign-up', 2, 'b', { shiftId: 's', coming: false });
  const undo = fact('withdraw', 3, 'b', { opId: no.opId });
  const said = (facts: readonly Operation[]) =>
    [...(foldSignUps(muddled(facts)).values().next().value?.values() ?? [])].map(
      (one) => one.payload.coming,
    );
  expect(said([yes, no])).toEqual([false]);
  expect(said([yes, no, undo])).toEqual([true]);
});

test('of one walker and turf the last report stands; an emptied one says nothing', () => {
  const first = fact('turf-report', 1, 'a', { problems: ['dogs'], rating: 2, note: null });
  const last = fact('turf-report', 5, 'b', { problems: [], rating: 4, note: null });
  const other = { ...fact('turf-report', 3, 'a', { problems: [], rating: 5, note: null }) };
  const theirs = { ...other, actorId: 'bo' } as unknown as Operation;
  const ratings = foldTurfReports(muddled([first, last, theirs])).map((one) => one.payload.rating);
  expect(ratings).toEqual([4, 5]);
  expect(foldTurfReports([{ ...first, emptied: true }])).toEqual([]);
});
