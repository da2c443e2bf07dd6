import { expect, test } from 'vitest';
import type { OpResult } from '#shared/sync/protocol.ts';
import type { OutboxOp } from '../../../store/outbox-store.ts';
import { placeOf, whereAll } from './place-of.ts';

const applied = { opId: 'a', status: 'applied', seq: 1, repeat: false } as const;
const held = { opId: 'a', status: 'held', reason: 'scope', repeat: false } as const;

function op(opId: string, doorId: string, state: string, result: OpResult | null): OutboxOp {
  return { opId, doorId, state, result } as unknown as OutboxOp;
}

test('a fact is received only when a server has applied it, or somebody has let it count', () => {
  expect(placeOf(op('a', 'd', 'unsent', null))).toBe('phone');
  expect(placeOf(op('a', 'd', 'acked', applied))).toBe('chapter');
  expect(placeOf(op('a', 'd', 'kept', applied))).toBe('chapter');
  expect(placeOf(op('a', 'd', 'held', held))).toBe('held');
  expect(placeOf(op('a', 'd', 'held', { ...held, decided: 'accepted' }))).toBe('chapter');
  expect(placeOf(op('a', 'd', 'held', { ...held, decided: 'retargeted' }))).toBe('chapter');
  expect(placeOf(op('a', 'd', 'held', { ...held, decided: 'discarded' }))).toBe('aside');
});

test('what a restored server forgot is on the phone again, whatever it said before', () => {
  expect(placeOf(op('a', 'd', 'again', applied))).toBe('phone');
});

test('a door says the least settled of its facts', () => {
  const { ofDoor, ofFact, unsent } = whereAll([
    op('a', 'one', 'acked', applied),
    op('b', 'one', 'held', held),
    op('c', 'two', 'held', held),
    op('d', 'two', 'unsent', null),
    op('e', 'three', 'acked', applied),
  ]);
  expect([...ofDoor]).toEqual([
    ['one', 'held'],
    ['two', 'phone'],
    ['three', 'chapter'],
  ]);
  expect(ofFact.get('a')).toBe('chapter');
  expect(unsent).toBe(1);
});
