import { expect, test } from 'vitest';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import { historyOf } from './history-of.ts';

const ME = 'me' as MemberId;
const nowhere = { ofFact: new Map() };

function operation(opId: string, hlc: string, part: object): Operation {
  return {
    opId,
    hlc,
    deviceId: 'phone',
    actorId: ME,
    entityId: 'door',
    supersedes: null,
    ...part,
  } as unknown as Operation;
}
const knock = (opId: string, hlc: string, part: object = {}): Operation =>
  operation(opId, hlc, {
    type: 'knock',
    payload: { outcome: { kind: 'contact' }, answers: [], note: null, personId: null },
    ...part,
  });
const withdraw = (opId: string, hlc: string, target: string): Operation =>
  operation(opId, hlc, { type: 'withdraw', payload: { doorId: 'door', opId: target } });

test('what was taken back stays in sight, marked; the taking back is no line of its own', () => {
  const entries = historyOf(
    [knock('k1', '01'), knock('k2', '02'), withdraw('w', '03', 'k2')],
    ME,
    nowhere,
  );
  expect(entries.map(({ op, withdrawn }) => [op.opId, withdrawn])).toEqual([
    ['k2', true],
    ['k1', false],
  ]);
});

test('what was taken back can be put back by taking back the taking back', () => {
  const facts = [knock('k', '01'), withdraw('w', '02', 'k')];
  expect(historyOf(facts, ME, nowhere)[0]?.takenBack?.opId).toBe('w');
  const [again] = historyOf([...facts, withdraw('v', '03', 'w')], ME, nowhere);
  expect(again).toMatchObject({ withdrawn: false, takenBack: null });
});

test('a fact that was emptied is told where it still says something true', () => {
  const empty = (opId: string, type: string): Operation =>
    operation(opId, '01', { type, emptied: true, payload: { doorId: 'door' } });
  const facts = [knock('k', '02', { emptied: true }), empty('c', 'contact-consent')];
  const entries = historyOf([...facts, empty('t', 'tag')], ME, nowhere);
  expect(entries.map(({ op }) => op.opId)).toEqual(['k']);
});

test('each line knows whose it is and where it is', () => {
  const other = 'other' as MemberId;
  const entries = historyOf(
    [knock('a', '01', { actorId: other }), knock('b', '02'), knock('c', '03')],
    ME,
    {
      ofFact: new Map([
        ['c', 'phone'],
        ['b', 'held'],
      ]),
    },
  );
  expect(entries.map(({ op, mine, place }) => [op.opId, mine, place])).toEqual([
    ['c', true, 'phone'],
    ['b', true, 'held'],
    ['a', false, 'chapter'],
  ]);
});
