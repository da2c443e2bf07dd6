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
import type { EnteredLine, PaperFact } from '#shared/model/paper.ts';
import type { Line, Said } from './line.ts';

/** Who walked and when, for every line until it is changed. */
export interface Shift {
  readonly walker: { readonly id: MemberId; readonly name: string } | null;
  /** `YYYY-MM-DD` and `HH:MM` in the chapter's zone. */
  readonly day: string;
  readonly time: string;
  readonly scriptId: ScriptVersionId | null;
}

/** A line that was left and is not known to be with the chapter. */
export interface Waiting {
  readonly fact: PaperFact;
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

export const makeMemberId = (): MemberId => makeId<MemberId>(Date.now(), random);

export function newKept(shift: Shift): Kept {
  const epoch = makeId(Date.now(), random);
  return { epoch, nextSeq: 1, lastStamp: null, shift, lines: {}, waiting: [] };
}

interface At {
  readonly ms: number;
  readonly offset: number;
}

/** After every line of the same minute, and after the one that it corrects. */
function stampFor({ lastStamp }: Kept, at: At, after: string | null): string {
  const same = lastStamp !== null && lastStamp.startsWith(nextStamp(null, at.ms).slice(0, 12));
  const last = [same ? lastStamp : null, after].reduce<string | null>(
    (latest, one) => (one !== null && (latest === null || one > latest) ? one : latest),
    null,
  );
  return nextStamp(last, at.ms);
}

function payloadOf(said: Said, doorId: DoorId): PaperFact['payload'] {
  const personId = said.personId as PersonId | null;
  if (said.type === 'note') return { doorId, personId, text: said.text };
  const answers = said.answers.map((one) => ({ ...one, id: makeId<AnswerId>(Date.now(), random) }));
  return { doorId, personId, outcome: said.outcome, answers, note: said.note };
}

/** One more fact at the end of what waits. Its id is made here, once, however often it is sent. */
function withFact(
  kept: Kept,
  doorId: DoorId,
  at: At,
  fact: Pick<PaperFact, 'type' | 'payload' | 'supersedes'>,
  after: string | null,
): Kept {
  const { walker, scriptId } = kept.shift;
  if (walker === null) return kept;
  const hlc = stampFor(kept, at, after);
  const made: PaperFact = {
    ...fact,
    opId: makeId<OpId>(Date.now(), random),
    localSeq: kept.nextSeq,
    hlc,
    at: { ms: at.ms, offset: at.offset },
    scriptVersionId: scriptId,
  };
  return {
    ...kept,
    nextSeq: kept.nextSeq + 1,
    lastStamp: hlc,
    waiting: [...kept.waiting, { fact: made, doorId, walker, sent: false, refused: null }],
  };
}

/** The line is left: what it says goes to the chapter, and the line is empty again. */
export function leaveLine(kept: Kept, doorId: DoorId, line: Line, said: Said, at: At): Kept {
  const supersedes = line.replaces?.opId ?? null;
  const fact = { type: said.type, payload: payloadOf(said, doorId), supersedes };
  const { [doorId]: _, ...lines } = kept.lines;
  return withFact({ ...kept, lines }, doorId, at, fact, line.replaces?.hlc ?? null);
}

/** Takes a line back: one that never left is simply dropped. */
export function takeBack(kept: Kept, line: EnteredLine, at: At): Kept {
  const { opId, doorId, hlc } = line;
  const own = kept.waiting.find(({ fact }) => fact.opId === opId);
  if (own !== undefined && (!own.sent || own.refused !== null)) {
    return { ...kept, waiting: kept.waiting.filter((one) => one !== own) };
  }
  const fact = { type: 'withdraw', payload: { doorId, opId }, supersedes: null } as const;
  return withFact(kept, doorId, at, fact, hlc);
}

/** Where it lies: one place for each chapter, member and turf. */
export const keptName = (chapterId: string, memberId: string, turfId: string): string =>
  `homeground-paper ${chapterId} ${memberId} ${turfId}`;

/** What lies there; null for nothing, or for what this version cannot read. */
export function readKept(name: string): Kept | null {
  try {
    const text = localStorage.getItem(name);
    const value = text === null ? null : (JSON.parse(text) as Partial<Kept> | null);
    const whole =
      typeof value?.epoch === 'string' &&
      typeof value.nextSeq === 'number' &&
      Array.isArray(value.waiting) &&
      typeof value.lines === 'object' &&
      typeof value.shift === 'object';
    return whole ? (value as Kept) : null;
  } catch {
    return null;
  }
}

/** Keeps it, or clears the place when nothing is left. False when this browser has no room for it. */
export function writeKept(name: string, kept: Kept): boolean {
  try {
    localStorage.setItem(name, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}
