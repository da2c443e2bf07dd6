import { nextStamp } from '#shared/merge/stamps.ts';
import {
  type AnswerId,
  type DoorId,
  makeId,
  type MemberId,
  type OpId,
  type PersonId,
  type ScriptVersionId,
} from '#shared/kernel/ids.ts';
import type { Problem } from '#shared/kernel/problem.ts';
import type { FoundDoor } from '#shared/model/fact.ts';
import type { EnteredLine, PaperFact, PaperLanguage } from '#shared/model/paper.ts';
import { EMPTY_LINE, type Line, type SaidFact } from './line.ts';

/** Who walked and when, for every line until it is changed. */
export interface Shift {
  readonly walker: { readonly id: MemberId; readonly name: string } | null;
  /** `YYYY-MM-DD` and `HH:MM` in the chapter's zone. */
  readonly day: string;
  readonly time: string;
  readonly scriptId: ScriptVersionId | null;
  /** In which the paper is printed: its words are kept with what people allow. */
  readonly language: PaperLanguage;
}

/** A line that was left and is not known to be with the chapter. */
export interface Waiting {
  /** What it says: the chapter takes all of it or nothing. */
  readonly facts: readonly PaperFact[];
  readonly doorId: DoorId;
  readonly walker: { readonly id: MemberId; readonly name: string };
  /** It was on its way at least once: the chapter may have it. */
  readonly sent: boolean;
  /** Why the chapter did not take it; null: it goes as soon as it can. */
  readonly refused: Problem | null;
}

/** What was typed for one turf in this browser and is not with the chapter yet. */
export interface Kept {
  readonly epoch: string;
  readonly nextSeq: number;
  readonly lastStamp: string | null;
  readonly shift: Shift;
  readonly lines: Readonly<Record<string, Line>>;
  readonly waiting: readonly Waiting[];
}

const random = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));

export const makePersonId = (): PersonId => makeId<PersonId>(Date.now(), random);

/**
 * Whoever walked, as the name is typed. Somebody new keeps one id from letter to letter; whoever is
 * among `walkers` has theirs, and a name that is typed over theirs is somebody else's.
 */
export function nameWalker(
  name: string,
  before: Shift['walker'],
  walkers: readonly NonNullable<Shift['walker']>[],
): Shift['walker'] {
  if (name === '') return null;
  const known = walkers.find((one) => one.name === name.trim());
  const made = walkers.some(({ id }) => id === before?.id) ? undefined : before?.id;
  return { id: known?.id ?? made ?? makeId<MemberId>(Date.now(), random), name };
}

export function newKept(shift: Shift): Kept {
  const epoch = makeId(Date.now(), random);
  return { epoch, nextSeq: 1, lastStamp: null, shift, lines: {}, waiting: [] };
}

interface At {
  readonly ms: number;
  readonly offset: number;
}

const later = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && b > a) ? b : a;

const isOfMinute = (stamp: string, { ms }: At): boolean =>
  stamp.startsWith(nextStamp(null, ms).slice(0, 12));

/** After every line of the same minute, and after the one that it corrects. */
function stampFor(lastStamp: string | null, at: At, after: string | null): string {
  const same = lastStamp !== null && isOfMinute(lastStamp, at) ? lastStamp : null;
  return nextStamp(later(same, after), at.ms);
}

/** The last of these stamps of one minute: what is typed now of the same minute comes after it. */
export function lastOfMinute(stamps: readonly string[], at: At): string | null {
  return stamps.filter((stamp) => isOfMinute(stamp, at)).reduce<string | null>(later, null);
}

/** A dwelling that is on no list is a line of its own, at its own id. */
export function leaveFound(kept: Kept, found: FoundDoor, at: At): Kept {
  const fact = { type: 'door', payload: found, supersedes: null } as const;
  return withFacts(kept, found.doorId, at, [fact], null);
}

function payloadOf(said: SaidFact, doorId: DoorId): PaperFact['payload'] {
  if (said.type !== 'knock') return { doorId, ...said.payload };
  const answers = said.payload.answers.map((one) => ({
    ...one,
    id: makeId<AnswerId>(Date.now(), random),
  }));
  return { doorId, ...said.payload, answers };
}

type Unmade = Pick<PaperFact, 'type' | 'payload' | 'supersedes'>;

/** One more line at the end of what waits. Its ids are made here, once, however often it is sent. */
function withFacts(
  kept: Kept,
  doorId: DoorId,
  at: At,
  facts: readonly Unmade[],
  after: string | null,
): Kept {
  const { walker, scriptId } = kept.shift;
  if (walker === null) return kept;
  let { nextSeq, lastStamp } = kept;
  const made = facts.map((fact): PaperFact => {
    lastStamp = stampFor(lastStamp, at, after);
    const opId = makeId<OpId>(Date.now(), random);
    const { ms, offset } = at;
    const own = { opId, localSeq: nextSeq, hlc: lastStamp, at: { ms, offset } };
    nextSeq += 1;
    return { ...fact, ...own, scriptVersionId: scriptId };
  });
  const line = { facts: made, doorId, walker, sent: false, refused: null };
  return { ...kept, nextSeq, lastStamp, waiting: [...kept.waiting, line] };
}

/**
 * The line is left: what it says goes to the chapter, and the line is empty again. `after` is the
 * stamp of what it comes after in any case, beside the line that it corrects.
 */
export function leaveLine(
  kept: Kept,
  doorId: DoorId,
  line: Line,
  said: readonly SaidFact[],
  at: At,
  after: string | null = null,
): Kept {
  const { replaces } = line;
  const facts = said.map((one): Unmade => {
    const isSaid = one.type === 'knock' || one.type === 'note';
    const supersedes = isSaid ? (replaces?.opId ?? null) : null;
    return { type: one.type, payload: payloadOf(one, doorId), supersedes };
  });
  const { [doorId]: _, ...lines } = kept.lines;
  return withFacts({ ...kept, lines }, doorId, at, facts, later(replaces?.hlc ?? null, after));
}

/** Without a fact, and without what only stands with it: what is said of somebody who is new. */
function without(facts: readonly PaperFact[], opId: OpId): readonly PaperFact[] {
  const gone = facts.find((fact) => fact.opId === opId);
  const person = gone?.type === 'resident' && 'personId' in gone.payload && gone.payload.personId;
  return facts.filter(
    (fact) =>
      fact !== gone && !(person && 'personId' in fact.payload && fact.payload.personId === person),
  );
}

/** Takes back what a line says: what never left is simply dropped. */
export function takeBack(kept: Kept, line: EnteredLine, at: At): Kept {
  const { opId, doorId, hlc } = line;
  const own = kept.waiting.find(({ facts }) => facts.some((fact) => fact.opId === opId));
  if (own !== undefined && (!own.sent || own.refused !== null)) {
    if (own.facts.some(({ type }) => type === 'door')) {
      // No door, no row: what waits there would be seen by nobody and taken by no chapter.
      const { [doorId]: _, ...lines } = kept.lines;
      const waiting = kept.waiting.filter((one) => one.doorId !== doorId);
      return { ...kept, lines, waiting };
    }
    const facts = without(own.facts, opId);
    const rest = facts.length === 0 ? [] : [{ ...own, facts, refused: null }];
    return { ...kept, waiting: kept.waiting.flatMap((one) => (one === own ? rest : [one])) };
  }
  const fact = { type: 'withdraw', payload: { doorId, opId }, supersedes: null } as const;
  return withFacts(kept, doorId, at, [fact], hlc);
}

/** Where it lies: one place for each chapter, member and turf. */
export const keptName = (chapterId: string, memberId: string, turfId: string): string =>
  `homeground-paper ${chapterId} ${memberId} ${turfId}`;

/** As an earlier version of this page may have left it. */
interface KeptBefore extends Omit<Kept, 'shift' | 'lines' | 'waiting'> {
  readonly shift: Omit<Shift, 'language'> & Partial<Pick<Shift, 'language'>>;
  readonly lines: Readonly<Record<string, Partial<Line>>>;
  readonly waiting: readonly (Omit<Waiting, 'facts'> &
    Partial<Pick<Waiting, 'facts'>> & { readonly fact?: PaperFact })[];
}

function asNow(before: KeptBefore): Kept {
  const lines = Object.entries(before.lines).map(([id, line]) => [id, { ...EMPTY_LINE, ...line }]);
  return {
    ...before,
    shift: { language: 'en', ...before.shift },
    lines: Object.fromEntries(lines) as Kept['lines'],
    waiting: before.waiting.map(({ fact, facts = fact ? [fact] : [], ...rest }) => ({
      ...rest,
      facts,
    })),
  };
}

/** What was kept, out of its text; null for what this version cannot read. */
export function parseKept(text: string): Kept | null {
  try {
    const value = JSON.parse(text) as Partial<Kept> | null;
    const whole =
      typeof value?.epoch === 'string' &&
      typeof value.nextSeq === 'number' &&
      Array.isArray(value.waiting) &&
      typeof value.lines === 'object' &&
      typeof value.shift === 'object';
    return whole ? asNow(value as KeptBefore) : null;
  } catch {
    return null;
  }
}
