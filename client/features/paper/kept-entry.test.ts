import { expect, test } from 'vitest';
import type { DoorId, MemberId, PersonId } from '#shared/kernel/ids.ts';
import type { EntryDoor, PaperSheet } from '#shared/model/paper.ts';
import { shownLines, withMet, withSaved, withWalkers } from './entered-lines.ts';
import {
  type Kept,
  lastOfMinute,
  leaveLine,
  nameWalker,
  newKept,
  type Shift,
  takeBack,
} from './kept-entry.ts';
import { EMPTY_LINE, type SaidFact } from './line.ts';
import { shownTime, zonedTime } from '../../api/zoned-time.ts';

const walker = { id: 'm' as MemberId, name: 'Ana' };
const shift = { walker, day: '2025-10-04', time: '10:00', scriptId: null, language: 'en' } as const;
const DOOR = 'd' as DoorId;
const AT = { ms: 1_759_586_400_000, offset: -240 };
const said: SaidFact = {
  type: 'knock',
  payload: {
    personId: null,
    outcome: { kind: 'result', result: 'not-home' },
    answers: [],
    note: null,
  },
};
const ANA = { personId: 'ana' as PersonId, firstName: 'Ana', lastName: 'Ruiz' };
const may = (given: boolean): SaidFact => ({
  type: 'contact-consent',
  payload: {
    personId: ANA.personId,
    channel: 'call',
    given,
    wording: 'May we call you?',
    wordingHash: '0'.repeat(64),
  },
});

const leave = (kept: Kept, line = EMPTY_LINE, at = AT): Kept =>
  leaveLine(kept, DOOR, line, [said], at);
const factsOf = (kept: Kept) => kept.waiting.flatMap(({ facts }) => facts);

test('lines of one paper have one time, and an order all the same', () => {
  const facts = factsOf(leave(leave(leave(newKept(shift)))));
  expect(new Set(facts.map(({ opId }) => opId)).size).toBe(3);
  expect(facts.map(({ localSeq }) => localSeq)).toEqual([1, 2, 3]);
  expect([...facts].sort((a, b) => (a.hlc < b.hlc ? -1 : 1))).toEqual(facts);
  expect(new Set(facts.map(({ at }) => at.ms))).toEqual(new Set([AT.ms]));
});

test('a correction comes after what it corrects, also when its paper is of an earlier hour', () => {
  const kept = leave(newKept(shift));
  const [first] = factsOf(kept);
  if (first === undefined) throw new Error('nothing waits');
  const { opId, hlc } = first;
  const line = { ...EMPTY_LINE, replaces: { opId, hlc } };
  const later = leave(kept, line, { ...AT, ms: AT.ms - 3_600_000 });
  const fact = factsOf(later)[1];
  expect(fact?.supersedes).toBe(opId);
  expect((fact?.hlc ?? '') > hlc).toBe(true);
});

test('what never left is dropped, what may have arrived is taken back by a fact', () => {
  const kept = leave(newKept(shift));
  const line = shownLines([], kept.waiting).get(DOOR)?.[0];
  if (line === undefined) throw new Error('nothing is shown');
  expect(takeBack(kept, line, AT).waiting).toEqual([]);
  const sent = { ...kept, waiting: kept.waiting.map((one) => ({ ...one, sent: true })) };
  const taken = takeBack(sent, line, AT);
  const { waiting } = taken;
  expect(factsOf(taken).map(({ type }) => type)).toEqual(['knock', 'withdraw']);
  const [knock, undo] = waiting;
  if (knock === undefined || undo === undefined) throw new Error('too little waits');
  const sheet = { walkers: [], entered: [] } as unknown as PaperSheet;
  const after = withSaved(sheet, knock);
  expect(after.entered).toHaveLength(1);
  expect(withSaved(after, undo).entered).toEqual([]);
});

test('what one line says goes together, whoever is new first, each fact once', () => {
  const all: SaidFact[] = [{ type: 'resident', payload: ANA }, said, may(true)];
  const kept = leaveLine(newKept(shift), DOOR, EMPTY_LINE, all, AT);
  const [line, ...more] = kept.waiting;
  if (line === undefined) throw new Error('nothing waits');
  expect(more).toEqual([]);
  expect(line.facts.map(({ type }) => type)).toEqual(['resident', 'knock', 'contact-consent']);
  expect(line.facts.map(({ localSeq }) => localSeq)).toEqual([1, 2, 3]);
  expect(new Set(line.facts.map(({ hlc }) => hlc)).size).toBe(3);
  // Sent again, lost answer or not, it is the same.
  expect(leaveLine(kept, DOOR, EMPTY_LINE, [said], AT).waiting[0]).toBe(line);

  const shown = shownLines([], kept.waiting).get(DOOR) ?? [];
  expect(shown.map(({ also, first }) => [also?.type ?? null, first])).toEqual([
    ['resident', true],
    [null, false],
    ['contact-consent', false],
  ]);
  const door = { id: DOOR, people: [] } as unknown as EntryDoor;
  expect(withMet(door, shown).people).toMatchObject([{ id: 'ana', firstName: 'Ana' }]);
  // Nothing is said of somebody who was taken out again.
  const [resident, , yes] = shown;
  if (resident === undefined || yes === undefined) throw new Error('too little is shown');
  expect(factsOf(takeBack(kept, yes, AT)).map(({ type }) => type)).toEqual(['resident', 'knock']);
  expect(factsOf(takeBack(kept, resident, AT)).map(({ type }) => type)).toEqual(['knock']);
});

test('a no that is typed after a yes of the same minute is the later one, in another browser too', () => {
  const first = leaveLine(leave(leave(newKept(shift))), DOOR, EMPTY_LINE, [may(true)], AT);
  const stamps = factsOf(first).map(({ hlc }) => hlc);
  const other = newKept(shift);
  const after = lastOfMinute(stamps, AT);
  const [no] = factsOf(leaveLine(other, DOOR, EMPTY_LINE, [may(false)], AT, after));
  expect(stamps.every((stamp) => (no?.hlc ?? '') > stamp)).toBe(true);
  expect(lastOfMinute(stamps, { ...AT, ms: AT.ms + 60_000 })).toBeNull();
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
  // A year that was typed with two figures.
  expect(zonedTime('0026-04-05', '10:00', zone)).toBeNull();
});

test('a name typed over that of somebody new is somebody else, as soon as a line was left', () => {
  const type = (names: readonly string[], walkers: PaperSheet['walkers'] = []) =>
    names.reduce<Shift['walker']>((before, name) => nameWalker(name, before, walkers), null);
  const pat = type(['P', 'Pa', 'Pat']);
  expect(nameWalker('Patr', pat, [])?.id).toBe(pat?.id);
  const kept = leave(newKept({ ...shift, walker: pat }));
  const sheet = { walkers: [walker], entered: [] } as unknown as PaperSheet;
  for (const walkers of [
    withWalkers(sheet.walkers, kept.waiting),
    ...kept.waiting.map((one) => withSaved(sheet, one).walkers),
  ]) {
    const quinn = nameWalker('Q', pat, walkers);
    expect(quinn?.id).not.toBe(pat?.id);
    expect(nameWalker('Qu', quinn, walkers)?.id).toBe(quinn?.id);
    expect(nameWalker('Pat', quinn, walkers)?.id).toBe(pat?.id);
    expect(nameWalker('Ana ', quinn, walkers)?.id).toBe(walker.id);
  }
  expect(nameWalker('', pat, [])).toBeNull();
});
