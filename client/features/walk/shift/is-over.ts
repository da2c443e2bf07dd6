import type { TurfKind } from '#shared/model/turf-kind.ts';

export interface TurfLeft {
  /** Undefined: doors to walk to. */
  readonly kind: TurfKind | undefined;
  /** Doors that nobody has served yet. */
  readonly remaining: number;
  /** Somebody is still to be called, be it for the second time. */
  readonly calls: boolean;
}

/**
 * Whether nothing is left to do in a turf. A call list has people, not doors: of a household one may
 * have been called and another not. A stall has no end of its own.
 */
export function isOver({ kind, remaining, calls }: TurfLeft): boolean {
  if (kind === undefined) return remaining === 0;
  return kind === 'calls' && !calls;
}
