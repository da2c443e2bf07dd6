import { expect, test } from 'vitest';
import type { EntryDoor } from '#shared/model/paper.ts';
import type { ScriptBody } from '#shared/model/script.ts';
import { EMPTY_LINE, type Line, lineOf, readLine, withAnswer } from './line.ts';

const option = (id: string) => ({ id, label: id });
const script = {
  opening: '',
  questions: [
    { id: 'q1', kind: 'one', prompt: 'What?', options: [option('rent'), option('buses')] },
    { id: 'q2', kind: 'support', prompt: 'Yes?', options: [] },
    { id: 'q3', kind: 'many', prompt: 'Help?', options: [option('sign'), option('call')] },
  ],
  closing: '',
} as unknown as ScriptBody;
const [what, support, help] = script.questions;

const person = (id: string, doNotContact = false) => ({ id, doNotContact });
const door = (...people: object[]) => ({ id: 'd', people }) as unknown as EntryDoor;
const line = (more: Partial<Line>): Line => ({ ...EMPTY_LINE, ...more });

test('a number or a letter of the paper is an answer, and an answer means that they talked', () => {
  if (what === undefined || support === undefined || help === undefined) throw new Error();
  const typed = withAnswer(withAnswer(withAnswer(EMPTY_LINE, support, '2'), what, 'b'), help, 'ba');
  const read = readLine(typed, door(person('p')), script);
  expect(read).toMatchObject({
    ok: true,
    said: {
      personId: 'p',
      outcome: { kind: 'contact' },
      answers: [
        { questionId: 'q1', given: { kind: 'one', option: 'buses' } },
        { questionId: 'q2', given: { kind: 'support', level: 2 } },
        { questionId: 'q3', given: { kind: 'many', options: ['call', 'sign'] } },
      ],
    },
  });
});

test('what was not asked, skipped, refused and not known are four things', () => {
  const given = (typed: string) => {
    const read = readLine(line({ happened: 'contact', answers: { q1: typed } }), door(), script);
    if (!read.ok) return read.fault;
    return read.said.type === 'knock' ? read.said.answers.map((one) => one.given) : null;
  };
  expect(given('')).toEqual([]);
  expect(given('-')).toEqual([{ kind: 'skipped' }]);
  expect(given('!')).toEqual([{ kind: 'refused' }]);
  expect(given('?')).toEqual([{ kind: 'unknown' }]);
  for (const wrong of ['c', 'ab', '2', 'é']) {
    expect(given(wrong)).toEqual({ kind: 'answer', question: 1 });
  }
});

test('nobody is guessed: of several the one is named, and whoever wants no contact is none of them', () => {
  const moved = line({ happened: 'moved' });
  expect(readLine(moved, door(person('a'), person('b')), null)).toMatchObject({
    fault: { kind: 'who' },
  });
  expect(readLine(moved, door(person('a'), person('b', true)), null)).toMatchObject({
    said: { personId: 'a' },
  });
  // A result of the door names nobody, whoever was chosen before.
  const away = line({ happened: 'not-home', personId: 'a' });
  expect(readLine(away, door(person('a')), null)).toMatchObject({ said: { personId: null } });
  expect(readLine(line({ note: ' Dog ' }), door(person('a')), null)).toMatchObject({
    said: { type: 'note', personId: null, text: 'Dog' },
  });
});

test('a line that is corrected is typed as it was', () => {
  if (support === undefined) throw new Error();
  const typed = withAnswer(line({ personId: 'p', note: 'Sign' }), support, '4');
  const read = readLine(typed, door(person('p')), script);
  if (!read.ok || read.said.type !== 'knock') throw new Error();
  const saved = { ...read.said, opId: 'o', hlc: 'h' } as unknown as Parameters<typeof lineOf>[0];
  expect(lineOf(saved, script)).toEqual({ ...typed, replaces: { opId: 'o', hlc: 'h' } });
});
