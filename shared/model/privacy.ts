import { Type, type Static } from 'typebox';
import type { ImportId, PersonId } from '../kernel/ids.ts';
import {
  NOT_KNOWN,
  PURPOSES,
  REGIONS,
  SERVER_PLACES,
  type ChapterRules,
  type Region,
  type Terms,
} from './rules.ts';
import { id, orNull, strict, words } from './schema.ts';

const day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', maxLength: 10 });
const why = Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' });

/** `POST /v1/person/find`: by post, so that no address of a page holds a name. */
export const FindPerson = Type.Object(
  { typed: Type.String({ minLength: 1, maxLength: 120 }) },
  strict,
);
/** `POST /v1/person/copy`. */
export const CopyPerson = Type.Object({ id: id<PersonId>() }, strict);
/** `POST /v1/person/erase`. */
export const ErasePerson = Type.Object({ id: id<PersonId>(), why }, strict);
/** `POST /v1/person/clear`: with `ofDoor` for everybody at a door where everybody had asked. */
export const ClearOptOut = Type.Object({ id: id<PersonId>(), why, ofDoor: Type.Boolean() }, strict);
export type ClearOptOut = Static<typeof ClearOptOut>;

/** Somebody whom the chapter knows, as they are looked up. */
export interface FoundPerson {
  readonly id: PersonId;
  readonly kind: 'voter' | 'resident';
  /** The roll's own number; null for a resident. */
  readonly voterId: string | null;
  readonly name: string;
  readonly address: string;
  /** False: known from an earlier roll or from facts alone. */
  readonly inRoll: boolean;
  /** Under 18, and in no list. */
  readonly minor: boolean;
  /** Who asked not to be contacted: they did, or everybody at their door. */
  readonly doNotContact: 'person' | 'door' | null;
  /** Further records that were found to be theirs. */
  readonly others: readonly {
    readonly id: PersonId;
    readonly voterId: string | null;
    readonly name: string;
    readonly address: string;
  }[];
}

/** What an erasure did. Time in ms since 1970. */
export interface Erased {
  /** Facts of the log and held ones that were emptied. */
  readonly facts: number;
  readonly at: number;
  /** How many records of the roll they were: all of them are gone. */
  readonly records: number;
}

/** Everything that the chapter holds of one person: `POST /v1/person/copy`. */
export interface PersonCopy {
  readonly madeAt: string;
  readonly chapter: string;
  readonly person: FoundPerson;
  /** The voter file's own words, by its fields. */
  readonly roll: Readonly<Record<string, string | number | null>> | null;
  readonly obtainedUnder: Terms | null;
  /** The same of further records that were found to be theirs. */
  readonly otherRolls: readonly Readonly<Record<string, string | number | null>>[];
  readonly voted: readonly { readonly election: string; readonly method: string }[];
  /** Knocks, answers, notes and whatever else is about them, oldest first, whole. */
  readonly facts: readonly PersonFact[];
  readonly consents: readonly {
    readonly recipients: string;
    readonly given: boolean;
    readonly wording: string;
    readonly at: string;
  }[];
  readonly turfs: readonly string[];
  /** What other files said that the chapter has appended; not in older copies. */
  readonly layers?: readonly {
    readonly layer: string;
    readonly column: string;
    readonly value: string;
    /** The file that it is from. */
    readonly from: string;
  }[];
  /** What has left the chapter since they are known to it and may hold them. */
  readonly shared: readonly {
    readonly to: string;
    readonly what: string;
    readonly purpose: string;
    readonly at: string;
  }[];
  readonly history: readonly { readonly at: string; readonly what: string; readonly by: string }[];
}
export interface PersonFact {
  readonly kind: string;
  readonly at: string;
  readonly by: string;
  /** It names them; else it was said at their door. */
  readonly named: boolean;
  readonly held: boolean;
  readonly said: unknown;
}

/** A copy twice: for programs, and as a page of text for the person. */
export interface CopyAnswer {
  readonly copy: PersonCopy;
  readonly text: string;
}

/** `PUT /v1/rules`. */
export const SetRules = Type.Object(
  {
    region: words(REGIONS),
    serverIn: orNull<(typeof SERVER_PLACES)[number]>({
      type: 'string',
      enum: [...SERVER_PLACES, null],
    }),
    notesMonths: Type.Integer({ minimum: 1, maximum: 12 }),
    answersMonths: Type.Integer({ minimum: 1, maximum: 24 }),
    certifiedOn: orNull<string>(day),
    keyDays: Type.Integer({ minimum: 1, maximum: 90 }),
  },
  strict,
);
export type SetRules = Static<typeof SetRules>;

/** With an import, and `PUT /v1/roll/imports/:id/terms`: nothing is left out, all may be not known. */
export const GivenTerms = Type.Object(
  {
    state: words([...REGIONS, NOT_KNOWN]),
    obtainedOn: orNull<string>(day),
    purpose: words([...PURPOSES, NOT_KNOWN]),
    agreement: Type.String({ maxLength: 4000 }),
    serverIn: words([...SERVER_PLACES, NOT_KNOWN]),
  },
  strict,
);

/** What a sweep has deleted or, before it, would delete, and what it found amiss. */
export interface SweepReport {
  readonly notes: number;
  readonly answers: number;
  readonly uploads: number;
  readonly faults: number;
  readonly keys: number;
  readonly sessions: number;
  readonly adults: number;
  /** Terms of the roll that stands which nobody knows: five are asked for. They stay. */
  readonly unknownTerms: number;
}

export interface Sweep {
  readonly at: number;
  readonly report: SweepReport;
}

/** `GET /v1/rules`: what holds for this chapter, and what it keeps. */
export interface RulesPage {
  readonly region: Region | null;
  readonly rules: ChapterRules;
  readonly files: readonly {
    readonly id: ImportId;
    readonly fileName: string;
    readonly at: number;
    /** The roll that stands now came with it. */
    readonly stands: boolean;
    readonly terms: Terms | null;
  }[];
  readonly sweeps: readonly Sweep[];
  readonly next: SweepReport;
  readonly optedOut: number;
  readonly optedOutDoors: number;
  /** Marks of those who must not come back, and of those who were erased. */
  readonly marks: number;
  readonly erased: number;
  readonly minors: number;
}
