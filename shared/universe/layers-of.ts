import type { ConditionOf, Step } from '../model/universe-step.ts';

/** What steps themselves ask of the chapter's own layers; other universes are asked by their own. */
export const layersOf = (steps: readonly Step[]): readonly ConditionOf<'layer'>[] =>
  steps.flatMap(({ who }) => (who.kind === 'layer' ? [who] : []));
