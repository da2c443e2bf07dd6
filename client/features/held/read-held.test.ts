import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHeld } from './read-held.ts';

test('whatever was held, reading it never throws and invents nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
      const words = readHeld(body);
      for (const { given } of words?.answers ?? []) expect(given.kind).toBeTypeOf('string');
    }),
  );
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (outcome, answers, ms) => {
      const body = JSON.stringify({ type: 'knock', at: { ms }, payload: { outcome, answers } });
      expect(readHeld(body)?.type).toBe('knock');
    }),
  );
});

test('what a knock said is told: result, answers, note and time', () => {
  const answer = { id: 'a', questionId: 'q', given: { kind: 'support', level: 2 } };
  const broken = { id: 'b', questionId: 'q', given: { kind: 'support', level: 9 } };
  const body = JSON.stringify({
    type: 'knock',
    at: { ms: 1_700_000_000_000, offset: -300 },
    scriptVersionId: 's',
    payload: { outcome: { kind: 'contact' }, answers: [answer, broken], note: 'Fix the boiler' },
  });
  expect(readHeld(body)).toEqual({
    type: 'knock',
    outcome: 'contact',
    answers: [answer],
    note: 'Fix the boiler',
    name: null,
    at: 1_700_000_000_000,
    scriptVersionId: 's',
  });
});

test('what is no knock is told by what was written down', () => {
  const noteOf = (payload: object) => readHeld(JSON.stringify({ type: 'x', payload }))?.note;
  expect(noteOf({ text: 'Ring twice' })).toBe('Ring twice');
  expect(noteOf({ field: 'phone', value: '617 555 0142' })).toBe('617 555 0142');
  expect(noteOf({ unit: '3A', floor: null })).toBe('3A');
  expect(noteOf({ strokes: [[1, 2]] })).toBe(null);
});

test('bytes that are no JSON, and a kind of fact from the future, are said to be so', () => {
  expect(readHeld('\u0000 not JSON')).toBeNull();
  expect(readHeld('{"type":"petition","payload":{"text":"Sign here"}}')).toMatchObject({
    type: null,
    note: 'Sign here',
  });
});
