import { expect, test } from 'vitest';
import type { DoorId, MemberId } from '#shared/kernel/ids.ts';
import { withSaved, shownLines } from './entered-lines.ts';
import { type Kept, leaveLine, newKept, takeBack } from './kept-entry.ts';
import { EMPTY_LINE } from './line.ts';
import { shownTime, zonedTime } from '../../api/zoned-time.ts';

const walker = { id: 'm' as MemberId, name: 'Ana' };
const shift = { walker, day: '2025-10-04', time: '10:00', scriptId: null };
const DOOR = 'd' as DoorId;
const AT = { ms: 1_759_586_400_000, offset: -240 };
const said = {
  type: 'knock',
  personId: null,
  outcome: { kind: 'result', result: 'not-home' },
  answers: [],
  note: null,
} as const;

const leave = (kept: Kept, line = EMPTY_LINE, at = AT): Kept =>
  leaveLine(kept, DOOR, line, said, at);

test('lines of one paper have one time, and an order all the same', () => {
  const { waiting } = leave(leave(leave(newKept(shift))));
  const facts = waiting.map(({ fact }) => fact);
  expect(new Set(facts.map(({ opId }) => opId)).size).toBe(3);
  expect(facts.map(({ localSeq }) => localSeq)).toEqual([1, 2, 3]);
  expect([...facts].sort((a, b) => (a.hlc < b.hlc ? -1 : 1))).toEqual(facts);
  expect(new Set(facts.map(({ at }) => at.ms))).toEqual(new Set([AT.ms]));
});

test('a correction comes after what it corrects, also when its paper is of an earlier hour', () => {
  const kept = leave(newKept(shift));
  const [first] = kept.waiting;
  if (first === undefined) throw new Error('nothing waits');
  const { opId, hlc } = first.fact;
  const line = { ...EMPTY_LINE, replaces: { opId, hlc } };
  const later = leave(kept, line, { ...AT, ms: AT.ms - 3_600_000 });
  const fact = later.waiting[1]?.fact;
  expect(fact?.supersedes).toBe(opId);
  expect((fact?.hlc ?? '') > hlc).toBe(true);
});

test('what never left is dropped, what may have arrived is taken back by a fact', () => {
  const kept = leave(newKept(shift));
  const line = shownLines([], kept.waiting).get(DOOR)?.[0];
  if (line === undefined) throw new Error('nothing is shown');
  expect(takeBack(kept, line, AT).waiting).toEqual([]);
  const sent = { ...kept, waiting: kept.waiting.map((one) => ({ ...one, sent: true })) };
  const { waiting } = takeBack(sent, line, AT);
  expect(waiting.map(({ fact }) => fact.type)).toEqual(['knock', 'withdraw']);
  const [knock, undo] = waiting;
  if (knock === undefined || undo === undefined) throw new Error('too little waits');
  const sheet = { entered: [] } as unknown as Parameters<typeof withSaved>[0];
  const after = withSaved(sheet, knock);
  expect(after.entered).toHaveLength(1);
  expect(withSaved(after, undo).entered).toEqual([]);
});

test('the hour of paper is the hour of the chapter’s clocks, summer and winter', () => {
  const zone = 'America/New_York';
  expect(zonedTime('2025-10-04', '10:00', zone)).toEqual({
    ms: Date.UTC(2025, 9, 4, 14),
    offset: -240,
  });
  expect(zonedTime('2025-12-06', '10:00', zone)?.offset).toBe(-300);
  expect(shownTime(Date.UTC(2025, 11, 6, 15), zone)).toEqual({ day: '2025-12-06', time: '10:00' });
  expect(zonedTime('2025-10-04', '', zone)).toBeNull();
});
