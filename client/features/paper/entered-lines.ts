import type { DoorId } from '#shared/kernel/ids.ts';
import type {
  EnteredAlso,
  EnteredLine,
  EntryDoor,
  PaperFact,
  PaperSheet,
} from '#shared/model/paper.ts';
import type { Person } from '#shared/model/person.ts';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Waiting } from './kept-entry.ts';

/** A line as it stands under its door: with the chapter, or waiting in this browser. */
export interface ShownLine extends EnteredLine {
  readonly place: 'chapter' | 'browser';
  readonly refused: Problem | null;
  /** It is the first of those that were left together, and says for all why they are refused. */
  readonly first: boolean;
}

function alsoOf({ type, payload }: PaperFact): EnteredAlso | null {
  if (type === 'lit-drop') return { type };
  if ('unit' in payload) return { type: 'door', unit: payload.unit };
  if ('tag' in payload) return { type: 'tag', tag: payload.tag, on: payload.on };
  if ('whoId' in payload) {
    return { type: 'follow-up', text: payload.text, whoId: payload.whoId, by: payload.by };
  }
  if ('firstName' in payload) {
    const { firstName, lastName } = payload;
    return { type: 'resident', firstName, lastName };
  }
  if ('field' in payload) return { type: 'correct', field: payload.field, value: payload.value };
  if ('channel' in payload) {
    return { type: 'contact-consent', channel: payload.channel, given: payload.given };
  }
  if ('recipients' in payload) {
    return { type: 'consent', recipients: payload.recipients, given: payload.given };
  }
  return null;
}

/** The line that a waiting fact will be; null for one that only takes another back. */
function toEntered(fact: PaperFact, { doorId, walker }: Waiting): EnteredLine | null {
  const { opId, hlc, at, payload, type } = fact;
  if (type === 'withdraw') return null;
  const personId = 'personId' in payload ? payload.personId : null;
  const shared = { opId, doorId, personId, hlc, at, walker: walker.name };
  if ('outcome' in payload) {
    const { outcome, answers, note } = payload;
    return { ...shared, outcome, answers, note, also: null };
  }
  const note = type === 'note' && 'text' in payload ? payload.text : null;
  return { ...shared, outcome: null, answers: [], note, also: alsoOf(fact) };
}

/** The line that a fact replaces or takes back. */
function targetOf({ type, payload, supersedes }: PaperFact): string | null {
  return type === 'withdraw' && 'opId' in payload ? payload.opId : supersedes;
}

/** The sheet once the chapter has this line, before it is asked again. */
export function withSaved(sheet: PaperSheet, saved: Waiting): PaperSheet {
  const gone = new Set(saved.facts.flatMap((fact) => [targetOf(fact), fact.opId]));
  const others = sheet.entered.filter(({ opId }) => !gone.has(opId));
  const lines = saved.facts.flatMap((fact) => toEntered(fact, saved) ?? []);
  const walkers = withWalkers(sheet.walkers, [saved]);
  return { ...sheet, walkers, entered: [...others, ...lines] };
}

/** Those who walk, and whoever else is named on these lines. */
export function withWalkers(
  walkers: PaperSheet['walkers'],
  lines: readonly Pick<Waiting, 'walker'>[],
): PaperSheet['walkers'] {
  const all = new Map(walkers.map((one) => [one.id, one]));
  for (const { walker } of lines) if (!all.has(walker.id)) all.set(walker.id, walker);
  return [...all.values()];
}

/** What stands under each door, what waits here laid over what the chapter has. */
export function shownLines(
  entered: readonly EnteredLine[],
  waiting: readonly Waiting[],
): ReadonlyMap<DoorId, readonly ShownLine[]> {
  const gone = new Set(
    waiting.flatMap(({ facts, refused }) => (refused === null ? facts.map(targetOf) : [])),
  );
  const lines: ShownLine[] = [
    ...entered.map((line) => ({
      ...line,
      place: 'chapter' as const,
      refused: null,
      first: true,
    })),
    ...waiting.flatMap((one) =>
      one.facts.flatMap((fact, at) => {
        const line = toEntered(fact, one);
        const { refused } = one;
        return line === null
          ? []
          : [{ ...line, place: 'browser' as const, refused, first: at === 0 }];
      }),
    ),
  ].filter(({ opId, place }) => place === 'browser' || !gone.has(opId));
  const byDoor = new Map<DoorId, ShownLine[]>();
  for (const line of lines) byDoor.set(line.doorId, [...(byDoor.get(line.doorId) ?? []), line]);
  return byDoor;
}

/**
 * The doors with those that were typed in as found and that the chapter does not list yet: each behind
 * the others of its building, numbered after all that have a number, as the chapter will list it.
 */
export function withFound(
  doors: readonly EntryDoor[],
  waiting: readonly Waiting[],
): readonly EntryDoor[] {
  const known = new Set(doors.map(({ id }) => id));
  let last = doors.reduce((most, { position }) => Math.max(most, position), 0);
  const found = waiting.flatMap(({ facts }) =>
    facts.flatMap(({ payload }): EntryDoor[] => {
      if (!('unit' in payload) || known.has(payload.doorId)) return [];
      const beside = doors.find(({ buildingId }) => buildingId === payload.buildingId);
      if (beside === undefined) return [];
      const { doorId: id, buildingId, unit } = payload;
      const { building } = beside;
      known.add(id);
      last += 1;
      const nobody = { people: [], refusing: [], standing: 'to-do' as const };
      return [{ id, buildingId, unit, position: last, building, ...nobody }];
    }),
  );
  if (found.length === 0) return doors;
  const ends = new Map(doors.map(({ buildingId, id }) => [buildingId, id]));
  return doors.flatMap((door) =>
    ends.get(door.buildingId) === door.id
      ? [door, ...found.filter(({ buildingId }) => buildingId === door.buildingId)]
      : [door],
  );
}

/** A door with those who were typed in as new there, until the chapter names them itself. */
export function withMet(door: EntryDoor, lines: readonly ShownLine[]): EntryDoor {
  const known = new Set(door.people.map(({ id }) => id));
  const met = lines.flatMap(({ also, personId }): Person[] => {
    if (also?.type !== 'resident' || personId === null || known.has(personId)) return [];
    known.add(personId);
    const { firstName, lastName } = also;
    const unknown = { age: null, party: null, sex: null, phone: null };
    const person = { id: personId, kind: 'resident' as const, doorId: door.id };
    return [{ ...person, firstName, lastName, ...unknown, target: true, doNotContact: false }];
  });
  return met.length === 0 ? door : { ...door, people: [...door.people, ...met] };
}
