import type { Given } from '#shared/model/fact.ts';
import type { Question } from '#shared/model/script.ts';
import { askedQuestions } from '#shared/script/next-question.ts';

/** A conversation as far as it was written down. A question without an entry was not asked. */
export interface TalkDraft {
  readonly given: Readonly<Record<string, Given>>;
  readonly note: string;
  /** What was typed for a number and is none yet, by question. */
  readonly typed?: Readonly<Record<string, string>>;
  /** The language that was chosen to talk in; left out: none was. */
  readonly language?: string;
}

export const EMPTY_TALK: TalkDraft = { given: {}, note: '' };

export function isTalkDraft(kept: unknown): kept is TalkDraft {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    'given' in kept &&
    typeof kept.given === 'object' &&
    kept.given !== null &&
    'note' in kept &&
    typeof kept.note === 'string' &&
    (!('typed' in kept) || (typeof kept.typed === 'object' && kept.typed !== null)) &&
    (!('language' in kept) || typeof kept.language === 'string')
  );
}

/**
 * Writes one answer into the draft; null makes the question not asked again. `typed` is what stands
 * in the field of a number and is none yet.
 */
export function withGiven(
  draft: TalkDraft,
  questionId: string,
  given: Given | null,
  typed = '',
): TalkDraft {
  const { [questionId]: _before, ...others } = draft.given;
  const { [questionId]: _typed, ...half } = draft.typed ?? {};
  return {
    ...draft,
    given: given === null ? others : { ...others, [questionId]: given },
    typed: typed === '' ? half : { ...half, [questionId]: typed },
  };
}

/** Choosing nothing and writing nothing are no answers: the question counts as not asked. */
export function cleanGiven(given: Given): Given | null {
  if (given.kind === 'text') {
    const text = given.text.trim();
    return text === '' ? null : { kind: 'text', text };
  }
  return given.kind === 'many' && given.options.length === 0 ? null : given;
}

/**
 * What was answered, in the order of the script. Left out are answers to questions that the script
 * lacks or that are not asked any more: those stay in the draft, should their condition come back.
 */
export function listGiven(
  draft: TalkDraft,
  questions: readonly Question[],
): readonly { readonly question: Question; readonly given: Given }[] {
  return askedQuestions(questions, draft.given).flatMap((question) => {
    const raw = draft.given[question.id];
    const given = raw === undefined ? null : cleanGiven(raw);
    return given === null ? [] : [{ question, given }];
  });
}
