import type { Knock } from '#shared/model/fact.ts';
import type { EntryDoor, EnteredLine } from '#shared/model/paper.ts';
import type { Question, ScriptBody } from '#shared/model/script.ts';
import { resultWho } from '../../ui/result-who.ts';
import { readAnswer, writeAnswer } from './answer-letters.ts';
import { HAPPENED, type Happened } from './result-keys.ts';

/** A line while it is typed: what stands in its fields, right or not. */
export interface Line {
  readonly happened: Happened | null;
  readonly personId: string | null;
  /** As typed, by question. */
  readonly answers: Readonly<Record<string, string>>;
  readonly note: string;
  /** The line that this one corrects, with its stamp. */
  readonly replaces: Pick<EnteredLine, 'opId' | 'hlc'> | null;
}

export const EMPTY_LINE: Line = {
  happened: null,
  personId: null,
  answers: {},
  note: '',
  replaces: null,
};

/** Why a line cannot be saved yet. */
export type LineFault =
  | { readonly kind: 'who' }
  | { readonly kind: 'what' }
  | { readonly kind: 'answer'; readonly question: number };

/** What a line says, ready to become a fact; answers without their ids. */
export type Said =
  | {
      readonly type: 'knock';
      readonly personId: string | null;
      readonly outcome: Knock['outcome'];
      readonly answers: readonly Pick<Knock['answers'][number], 'questionId' | 'given'>[];
      readonly note: string | null;
    }
  | { readonly type: 'note'; readonly personId: string | null; readonly text: string };

/** True when nothing at all was typed. */
export function isEmpty({ happened, answers, note }: Line): boolean {
  return (
    happened === null &&
    note.trim() === '' &&
    Object.values(answers).every((one) => one.trim() === '')
  );
}

/** Whom this line may name: nobody who asked to be left alone. */
export function peopleOf({ people }: EntryDoor): EntryDoor['people'] {
  return people.filter(({ doNotContact }) => !doNotContact);
}

/** Support or an answer means that they talked. */
export function withAnswer(line: Line, question: Question, typed: string): Line {
  const answers = { ...line.answers, [question.id]: typed };
  return { ...line, answers, happened: typed.trim() === '' ? line.happened : 'contact' };
}

/** What a line says, or why it cannot be saved. A door of one person needs nobody named. */
export function readLine(
  line: Line,
  door: EntryDoor,
  script: ScriptBody | null,
): { readonly ok: true; readonly said: Said } | { readonly ok: false; readonly fault: LineFault } {
  const note = line.note.trim();
  const { happened } = line;
  const here = peopleOf(door);
  const named = door.people.find(({ id }) => id === line.personId)?.id ?? null;
  if (happened === null) {
    return note === ''
      ? { ok: false, fault: { kind: 'what' } }
      : { ok: true, said: { type: 'note', personId: named, text: note } };
  }
  const alone = here.length === 1 ? (here[0]?.id ?? null) : null;
  const who = happened === 'contact' ? 'must' : resultWho[happened];
  const personId = who === 'door' ? null : (named ?? (who === 'must' ? alone : null));
  // Somebody may talk with whom no list knows: then nobody is named, where nobody could be.
  if (who === 'must' && personId === null && here.length > 0) {
    return { ok: false, fault: { kind: 'who' } };
  }
  const answers: { questionId: Question['id']; given: Knock['answers'][number]['given'] }[] = [];
  for (const [n, question] of (script?.questions ?? []).entries()) {
    const given = readAnswer(question, line.answers[question.id] ?? '');
    if (given === undefined) return { ok: false, fault: { kind: 'answer', question: n + 1 } };
    if (given !== null && happened === 'contact') answers.push({ questionId: question.id, given });
  }
  const outcome: Knock['outcome'] =
    happened === 'contact' ? { kind: 'contact' } : { kind: 'result', result: happened };
  return {
    ok: true,
    said: { type: 'knock', personId, outcome, answers, note: note === '' ? null : note },
  };
}

/** Null for what only a call can bring: nobody calls from paper. */
function happenedIn(outcome: Knock['outcome']): Line['happened'] {
  const what = outcome.kind === 'contact' ? 'contact' : outcome.result;
  return HAPPENED.find((one) => one === what) ?? null;
}

/** A saved line as it is typed again to correct it. */
export function lineOf(entered: EnteredLine, script: ScriptBody | null): Line {
  const { opId, hlc, outcome, personId, answers, note } = entered;
  const typed = answers.flatMap(({ questionId, given }): [string, string][] => {
    const question = script?.questions.find(({ id }) => id === questionId);
    return question === undefined ? [] : [[questionId, writeAnswer(question, given)]];
  });
  return {
    happened: outcome === null ? null : happenedIn(outcome),
    personId,
    answers: Object.fromEntries(typed),
    note: note ?? '',
    replaces: { opId, hlc },
  };
}
