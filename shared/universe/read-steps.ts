import type { Condition, Step } from '../model/universe-step.ts';
import type { UniverseQuestion } from '../model/universe.ts';

const only = (who: Condition): Step => ({ how: 'only', who });

/**
 * The steps of a saved question, whichever form it has. Of the first form each member that narrows
 * is a step of its own, so that the same people are in both.
 */
export function readSteps(question: UniverseQuestion): readonly Step[] {
  if ('steps' in question) return question.steps;
  const { parties, precincts, minAge: min, maxAge: max, elections, votedAtLeast } = question;
  const steps: Step[] = [];
  if (parties.length > 0) steps.push(only({ kind: 'party', values: parties }));
  if (precincts.length > 0) steps.push(only({ kind: 'precinct', values: precincts }));
  if (min !== null || max !== null) steps.push(only({ kind: 'age', min, max }));
  if (elections.length > 0 && votedAtLeast > 0) {
    steps.push(only({ kind: 'votes', elections, atLeast: votedAtLeast, methods: [] }));
  }
  for (const filter of question.layers ?? []) steps.push(only({ kind: 'layer', ...filter }));
  return steps;
}
