import type { DoorId, PersonId } from '#shared/kernel/ids.ts';
import type { EnteredLine, PaperSheet } from '#shared/model/paper.ts';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Waiting } from './kept-entry.ts';

/** A line as it stands under its door: with the chapter, or waiting in this browser. */
export interface ShownLine extends EnteredLine {
  readonly place: 'chapter' | 'browser';
  readonly refused: Problem | null;
}

/** The line that a waiting fact will be; null for one that only takes another back. */
function toEntered({ fact, doorId, walker }: Waiting): EnteredLine | null {
  const { opId, hlc, at, payload } = fact;
  const shared = { opId, doorId, hlc, at, walker: walker.name };
  if ('text' in payload) {
    const { personId, text } = payload;
    return { ...shared, personId: personId, outcome: null, answers: [], note: text };
  }
  if (!('outcome' in payload)) return null;
  const { outcome, answers, note } = payload;
  const personId: PersonId | null = payload.personId;
  return { ...shared, personId, outcome, answers, note };
}

/** The line that a fact replaces or takes back. */
function targetOf({ fact }: Waiting): string | null {
  return fact.type === 'withdraw' && 'opId' in fact.payload ? fact.payload.opId : fact.supersedes;
}

/** The sheet once the chapter has this fact, before it is asked again. */
export function withSaved(sheet: PaperSheet, saved: Waiting): PaperSheet {
  const target = targetOf(saved);
  const line = toEntered(saved);
  const others = sheet.entered.filter(({ opId }) => opId !== target && opId !== saved.fact.opId);
  return { ...sheet, entered: line === null ? others : [...others, line] };
}

/** What stands under each door, what waits here laid over what the chapter has. */
export function shownLines(
  entered: readonly EnteredLine[],
  waiting: readonly Waiting[],
): ReadonlyMap<DoorId, readonly ShownLine[]> {
  const gone = new Set(waiting.filter(({ refused }) => refused === null).map(targetOf));
  const lines: ShownLine[] = [
    ...entered.map((line) => ({ ...line, place: 'chapter' as const, refused: null })),
    ...waiting.flatMap((one) => {
      const line = toEntered(one);
      return line === null ? [] : [{ ...line, place: 'browser' as const, refused: one.refused }];
    }),
  ].filter(({ opId, place }) => place === 'browser' || !gone.has(opId));
  const byDoor = new Map<DoorId, ShownLine[]>();
  for (const line of lines) byDoor.set(line.doorId, [...(byDoor.get(line.doorId) ?? []), line]);
  return byDoor;
}
