import { expect, test } from 'vitest';
import type { EntryDoor } from '#shared/model/paper.ts';
import { shownLines, withFound } from './entered-lines.ts';
import { leaveFound, leaveLine, newKept, type Shift, takeBack } from './kept-entry.ts';
import { EMPTY_LINE } from './line.ts';
import type { FoundDoor } from '#shared/model/fact.ts';

const shift = {
  walker: { id: 'm', name: 'Rosa' },
  day: '2026-05-02',
  time: '10:00',
  scriptId: null,
  language: 'en',
} as unknown as Shift;
const door = (id: string, buildingId: string, position: number) =>
  ({ id, buildingId, position, building: { id: buildingId }, unit: '' }) as unknown as EntryDoor;
const found = { doorId: 'f', buildingId: 'b1', unit: '3B', floor: '3' } as unknown as FoundDoor;

test('a door that was found stands behind its building, with a line that says so', () => {
  const kept = leaveFound(newKept(shift), found, { ms: 1_777_000_000_000, offset: 0 });
  expect(kept.waiting.map(({ facts }) => facts.map(({ type }) => type))).toEqual([['door']]);
  const doors = [door('a', 'b1', 1), door('b', 'b1', 2), door('c', 'b2', 3)];
  const all = withFound(doors, kept.waiting);
  expect(all.map(({ id, position }) => [id, position])).toEqual([
    ['a', 1],
    ['b', 2],
    ['f', 4],
    ['c', 3],
  ]);
  expect(all[2]).toMatchObject({ unit: '3B', people: [], standing: 'to-do' });
  // Once the chapter lists it, it is there once.
  expect(withFound(all, kept.waiting)).toBe(all);
  expect(shownLines([], kept.waiting).get(found.doorId)).toMatchObject([
    { also: { type: 'door', unit: '3B' }, place: 'browser', walker: 'Rosa' },
  ]);
});

test('a found door that is taken back before it was sent leaves no line that nobody sees', () => {
  const at = { ms: 1_777_000_000_000, offset: 0 };
  const left = leaveFound(newKept(shift), found, at);
  const [line] = shownLines([], left.waiting).get(found.doorId) ?? [];
  if (line === undefined) throw new Error('it has no line');
  const said = [{ type: 'note', payload: { personId: null, text: 'Ring twice' } }] as const;
  const noted = leaveLine(left, found.doorId, EMPTY_LINE, said, at);
  const begun = { ...noted, lines: { [found.doorId]: { ...EMPTY_LINE, note: 'And' } } };
  expect(takeBack(begun, line, at)).toMatchObject({ lines: {}, waiting: [] });
});
