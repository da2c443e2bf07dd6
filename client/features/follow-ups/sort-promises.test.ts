import { expect, test } from 'vitest';
import type { ListedFollowUp } from '#shared/model/follow-up.ts';
import { PROMISE_VIEWS, promisesOf } from './sort-promises.ts';

const promise = (id: string, more: Partial<ListedFollowUp>): ListedFollowUp =>
  ({ id, by: null, end: null, endedAt: null, whoId: null, at: 0, ...more }) as ListedFollowUp;

test('what is due today is not overdue, and nothing is in no view', () => {
  const all = [
    promise('no-day', { at: 1 }),
    promise('today', { by: '2026-11-23' }),
    promise('late', { by: '2026-11-22', whoId: 'me' as never }),
    promise('kept', { end: 'kept', endedAt: 1, by: '2026-11-01' }),
    promise('dropped', { end: 'dropped', endedAt: 2 }),
  ];
  const views = PROMISE_VIEWS.map((view) =>
    promisesOf(all, view, { me: 'me', today: '2026-11-23' }).map(({ id }) => id as string),
  );
  expect(views).toEqual([['late', 'today', 'no-day'], ['late'], ['late'], ['dropped', 'kept']]);
  expect(new Set(views.flat()).size).toBe(all.length);
});
