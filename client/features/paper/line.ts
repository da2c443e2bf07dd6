import { mayKeepBy } from '#shared/canvass/promise-day.ts';
import { type Channel, CHANNELS, type ConsentRecipients } from '#shared/model/consent.ts';
import type { Asked } from '#shared/model/asked-words.ts';
import type { MemberId, PersonId } from '#shared/kernel/ids.ts';
import type {
  Answer,
  Consent,
  ContactConsent,
  Correct,
  FollowUp,
  Knock,
  Note,
  Resident,
  Tagged,
} from '#shared/model/fact.ts';
import { CORRECTED, type CorrectedField } from '#shared/model/field-words.ts';
import { isEmailShape } from '#shared/model/email-shape.ts';
import type {
  EntryDoor,
  EnteredLine,
  PaperAsked,
  PaperFact,
  PaperTag,
} from '#shared/model/paper.ts';
import type { Person } from '#shared/model/person.ts';
import type { ScriptBody } from '#shared/model/script.ts';
import { resultWho } from '../../ui/result-who.ts';
import { readAnswer, writeAnswer } from './answer-letters.ts';
import { HAPPENED, type Happened } from './result-keys.ts';
import { readTags, writeTag } from './tag-letters.ts';
import { readYesNo, writeYesNo } from './yes-no.ts';

/** Somebody who is on no list, with an id made here. */
export type Newcomer = Omit<Resident, 'doorId'>;

/** A promise as it is typed. */
export interface TypedPromise {
  readonly text: string;
  /** Who keeps it: whoever walked, whomever the chapter chooses, or a member's id; '' not said. */
  readonly who: string;
  /** `YYYY-MM-DD`, or '' for no day. */
  readonly by: string;
}

/** A line while it is typed: what stands in its fields, right or not. */
export interface Line {
  readonly happened: Happened | null;
  /** Whom it is about: somebody of the list, or the newcomer. */
  readonly personId: string | null;
  /** Who is new there; whoever moved away is another. */
  readonly newcomer: Newcomer | null;
  /** As typed, by question. */
  readonly answers: Readonly<Record<string, string>>;
  /** Yes or no as typed, by what was asked. */
  readonly allowed: Readonly<Partial<Record<Asked, string>>>;
  /** What was put right, where it is another than what is known. */
  readonly corrected: Readonly<Partial<Record<CorrectedField, string>>>;
  readonly note: string;
  /** Literature was left. */
  readonly leaflet: boolean;
  readonly promise: TypedPromise;
  /** Letters as typed. */
  readonly tags: string;
  /** The line that this one corrects, with its stamp. */
  readonly replaces: Pick<EnteredLine, 'opId' | 'hlc'> | null;
}

export const EMPTY_LINE: Line = {
  happened: null,
  personId: null,
  newcomer: null,
  answers: {},
  allowed: {},
  corrected: {},
  note: '',
  leaflet: false,
  promise: { text: '', who: '', by: '' },
  tags: '',
  replaces: null,
};

/** Why a line cannot be saved yet. */
export type LineFault =
  | { readonly kind: 'who' | 'what' | 'name' | 'email' | 'tags' }
  | { readonly kind: 'promise'; readonly lacks: 'text' | 'who' | 'by' }
  | { readonly kind: 'answer'; readonly question: number }
  | { readonly kind: 'allowed'; readonly about: Asked };

/** A fact that a line says, without its door and without the ids that are made when it is left. */
export type SaidFact =
  | { readonly type: 'knock'; readonly payload: SaidKnock }
  | { readonly type: 'note'; readonly payload: Omit<Note, 'doorId'> }
  | { readonly type: 'resident'; readonly payload: Newcomer }
  | { readonly type: 'consent'; readonly payload: Omit<Consent, 'doorId'> }
  | { readonly type: 'contact-consent'; readonly payload: Omit<ContactConsent, 'doorId'> }
  | { readonly type: 'correct'; readonly payload: Omit<Correct, 'doorId'> }
  | { readonly type: 'lit-drop'; readonly payload: object }
  | { readonly type: 'tag'; readonly payload: Omit<Tagged, 'doorId'> }
  | { readonly type: 'follow-up'; readonly payload: Omit<FollowUp, 'doorId'> };

interface SaidKnock extends Pick<Knock, 'personId' | 'outcome' | 'note'> {
  readonly answers: readonly Pick<Answer, 'questionId' | 'given'>[];
}

type Read<T> =
  { readonly ok: true; readonly said: T } | { readonly ok: false; readonly fault: LineFault };
const fault = (fault: LineFault): { readonly ok: false; readonly fault: LineFault } => ({
  ok: false,
  fault,
});

const isBlank = (values: Readonly<Record<string, string>>): boolean =>
  Object.values(values).every((one) => one.trim() === '');

/** True when nothing at all was typed. */
export function isEmpty(line: Line): boolean {
  const { happened, newcomer, answers, allowed, corrected, note, leaflet, promise, tags } = line;
  return (
    happened === null &&
    !leaflet &&
    note.trim() === '' &&
    tags.trim() === '' &&
    isBlank({ ...promise }) &&
    (newcomer === null || `${newcomer.firstName}${newcomer.lastName}`.trim() === '') &&
    isBlank(answers) &&
    isBlank(allowed) &&
    Object.keys(corrected).length === 0
  );
}

/** Whom this line may name: nobody who asked to be left alone. */
export function peopleOf({ people }: EntryDoor): EntryDoor['people'] {
  return people.filter(({ doNotContact }) => !doNotContact);
}

/** Whoever is new has not moved away. */
const isAboutNewcomer = ({ newcomer, personId, happened }: Line): boolean =>
  newcomer !== null && personId === newcomer.personId && happened !== 'moved';

/** Whom a line is about, as far as it says so; in a home of one person nobody has to be chosen. */
export function subjectOf(line: Line, door: EntryDoor): Person | null {
  const here = peopleOf(door);
  const named = door.people.find(({ id }) => id === line.personId);
  if (named !== undefined) return named;
  return !isAboutNewcomer(line) && here.length === 1 ? (here[0] ?? null) : null;
}

/** Support or an answer means that they talked. */
export function withAnswer(line: Line, question: { readonly id: string }, typed: string): Line {
  const answers = { ...line.answers, [question.id]: typed };
  return { ...line, answers, happened: typed.trim() === '' ? line.happened : 'contact' };
}

function readAnswers(line: Line, script: ScriptBody | null): Read<SaidKnock['answers']> {
  const answers: Pick<Answer, 'questionId' | 'given'>[] = [];
  for (const [n, question] of (script?.questions ?? []).entries()) {
    const given = readAnswer(question, line.answers[question.id] ?? '');
    if (given === undefined) return fault({ kind: 'answer', question: n + 1 });
    if (given !== null) answers.push({ questionId: question.id, given });
  }
  return { ok: true, said: answers };
}

const isChannel = (about: Asked): about is Channel => CHANNELS.some((one) => one === about);

/** What a person allows, with the words of the paper. */
function readAllowed(
  { allowed }: Line,
  personId: PersonId,
  asked: readonly PaperAsked[],
): Read<readonly SaidFact[]> {
  const said: SaidFact[] = [];
  for (const { about, wording, wordingHash } of asked) {
    const given = readYesNo(allowed[about] ?? '');
    if (given === undefined) return fault({ kind: 'allowed', about });
    if (given === null) continue;
    const words = { personId, given, wording, wordingHash };
    said.push(
      isChannel(about)
        ? { type: 'contact-consent', payload: { ...words, channel: about } }
        : { type: 'consent', payload: { ...words, recipients: about satisfies ConsentRecipients } },
    );
  }
  return { ok: true, said };
}

/** What was put right of a person; null: nothing would be left of their name. */
function readCorrected({ corrected }: Line, person: Newcomer | Person): SaidFact[] | null {
  const personId = 'id' in person ? person.id : person.personId;
  const { firstName = person.firstName, lastName = person.lastName } = corrected;
  if (`${firstName}${lastName}`.trim() === '') return null;
  return CORRECTED.flatMap((field): SaidFact[] => {
    const value = corrected[field]?.trim();
    return value === undefined ? [] : [{ type: 'correct', payload: { personId, field, value } }];
  });
}

/** Keeps a promise. */
export const WALKER = 'walker';
export const CHAPTER = 'chapter';

/** A promise as a fact; null: none was made. */
function readPromise(
  { promise }: Line,
  personId: PersonId | null,
  sheet: OnSheet,
): Read<SaidFact[]> {
  const text = promise.text.trim();
  const { who, by } = promise;
  if (isBlank({ ...promise })) return { ok: true, said: [] };
  if (text === '') return fault({ kind: 'promise', lacks: 'text' });
  if (who === '') return fault({ kind: 'promise', lacks: 'who' });
  if (by !== '' && !mayKeepBy(by, sheet.day)) return fault({ kind: 'promise', lacks: 'by' });
  const named = sheet.staff.find(({ id }) => id === who)?.id ?? null;
  const whoId = who === WALKER ? sheet.walker : named;
  const payload = { personId, text, whoId, by: by === '' ? null : by };
  return { ok: true, said: [{ type: 'follow-up', payload }] };
}

/** What stands on the sheet, and who walked with it. */
export interface OnSheet {
  /** The script that was printed. */
  readonly script: ScriptBody | null;
  /** The words that were read. */
  readonly asked: readonly PaperAsked[];
  readonly tags: readonly PaperTag[];
  readonly staff: readonly { readonly id: MemberId; readonly name: string }[];
  /** Null: nobody has said it yet, and no line is saved. */
  readonly walker: MemberId | null;
  /** On which day, `YYYY-MM-DD`; '' when nobody has said it yet. */
  readonly day: string;
}

/**
 * What a line says as facts, whoever is new first, or why it cannot be saved. A home of one person
 * needs nobody named.
 */
export function readLine(line: Line, door: EntryDoor, sheet: OnSheet): Read<readonly SaidFact[]> {
  const { script, asked } = sheet;
  const { happened, newcomer } = line;
  const note = line.note.trim();
  const met = newcomer && {
    personId: newcomer.personId,
    firstName: newcomer.firstName.trim(),
    lastName: newcomer.lastName.trim(),
  };
  const isNew = isAboutNewcomer(line);
  if (met !== null && met.firstName === '' && (isNew || met.lastName !== '')) {
    return fault({ kind: 'name' });
  }
  const said: SaidFact[] = [];
  if (met !== null && met.firstName !== '') said.push({ type: 'resident', payload: met });

  const here = peopleOf(door);
  const subject = isNew ? met : subjectOf(line, door);
  const subjectId = subject === null ? null : 'id' in subject ? subject.id : subject.personId;
  const named = isNew || door.people.some(({ id }) => id === line.personId) ? subjectId : null;
  const who = happened === null ? null : happened === 'contact' ? 'must' : resultWho[happened];
  // Somebody may talk with whom no list knows: then nobody is named, where nobody could be.
  if (who === 'must' && subjectId === null && here.length > 0) return fault({ kind: 'who' });
  if (happened !== null) {
    const answers = readAnswers(line, script);
    if (!answers.ok) return answers;
    const payload = {
      personId: who === 'door' ? null : who === 'must' ? subjectId : named,
      outcome:
        happened === 'contact'
          ? { kind: 'contact' as const }
          : { kind: 'result' as const, result: happened },
      answers: happened === 'contact' ? answers.said : [],
      note: note === '' ? null : note,
    };
    said.push({ type: 'knock', payload });
  } else if (note !== '') {
    said.push({ type: 'note', payload: { personId: named, text: note } });
  } else if (line.replaces !== null) return fault({ kind: 'what' });
  if (line.leaflet) said.push({ type: 'lit-drop', payload: {} });

  const promised = readPromise(line, who === 'must' ? subjectId : named, sheet);
  if (!promised.ok) return promised;
  const tags = readTags(line.tags, sheet.tags);
  if (tags === null) return fault({ kind: 'tags' });
  if (!isBlank(line.allowed) || Object.keys(line.corrected).length > 0 || tags.length > 0) {
    if (subject === null || subjectId === null || who === 'door') return fault({ kind: 'who' });
    const allowed = readAllowed(line, subjectId, asked);
    if (!allowed.ok) return allowed;
    const email = line.corrected.email?.trim() ?? '';
    if (email !== '' && !isEmailShape(email)) return fault({ kind: 'email' });
    const corrected = readCorrected(line, subject);
    if (corrected === null) return fault({ kind: 'name' });
    said.push(...allowed.said, ...corrected);
    for (const tag of tags) {
      said.push({ type: 'tag', payload: { personId: subjectId, tag, on: true } });
    }
  }
  said.push(...promised.said);
  return said.length === 0 ? fault({ kind: 'what' }) : { ok: true, said };
}

/** Null for what only a call can bring: nobody calls from paper. */
function happenedIn(outcome: Knock['outcome'] | null): Line['happened'] {
  const what = outcome?.kind === 'result' ? outcome.result : outcome?.kind;
  return HAPPENED.find((one) => one === what) ?? null;
}

function typedAnswers(
  answers: Knock['answers'],
  script: ScriptBody | null,
): Readonly<Record<string, string>> {
  const typed = answers.flatMap(({ questionId, given }): [string, string][] => {
    const question = script?.questions.find(({ id }) => id === questionId);
    return question === undefined ? [] : [[questionId, writeAnswer(question, given)]];
  });
  return Object.fromEntries(typed);
}

/** A saved knock or note as it is typed again to correct it. */
export function lineOf(entered: EnteredLine, script: ScriptBody | null): Line {
  const { opId, hlc, outcome, personId, answers, note } = entered;
  return {
    ...EMPTY_LINE,
    happened: happenedIn(outcome),
    personId,
    answers: typedAnswers(answers, script),
    note: note ?? '',
    replaces: { opId, hlc },
  };
}

/** A whole line that the chapter did not take, as it is typed again. */
export function lineOfFacts(facts: readonly PaperFact[], { script, tags, walker }: OnSheet): Line {
  let line: Line = EMPTY_LINE;
  const about: PersonId[] = [];
  for (const { type, payload } of facts) {
    if (type === 'lit-drop') line = { ...line, leaflet: true };
    if ('firstName' in payload) {
      const { personId, firstName, lastName } = payload;
      line = { ...line, newcomer: { personId, firstName, lastName } };
    } else if ('outcome' in payload) {
      const { personId, outcome, answers, note } = payload;
      const answered = typedAnswers(answers, script);
      line = { ...line, happened: happenedIn(outcome), answers: answered, note: note ?? '' };
      if (personId !== null) about.unshift(personId);
    } else if ('whoId' in payload) {
      const { personId, text, whoId, by } = payload;
      const who = whoId === null ? CHAPTER : whoId === walker ? WALKER : whoId;
      line = { ...line, promise: { text, who, by: by ?? '' } };
      if (personId !== null) about.push(personId);
    } else if ('text' in payload && 'personId' in payload) {
      line = { ...line, note: payload.text ?? '' };
      if (payload.personId !== null) about.unshift(payload.personId);
    } else if ('tag' in payload) {
      line = { ...line, tags: `${line.tags} ${writeTag(payload.tag, tags)}`.trim() };
      about.push(payload.personId);
    } else if ('field' in payload) {
      line = { ...line, corrected: { ...line.corrected, [payload.field]: payload.value } };
      about.push(payload.personId);
    } else if ('given' in payload) {
      const asked = 'channel' in payload ? payload.channel : payload.recipients;
      line = { ...line, allowed: { ...line.allowed, [asked]: writeYesNo(payload.given) } };
      about.push(payload.personId);
    }
  }
  const alone = facts.length === 1 ? (line.newcomer?.personId ?? null) : null;
  return { ...line, personId: about[0] ?? alone };
}
