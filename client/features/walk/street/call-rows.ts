import type { DoorState } from '#shared/canvass/door-state.ts';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { Person } from '#shared/model/person.ts';
import type { ResultCode } from '#shared/model/results.ts';
import type { DoorRow } from '../door-row.ts';

/**
 * How somebody on a call list stands in this list. `again`: nobody spoke, and may the next time;
 * `refuses`: they said, since the list was made, that nobody may call.
 */
export type CallStanding = 'to-do' | 'again' | 'contact' | 'done' | 'refuses' | 'do-not-contact';

/** Somebody to be called. */
export interface CallRow {
  readonly row: DoorRow;
  readonly person: Person;
  readonly standing: CallStanding;
  /** What came of the last call of this list, and how many there were. */
  readonly last: ResultCode | 'contact' | null;
  readonly lastAt: number | null;
  readonly calls: number;
  /** An earlier call, from whatever list, found that the number is not theirs. */
  readonly wrongBefore: boolean;
}

const AGAIN: ReadonlySet<ResultCode> = new Set([
  'not-home',
  'voicemail',
  'come-back',
  'inaccessible',
]);

/** Whom the list is for: those that it names who have a number, whatever became of it since. */
export function isCallable(person: Person): boolean {
  return person.kind === 'voter' && person.target && (person.phone ?? '') !== '';
}

function callRow(row: DoorRow, person: Person, state: DoorState | null): CallRow {
  const of = (state?.knocks ?? []).filter((knock) => knock.personId === person.id);
  const before = (state?.earlier ?? []).findLast((knock) => knock.personId === person.id);
  const lastKnock = of.at(-1);
  const last =
    lastKnock === undefined
      ? null
      : lastKnock.outcome.kind === 'contact'
        ? 'contact'
        : lastKnock.outcome.result;
  const spoke = of.some((knock) => knock.outcome.kind === 'contact');
  const standing: CallStanding = person.doNotContact
    ? 'do-not-contact'
    : spoke
      ? 'contact'
      : (state?.refusing.has(person.id) ?? false)
        ? 'refuses'
        : last === null
          ? 'to-do'
          : last !== 'contact' && AGAIN.has(last)
            ? 'again'
            : 'done';
  return {
    row,
    person,
    standing,
    last,
    lastAt: lastKnock?.at.ms ?? null,
    calls: of.length,
    wrongBefore: before?.outcome.kind === 'result' && before.outcome.result === 'wrong-number',
  };
}

/** The call list person by person, in the order of its households. */
export function callRows(
  rows: readonly DoorRow[],
  stateOf: (doorId: DoorId) => DoorState | null,
): readonly CallRow[] {
  return rows.flatMap((row) =>
    row.people.filter(isCallable).map((person) => callRow(row, person, stateOf(row.door.id))),
  );
}

/** Without those who were never called and must not be: they are off the list as soon as that is heard. */
export function onList(rows: readonly CallRow[]): readonly CallRow[] {
  return rows.filter(({ standing, calls }) => standing !== 'refuses' || calls > 0);
}

/**
 * Whom to call next: the first to do from a place in the list on, then from its beginning; after them
 * those whom nobody reached, the one who was tried the longest ago first. Null: all are done.
 */
export function nextCall(list: readonly CallRow[], from: number): CallRow | null {
  const toDo = (part: readonly CallRow[]) => part.find(({ standing }) => standing === 'to-do');
  const fresh = toDo(list.slice(from)) ?? toDo(list);
  if (fresh !== undefined) return fresh;
  const again = list.filter(({ standing }) => standing === 'again');
  return again.sort((a, b) => (a.lastAt ?? 0) - (b.lastAt ?? 0))[0] ?? null;
}

/**
 * Where one caller begins: callers who share a list begin at different places of it. The same for the
 * same caller always.
 */
export function startOf(caller: string, length: number): number {
  if (length === 0) return 0;
  let sum = 0;
  for (const letter of caller) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % length;
}
