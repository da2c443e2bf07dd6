import { expect, test } from 'vitest';
import { problem } from '#shared/kernel/problem.ts';
import { failureOf } from '#shared/sync/classify-failure.ts';
import { makeStatusBoard } from './status.ts';

const rest = { busy: false, failure: null };
const fails = (why: Parameters<typeof failureOf>[0]) => ({ busy: false, failure: failureOf(why) });

test('it says what both halves make of the network', () => {
  const board = makeStatusBoard();
  board.note({ unsent: 2 });
  board.tell('push', { busy: true, failure: null });
  expect(board.read()).toMatchObject({ unsent: 2, state: 'sending', problem: null });
  board.tell('push', fails('unreachable'));
  expect(board.read()).toMatchObject({ state: 'offline', problem: { code: 'no-network' } });
  board.tell('push', { busy: false, failure: failureOf('refused', problem('not-signed-in')) });
  expect(board.read()).toMatchObject({ state: 'signed-out', problem: { code: 'not-signed-in' } });
  board.tell('push', rest);
  board.tell('pull', fails('timeout'));
  expect(board.read().state).toBe('offline');
  board.tell('pull', rest);
  expect(board.read()).toMatchObject({ state: 'idle', problem: null });
});

test('a new try does not hide the last failure until it went well', () => {
  const board = makeStatusBoard();
  board.tell('pull', fails('unreachable'));
  board.tell('pull', { busy: true, failure: null });
  expect(board.read().state).toBe('offline');
});

test('a listener hears changes only, and the same state is the same object', () => {
  const board = makeStatusBoard();
  let heard = 0;
  const stop = board.subscribe(() => (heard += 1));
  board.note({ unsent: 1 });
  const before = board.read();
  board.note({ unsent: 1 });
  board.tell('pull', rest);
  expect([heard, board.read()]).toEqual([1, before]);
  stop();
  board.note({ unsent: 5 });
  expect(heard).toBe(1);
});
