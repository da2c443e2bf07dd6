import { levelToken, optionToken } from '../canvass/said-token.ts';
import type { Question } from '../model/script.ts';

/** Every answer that a question can get, as shared/canvass/said-token writes them. */
export function possibleSaid({ kind, options }: Question): readonly string[] {
  const none = ['skipped', 'refused', 'unknown'];
  switch (kind) {
    case 'support':
      return [...[1, 2, 3, 4, 5].map(levelToken), ...none];
    case 'one':
    case 'many':
      return [...options.map(({ id }) => optionToken(id)), ...none];
    case 'number':
    case 'date':
    case 'text':
      return [kind, ...none];
  }
}

/** Why a question could never be asked after what it follows. */
export type ConditionFault =
  'condition-gone' | 'condition-later' | 'condition-empty' | 'condition-answer';

/**
 * What is wrong with the condition of the question at `index`: the question that it follows is not
 * in the script or not before it, no answer is named, or one that cannot be given. Null when nothing
 * is.
 */
export function findConditionFault(
  questions: readonly Question[],
  index: number,
): ConditionFault | null {
  const askIf = questions[index]?.askIf;
  if (askIf === undefined) return null;
  const at = questions.findIndex(({ id }) => id === askIf.questionId);
  const before = questions[at];
  if (before === undefined) return 'condition-gone';
  if (at >= index) return 'condition-later';
  if (askIf.said.length === 0) return 'condition-empty';
  const possible = possibleSaid(before);
  return askIf.said.every((token) => possible.includes(token)) ? null : 'condition-answer';
}
