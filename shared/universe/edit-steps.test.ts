import { expect, test } from 'vitest';
import type { Step } from '../model/universe-step.ts';
import * as edit from './edit-steps.ts';
import { isChosen } from './is-chosen.ts';

const step = (min: number): Step => ({ how: 'only', who: { kind: 'age', min, max: null } });
const ages = (steps: readonly Step[]) =>
  steps.map(({ who }) => (who.kind === 'age' ? who.min : null));

test('steps are added up to the most, moved, changed and removed', () => {
  let steps: readonly Step[] = [];
  for (let at = 0; at < 25; at++) steps = edit.addStep(steps, step(at));
  expect(steps).toHaveLength(20);
  steps = edit.moveStep(edit.removeStep(steps.slice(0, 4), 1), 2, -1);
  expect(ages(steps)).toEqual([0, 3, 2]);
  expect(ages(edit.changeStep(steps, 1, step(9)))).toEqual([0, 9, 2]);
  expect(edit.moveStep(steps, 0, -1)).toBe(steps);
  expect(edit.moveStep(steps, 2, 1)).toBe(steps);
});

test('undo to the start and redo to the end, until something else is done', () => {
  let history = edit.startSteps([]);
  for (const min of [1, 2, 3]) history = edit.putSteps(history, [...history.steps, step(min)]);
  const done = history;
  for (let at = 0; at < 5; at++) history = edit.undoSteps(history);
  expect(history.steps).toEqual([]);
  for (let at = 0; at < 5; at++) history = edit.redoSteps(history);
  expect(history.steps).toEqual(done.steps);
  history = edit.putSteps(edit.undoSteps(history), [step(7)]);
  expect(edit.redoSteps(history)).toBe(history);
});

test('a condition in which nothing is chosen is told from one that narrows', () => {
  expect(isChosen({ kind: 'party', values: [] })).toBe(false);
  expect(isChosen({ kind: 'party', values: [''] })).toBe(true);
  expect(isChosen(step(18).who)).toBe(true);
  const knocked = { kind: 'knocked', day: null, days: null, scope: 'ever' } as const;
  expect(isChosen({ ...knocked, when: 'never' })).toBe(true);
  expect(isChosen({ ...knocked, when: 'within' })).toBe(false);
  expect(isChosen({ ...knocked, when: 'before' })).toBe(false);
});
