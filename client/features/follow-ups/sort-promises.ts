import type { ListedFollowUp } from '#shared/model/follow-up.ts';

/** Which promises are shown. */
export const PROMISE_VIEWS = ['open', 'mine', 'overdue', 'ended'] as const;
export type PromiseView = (typeof PROMISE_VIEWS)[number];

/** True for one that should have been kept before `today` (`YYYY-MM-DD`). */
export const isOverdue = ({ end, by }: ListedFollowUp, today: string): boolean =>
  end === null && by !== null && by < today;

/** Those of one view: the soonest first, what has no day after those that have one; ended by its end. */
export function promisesOf(
  all: readonly ListedFollowUp[],
  view: PromiseView,
  { me, today }: { readonly me: string; readonly today: string },
): readonly ListedFollowUp[] {
  if (view === 'ended') {
    return all
      .filter(({ end }) => end !== null)
      .toSorted((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
  }
  const day = ({ by }: ListedFollowUp): string => by ?? '9999';
  return all
    .filter(
      (one) =>
        one.end === null &&
        (view !== 'mine' || one.whoId === me) &&
        (view !== 'overdue' || isOverdue(one, today)),
    )
    .toSorted((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : a.at - b.at));
}
