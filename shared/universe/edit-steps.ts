import { MOST_STEPS } from '../model/step-words.ts';
import type { Step } from '../model/universe-step.ts';

/** Steps with every state that they were in: undo and redo without end. */
export interface StepsHistory {
  readonly steps: readonly Step[];
  readonly before: readonly (readonly Step[])[];
  readonly after: readonly (readonly Step[])[];
}

export const startSteps = (steps: readonly Step[]): StepsHistory => ({
  steps,
  before: [],
  after: [],
});

/** Another state of the steps; what was undone is gone. The same steps again are no change. */
export function putSteps(history: StepsHistory, steps: readonly Step[]): StepsHistory {
  if (steps === history.steps) return history;
  return { steps, before: [...history.before, history.steps], after: [] };
}

export function undoSteps(history: StepsHistory): StepsHistory {
  const steps = history.before.at(-1);
  if (steps === undefined) return history;
  return {
    steps,
    before: history.before.slice(0, -1),
    after: [history.steps, ...history.after],
  };
}

export function redoSteps(history: StepsHistory): StepsHistory {
  const [steps, ...after] = history.after;
  if (steps === undefined) return history;
  return { steps, before: [...history.before, history.steps], after };
}

/** The steps with one more at the end; as they are when there are as many as may be. */
export const addStep = (steps: readonly Step[], step: Step): readonly Step[] =>
  steps.length >= MOST_STEPS ? steps : [...steps, step];

export const removeStep = (steps: readonly Step[], at: number): readonly Step[] =>
  steps.filter((_, index) => index !== at);

export const changeStep = (steps: readonly Step[], at: number, step: Step): readonly Step[] =>
  steps.map((one, index) => (index === at ? step : one));

/** One step earlier or later; as they are at either end. */
export function moveStep(steps: readonly Step[], at: number, by: 1 | -1): readonly Step[] {
  const [one, other] = [steps[at], steps[at + by]];
  if (one === undefined || other === undefined) return steps;
  return steps.map((step, index) => (index === at ? other : index === at + by ? one : step));
}
