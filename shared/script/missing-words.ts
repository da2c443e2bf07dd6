import type { QuestionId } from '../kernel/ids.ts';
import type { ScriptBody, Translation } from '../model/script.ts';

/** One text of the source that a translation lacks. */
export type MissingWords =
  | { readonly part: 'opening' }
  | { readonly part: 'closing' }
  | { readonly part: 'prompt'; readonly questionId: QuestionId }
  | { readonly part: 'option'; readonly questionId: QuestionId; readonly optionId: string };

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

/**
 * What a translation still lacks, in the order of the script; empty when it is whole. What the
 * source leaves empty is not missing.
 */
export function findMissingWords(
  { opening, questions, closing }: ScriptBody,
  translation: Translation,
): readonly MissingWords[] {
  const missing: MissingWords[] = [];
  if (!isBlank(opening) && isBlank(translation.opening)) missing.push({ part: 'opening' });
  for (const { id, prompt, options } of questions) {
    const words = translation.questions.find((one) => one.id === id);
    if (!isBlank(prompt) && isBlank(words?.prompt))
      missing.push({ part: 'prompt', questionId: id });
    for (const option of options) {
      const label = words?.options.find((one) => one.id === option.id)?.label;
      if (!isBlank(option.label) && isBlank(label)) {
        missing.push({ part: 'option', questionId: id, optionId: option.id });
      }
    }
  }
  if (!isBlank(closing) && isBlank(translation.closing)) missing.push({ part: 'closing' });
  return missing;
}
