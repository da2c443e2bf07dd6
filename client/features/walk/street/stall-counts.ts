import type { DoorKnock } from '#shared/canvass/door-state.ts';

export interface StallCounts {
  readonly talks: number;
  /** Who came by and did not want to talk. A wish not to be contacted is no such moment. */
  readonly passed: number;
}

/** What came of the moments at a stall, out of its knocks that still stand. */
export function stallCounts(knocks: readonly Pick<DoorKnock, 'outcome'>[]): StallCounts {
  const outcomes = knocks.map(({ outcome }) => outcome);
  return {
    talks: outcomes.filter(({ kind }) => kind === 'contact').length,
    passed: outcomes.filter((one) => one.kind === 'result' && one.result === 'refused').length,
  };
}
