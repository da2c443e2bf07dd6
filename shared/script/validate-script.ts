import type { Question, ScriptBody } from '../model/script.ts';
import { type ConditionFault, findConditionFault } from './possible-said.ts';
import { languagesOf } from './in-language.ts';

/** What keeps a draft from being published. `question` counts from 1; null is the whole script. */
export interface ScriptFault {
  readonly question: number | null;
  readonly fault:
    | 'no-question'
    | 'no-prompt'
    | 'no-options'
    | 'one-option'
    | 'empty-option'
    | 'repeated-option'
    | 'needless-options'
    | 'repeated-question'
    | 'repeated-language'
    | ConditionFault;
}

const SENTENCES: Readonly<Record<ScriptFault['fault'], string>> = {
  'no-question': 'it asks nothing yet',
  'no-prompt': 'it has no words to say',
  'no-options': 'it has no choices',
  'one-option': 'it has a single choice',
  'empty-option': 'a choice has no words',
  'repeated-option': 'two choices are the same',
  'needless-options': 'its kind takes no choices',
  'repeated-question': 'it is in the script twice',
  'repeated-language': 'it is written in one language twice',
  'condition-gone': 'the question that it follows is not in the script',
  'condition-later': 'the question that it follows does not come before it',
  'condition-empty': 'it does not say which answers it follows',
  'condition-answer': 'it follows an answer that nobody can give',
};

/** A fault as the end of a sentence, e.g. `question 2: it has no choices`. */
export function sayScriptFault({ question, fault }: ScriptFault): string {
  return question === null ? SENTENCES[fault] : `question ${question}: ${SENTENCES[fault]}`;
}

function hasRepeats(words: readonly string[]): boolean {
  return new Set(words).size < words.length;
}

function optionFaults({ kind, options }: Question): ScriptFault['fault'][] {
  if (kind !== 'one' && kind !== 'many') return options.length > 0 ? ['needless-options'] : [];
  if (options.length === 0) return ['no-options'];
  if (kind === 'one' && options.length === 1) return ['one-option'];
  const labels = options.map((option) => option.label.trim());
  const faults: ScriptFault['fault'][] = [];
  if (labels.includes('')) faults.push('empty-option');
  if (hasRepeats(labels) || hasRepeats(options.map((option) => option.id))) {
    faults.push('repeated-option');
  }
  return faults;
}

/**
 * What keeps this draft from being published, in the order of its questions; empty when nothing
 * does. A draft may be as unfinished as it likes: only publishing asks. Words that a translation
 * lacks keep nothing back: the source's are said in their place.
 */
export function validateScript(draft: ScriptBody): ScriptFault[] {
  if (draft.questions.length === 0) return [{ question: null, fault: 'no-question' }];
  const seen = new Set<string>();
  const languages = languagesOf(draft).map((tag) => tag.toLowerCase());
  const twice: ScriptFault[] = hasRepeats(languages)
    ? [{ question: null, fault: 'repeated-language' }]
    : [];
  const faulty = draft.questions.flatMap((question, index): ScriptFault[] => {
    const faults = optionFaults(question);
    if (question.prompt.trim() === '') faults.unshift('no-prompt');
    if (seen.has(question.id)) faults.push('repeated-question');
    seen.add(question.id);
    const condition = findConditionFault(draft.questions, index);
    if (condition !== null) faults.push(condition);
    return faults.map((fault) => ({ question: index + 1, fault }));
  });
  return [...twice, ...faulty];
}
