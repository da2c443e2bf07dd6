import type { QuestionId } from '#shared/kernel/ids.ts';
import type { Question, QuestionKind, ScriptBody } from '#shared/model/script.ts';
import {
  type ConditionFault,
  findConditionFault,
  possibleSaid,
} from '#shared/script/possible-said.ts';
import { cleanTranslations } from './edit-translation.ts';

export type Option = Question['options'][number];

/** True for the kinds that are answered from a list. */
export function hasOptions(kind: QuestionKind): boolean {
  return kind === 'one' || kind === 'many';
}

/** The list with one thing moved by `by` places; the same list when it would fall off an end. */
export function moveBy<T>(list: readonly T[], at: number, by: number): readonly T[] {
  const to = at + by;
  const moved = list[at];
  if (moved === undefined || to < 0 || to >= list.length) return list;
  const rest = list.filter((_, index) => index !== at);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

/** A removed question in its place again; whatever else was written since stays. */
export function putBackQuestion(draft: ScriptBody, question: Question, at: number): ScriptBody {
  if (draft.questions.some(({ id }) => id === question.id)) return draft;
  const questions = [...draft.questions.slice(0, at), question, ...draft.questions.slice(at)];
  return { ...draft, questions };
}

/** A new question at the end; a choice starts with two empty options. */
export function addQuestion(
  draft: ScriptBody,
  id: QuestionId,
  kind: QuestionKind,
  makeOptionId: () => string,
): ScriptBody {
  const options = hasOptions(kind)
    ? [emptyOption(makeOptionId()), emptyOption(makeOptionId())]
    : [];
  return { ...draft, questions: [...draft.questions, { id, kind, prompt: '', options }] };
}

export function emptyOption(id: string): Option {
  return { id, label: '' };
}

export function changeQuestion(
  draft: ScriptBody,
  id: QuestionId,
  change: (question: Question) => Question,
): ScriptBody {
  return {
    ...draft,
    questions: draft.questions.map((question) =>
      question.id === id ? change(question) : question,
    ),
  };
}

/** Asks a question after `questionId`, with no answer to it chosen yet; null asks it always. */
export function askAfter(question: Question, questionId: QuestionId | null): Question {
  const { askIf, ...always } = question;
  if (questionId === null) return always;
  return {
    ...always,
    askIf: { questionId, said: askIf?.questionId === questionId ? askIf.said : [] },
  };
}

/** Without answers that the question before has no more. */
function cleanCondition(
  { askIf }: Question,
  questions: readonly Question[],
): Pick<Question, 'askIf'> {
  const before = questions.find(({ id }) => id === askIf?.questionId);
  if (askIf === undefined || before === undefined) return askIf === undefined ? {} : { askIf };
  const possible = possibleSaid(before);
  return { askIf: { ...askIf, said: askIf.said.filter((token) => possible.includes(token)) } };
}

/**
 * What is sent: words without blanks around, no options where the kind has none (while one edits
 * they are kept, so that trying another kind loses nothing), no answers and no translations of
 * what is not there any more.
 */
export function cleanDraft(draft: ScriptBody): ScriptBody {
  const questions = draft.questions.map((question) => ({
    ...question,
    prompt: question.prompt.trim(),
    options: hasOptions(question.kind)
      ? question.options.map(({ id, label }) => ({ id, label: label.trim() }))
      : [],
  }));
  const source = {
    ...draft,
    opening: draft.opening.trim(),
    closing: draft.closing.trim(),
    questions: questions.map((question) => ({
      ...question,
      ...cleanCondition(question, questions),
    })),
  };
  return { ...source, ...cleanTranslations(source) };
}

export type Gap =
  | { readonly kind: 'no-questions' }
  | { readonly kind: 'no-prompt'; readonly question: QuestionId }
  | { readonly kind: 'few-options'; readonly question: QuestionId }
  | { readonly kind: 'empty-option'; readonly question: QuestionId }
  | { readonly kind: 'same-option'; readonly question: QuestionId }
  | { readonly kind: ConditionFault; readonly question: QuestionId };

/** What a draft still needs before it can be published, in its own order. */
export function findGaps(draft: ScriptBody): readonly Gap[] {
  const clean = cleanDraft(draft);
  if (clean.questions.length === 0) return [{ kind: 'no-questions' }];
  const gaps: Gap[] = [];
  for (const [index, { id, kind, prompt, options }] of clean.questions.entries()) {
    if (prompt === '') gaps.push({ kind: 'no-prompt', question: id });
    const fault = findConditionFault(clean.questions, index);
    if (fault !== null) gaps.push({ kind: fault, question: id });
    if (!hasOptions(kind)) continue;
    const labels = options.map((option) => option.label);
    if (labels.length < 2) gaps.push({ kind: 'few-options', question: id });
    else if (labels.includes('')) gaps.push({ kind: 'empty-option', question: id });
    else if (new Set(labels).size < labels.length) gaps.push({ kind: 'same-option', question: id });
  }
  return gaps;
}
