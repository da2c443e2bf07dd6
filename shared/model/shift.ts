import type { DoorId } from '../kernel/ids.ts';

/** What one phone did since a moment, as the server counts it and as the phone counts it itself. */
export interface ShiftTotals {
  /** Facts of every type, taken back ones and their withdrawals included. */
  readonly facts: number;
  /** Doors with at least one knock that stands. */
  readonly doors: number;
  readonly knocks: number;
  readonly contacts: number;
  /** Knocks that stand with support 1 or 2. */
  readonly supports: number;
}

/** `GET /v1/shift?since=ms`: the slip at the end of a shift. `held` are not among the totals. */
export interface ShiftSlip {
  readonly totals: ShiftTotals;
  readonly held: number;
  /** Ids of these doors that are not their own, each with the own one; left out: none. */
  readonly twins?: readonly { readonly id: DoorId; readonly own: DoorId }[];
  readonly since: number;
  readonly serverNow: number;
}
