import type { Plan } from './plan.ts';

/** A plan as it stood before or after an edit, and what the edit was called. */
interface Step {
  readonly plan: Plan;
  readonly edit: string;
  readonly next: Step | null;
}

/** A plan with everything that led to it, without end: plans share all that an edit left alone. */
export interface History {
  readonly now: Plan;
  /** The edit that undo takes back first. */
  readonly past: Step | null;
  /** The edit that redo makes first. */
  readonly future: Step | null;
}

export function startHistory(plan: Plan): History {
  return { now: plan, past: null, future: null };
}

/** The plan after an edit; what had been undone is gone. An edit that changed nothing is none. */
export function noteEdit(history: History, plan: Plan, edit: string): History {
  if (plan === history.now) return history;
  return { now: plan, past: { plan: history.now, edit, next: history.past }, future: null };
}

/** One edit back; the same when there is none. */
export function undo({ now, past, future }: History): History {
  if (past === null) return { now, past, future };
  const { plan, edit, next } = past;
  return { now: plan, past: next, future: { plan: now, edit, next: future } };
}

/** One edit forth again; the same when nothing was undone. */
export function redo({ now, past, future }: History): History {
  if (future === null) return { now, past, future };
  const { plan, edit, next } = future;
  return { now: plan, past: { plan: now, edit, next: past }, future: next };
}
