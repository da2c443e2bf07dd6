import type {
  AnswerId,
  DoorId,
  MemberId,
  OpId,
  PersonId,
  QuestionId,
  TurfId,
} from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Channel } from '../model/consent.ts';
import type { Answer, Given, Outcome } from '../model/fact.ts';
import type { Operation } from '../model/operation.ts';
import type { ResultCode } from '../model/results.ts';
import type { DoorStanding } from '../model/turf.ts';
import { type Corrected, foldCorrections } from './corrections.ts';
import { effectiveFacts } from './effective-facts.ts';
import { knockedAt } from './knocked-at.ts';
import { refusingBy } from './refused-ways.ts';

/** A knock that still stands. */
export interface DoorKnock {
  readonly opId: OpId;
  readonly personId: PersonId | null;
  readonly outcome: Outcome;
  readonly answers: readonly Answer[];
  readonly note: string | null;
  /** Set right by the server's clock. */
  readonly at: Instant;
  readonly actorId: MemberId;
  readonly turfId: TurfId;
  readonly scriptVersionId: string | null;
}

/** A note that still stands: of its own, or said with a knock. */
export interface DoorNote {
  readonly opId: OpId;
  readonly personId: PersonId | null;
  readonly text: string;
  readonly at: Instant;
  readonly actorId: MemberId;
}

/** Somebody met at the door who is in no roll. */
export interface DoorResident {
  readonly opId: OpId;
  readonly personId: PersonId;
  readonly firstName: string;
  readonly lastName: string;
}

/** What is known of one person at the door out of facts; nobody without a fact has one. */
export interface PersonState {
  readonly personId: PersonId;
  readonly lastOutcome: Outcome | null;
  readonly lastAt: Instant | null;
  readonly doNotContact: boolean;
  /** The latest answer to each question, whatever the version of the script. */
  readonly answers: readonly {
    readonly questionId: QuestionId;
    readonly id: AnswerId;
    readonly given: Given;
  }[];
  /** 1 to 5, null when never answered. */
  readonly support: number | null;
}

/** One door as computed from its facts. */
export interface DoorState {
  readonly doorId: DoorId;
  readonly standing: DoorStanding;
  /** The flag of the door or of everybody behind it; nothing takes it back on a phone. */
  readonly doNotContact: boolean;
  /** The turf's knocks that stand, oldest first. */
  readonly knocks: readonly DoorKnock[];
  readonly lastKnock: DoorKnock | null;
  /** Somebody spoke with us, in this turf. */
  readonly contacted: boolean;
  readonly litDropped: boolean;
  /** Knocks of other turfs and earlier passes, oldest first. */
  readonly earlier: readonly DoorKnock[];
  readonly notes: readonly DoorNote[];
  readonly residents: readonly DoorResident[];
  readonly people: ReadonlyMap<PersonId, PersonState>;
  /** What was put right of people at the door, over what roll and packet say. */
  readonly corrections: ReadonlyMap<PersonId, Corrected>;
  /** Who said that nobody may get in touch by the way that was asked about. */
  readonly refusing: ReadonlySet<PersonId>;
  /** Everybody of the door has, or asked not to be contacted at all. */
  readonly allRefuse: boolean;
}

/** The door whose state is asked for, with the people whom the roll and the packet name. */
export interface DoorToFold {
  readonly doorId: DoorId;
  readonly people: readonly { readonly id: PersonId; readonly doNotContact: boolean }[];
  /** Knocks of this turf make the standing; null counts every knock there ever was. */
  readonly turfId: TurfId | null;
  /** By which way the turf gets in touch; left out: what was said of ways does not count. */
  readonly way?: Channel | null;
}

/** A conversation did not happen, and may the next time. */
const TRY_AGAIN: ReadonlySet<ResultCode> = new Set([
  'not-home',
  'come-back',
  'inaccessible',
  'voicemail',
]);

/** True for a knock that says do not contact, whatever became of it later, until an admin clears it. */
export function asksNoContact(operation: Operation): boolean {
  return (
    operation.cleared !== true &&
    operation.type === 'knock' &&
    operation.payload.outcome.kind === 'result' &&
    operation.payload.outcome.result === 'do-not-contact'
  );
}

function toKnock(operation: Operation & { type: 'knock' }): DoorKnock {
  const { personId, outcome, answers, note } = operation.payload;
  return {
    opId: operation.opId,
    personId,
    outcome,
    answers,
    note,
    at: knockedAt(operation),
    actorId: operation.actorId,
    turfId: operation.scopeId,
    scriptVersionId: operation.scriptVersionId,
  };
}

function collectNotes(facts: readonly Operation[]): DoorNote[] {
  return facts.flatMap((fact) => {
    const text =
      fact.type === 'note' ? fact.payload.text : fact.type === 'knock' ? fact.payload.note : null;
    if (text === null || text === '' || (fact.type !== 'note' && fact.type !== 'knock')) return [];
    const { opId, actorId, payload } = fact;
    return [{ opId, personId: payload.personId, text, at: knockedAt(fact), actorId }];
  });
}

function foldPeople(
  knocks: readonly DoorKnock[],
  flagged: ReadonlySet<PersonId>,
): ReadonlyMap<PersonId, PersonState> {
  const people = new Map<PersonId, PersonState>();
  const of = (personId: PersonId): PersonState =>
    people.get(personId) ?? {
      personId,
      lastOutcome: null,
      lastAt: null,
      doNotContact: flagged.has(personId),
      answers: [],
      support: null,
    };
  for (const personId of [...flagged].sort()) people.set(personId, of(personId));
  for (const knock of knocks) {
    if (knock.personId === null) continue;
    const before = of(knock.personId);
    const answered = new Set(knock.answers.map((answer) => answer.questionId));
    const support = knock.answers.findLast((answer) => answer.given.kind === 'support')?.given;
    people.set(knock.personId, {
      ...before,
      lastOutcome: knock.outcome,
      lastAt: knock.at,
      answers: [
        ...before.answers.filter((answer) => !answered.has(answer.questionId)),
        ...knock.answers,
      ],
      support: support?.kind === 'support' ? support.level : before.support,
    });
  }
  return people;
}

function standingOf(
  flagged: boolean,
  allRefuse: boolean,
  knocks: readonly DoorKnock[],
  litDropped: boolean,
): DoorStanding {
  if (flagged) return 'do-not-contact';
  if (knocks.some((knock) => knock.outcome.kind === 'contact')) return 'contact';
  // Nobody there wants to be asked in this way: nothing is left to do.
  if (allRefuse) return 'done';
  const last = knocks.at(-1)?.outcome;
  if (last?.kind === 'result') return TRY_AGAIN.has(last.result) ? 'not-home' : 'done';
  return litDropped ? 'done' : 'to-do';
}

/**
 * The state of one door out of its facts: the same for every order and every repetition of the
 * same facts (I5). A withdrawn fact no longer counts, except that a do-not-contact stays: it wins
 * over everything, and only the chapter can clear it. A flag on a door stands for everybody there.
 * Where everybody said no to the turf's own `way`, the door is done.
 */
export function foldDoor(door: DoorToFold, facts: Iterable<Operation>): DoorState {
  const all = [...facts].filter((fact) => fact.entityId === door.doorId);
  const standing = effectiveFacts(all);
  const ofTurf = (fact: Operation): boolean => door.turfId === null || fact.scopeId === door.turfId;

  const residents = standing.flatMap((fact) =>
    fact.type === 'resident' && fact.emptied !== true
      ? [
          {
            opId: fact.opId,
            personId: fact.payload.personId,
            firstName: fact.payload.firstName,
            lastName: fact.payload.lastName,
          },
        ]
      : [],
  );
  const flagged = new Set(door.people.filter((one) => one.doNotContact).map((one) => one.id));
  let doorFlagged = false;
  for (const fact of all) {
    if (fact.type !== 'knock' || !asksNoContact(fact)) continue;
    if (fact.payload.personId === null) doorFlagged = true;
    else flagged.add(fact.payload.personId);
  }
  const present = [...door.people.map((one) => one.id), ...residents.map((one) => one.personId)];
  if (doorFlagged) for (const personId of present) flagged.add(personId);
  const doNotContact =
    doorFlagged || (present.length > 0 && present.every((personId) => flagged.has(personId)));

  const refusing = door.way ? refusingBy(standing, door.way) : new Set<PersonId>();
  const allRefuse =
    !doNotContact &&
    present.length > 0 &&
    present.every((id) => refusing.has(id) || flagged.has(id));

  const every = standing.flatMap((fact) => (fact.type === 'knock' ? [fact] : []));
  const knocks = every.filter(ofTurf).map(toKnock);
  const earlier = every.filter((fact) => !ofTurf(fact)).map(toKnock);
  const litDropped = standing.some((fact) => fact.type === 'lit-drop' && ofTurf(fact));
  return {
    doorId: door.doorId,
    standing: standingOf(doNotContact, allRefuse, knocks, litDropped),
    doNotContact,
    knocks,
    lastKnock: knocks.at(-1) ?? null,
    contacted: knocks.some((knock) => knock.outcome.kind === 'contact'),
    litDropped,
    earlier,
    notes: collectNotes(standing),
    residents,
    people: foldPeople(every.map(toKnock), flagged),
    corrections: foldCorrections(standing),
    refusing,
    allRefuse,
  };
}
