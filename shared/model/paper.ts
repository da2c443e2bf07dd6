import { Type, type Static } from 'typebox';
import type {
  DoorId,
  MemberId,
  OpId,
  PersonId,
  ScriptVersionId,
  TagId,
  TurfId,
} from '../kernel/ids.ts';
import type { Asked } from './asked-words.ts';
import type { Building } from './door.ts';
import {
  Consent,
  ContactConsent,
  Correct,
  FollowUp,
  FoundDoor,
  Knock,
  LitDrop,
  Note,
  Resident,
  Tagged,
  Withdraw,
} from './fact.ts';
import type { PacketDoor, PacketUnit } from './packet.ts';
import type { Person } from './person.ts';
import { id, orNull, strict, words } from './schema.ts';
import type { ScriptVersion } from './script.ts';
import type { DoorStanding } from './turf.ts';

/** The languages that a list is printed in. */
export const PAPER_LANGUAGES = ['en', 'es'] as const;
export type PaperLanguage = (typeof PAPER_LANGUAGES)[number];

/**
 * What one line of paper can say: a knock, a note without one, literature left, somebody new there,
 * what they allow, what was put right of them, tags, a promise, or that an earlier line was wrong; a
 * line of its own: a dwelling that is on no list.
 */
export const PAPER_TYPES = [
  'knock',
  'note',
  'lit-drop',
  'resident',
  'consent',
  'contact-consent',
  'correct',
  'tag',
  'follow-up',
  'door',
  'withdraw',
] as const;
export type PaperType = (typeof PAPER_TYPES)[number];

/**
 * A fact of a line of paper, as the browser makes it: id, number and stamp stay the same however often
 * it is sent. The server adds who walked, and judges it like a phone's.
 */
export const PaperFact = Type.Object(
  {
    opId: id<OpId>(),
    /** 1, 2, 3 … within the epoch. */
    localSeq: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    type: words(PAPER_TYPES),
    hlc: Type.String({ maxLength: 17, pattern: '^[0-9a-f]{12}-[0-9a-f]{4}$' }),
    /** When the door was knocked, as the paper says it. */
    at: Type.Object(
      {
        ms: Type.Integer({ minimum: 0, maximum: 2 ** 48 }),
        offset: Type.Integer({ minimum: -1440, maximum: 1440 }),
      },
      strict,
    ),
    scriptVersionId: orNull<ScriptVersionId>(id<ScriptVersionId>()),
    supersedes: orNull<OpId>(id<OpId>()),
    payload: Type.Union([
      Knock,
      Note,
      LitDrop,
      Resident,
      Consent,
      ContactConsent,
      Correct,
      Tagged,
      FollowUp,
      FoundDoor,
      Withdraw,
    ]),
  },
  strict,
);
export type PaperFact = Static<typeof PaperFact>;

/** `POST /v1/turfs/:id/paper`: one line, all of its facts or none. */
export const EnterPaper = Type.Object(
  {
    /** Made anew whenever the browser's drafts are made anew. */
    epoch: Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9-]+$' }),
    /** Who walked: a member, or somebody whom the chapter does not know yet, with an id made here. */
    walker: Type.Object(
      { id: id<MemberId>(), name: Type.String({ minLength: 1, maxLength: 80 }) },
      strict,
    ),
    facts: Type.Array(PaperFact, { minItems: 1, maxItems: 80 }),
  },
  strict,
);
export type EnterPaper = Static<typeof EnterPaper>;

/** What a line says beside a knock or a note. */
export type EnteredAlso =
  | ({ readonly type: 'resident' } & Pick<Resident, 'firstName' | 'lastName'>)
  | ({ readonly type: 'consent' } & Pick<Consent, 'recipients' | 'given'>)
  | ({ readonly type: 'contact-consent' } & Pick<ContactConsent, 'channel' | 'given'>)
  | ({ readonly type: 'correct' } & Pick<Correct, 'field' | 'value'>)
  | { readonly type: 'lit-drop' }
  | ({ readonly type: 'tag' } & Pick<Tagged, 'tag' | 'on'>)
  | ({ readonly type: 'follow-up' } & Pick<FollowUp, 'text' | 'whoId' | 'by'>)
  | ({ readonly type: 'door' } & Pick<FoundDoor, 'unit'>);

/** A fact that was typed in and stands. */
export interface EnteredLine {
  readonly opId: OpId;
  readonly doorId: DoorId;
  readonly personId: PersonId | null;
  /** Null for what is no knock. */
  readonly outcome: Knock['outcome'] | null;
  readonly answers: Knock['answers'];
  readonly note: string | null;
  /** Null for a knock or a note. */
  readonly also: EnteredAlso | null;
  readonly hlc: string;
  readonly at: { readonly ms: number; readonly offset: number };
  readonly walker: string;
}

/** A door of paper as it is typed in. */
export interface EntryDoor extends PacketDoor {
  readonly building: Building;
  readonly people: readonly Person[];
  readonly standing: DoorStanding;
  /** Those of them who said that nobody may come to the door. */
  readonly refusing: readonly PersonId[];
}

/** Words that stand on paper to be read to a person, as they are kept with what the person says. */
export interface PaperAsked {
  readonly language: PaperLanguage;
  readonly about: Asked;
  readonly wording: string;
  /** Hex SHA-256 of the wording. */
  readonly wordingHash: string;
  /** When the chapter said it so, in ms since 1970; null: they are the words of the app. */
  readonly setAt: number | null;
}

/** A tag as it stands on paper. */
export interface PaperTag {
  readonly id: TagId;
  readonly name: string;
  /** Circled beside a name: a, b, c … The same for good, whatever tags come or go. */
  readonly letter: string;
  /** No longer on paper that is printed now. */
  readonly retired: boolean;
}

/** `GET /v1/turfs/:id/paper`: the turf's list for typing in, in the order of the paper (law 10). */
export interface PaperSheet {
  readonly turf: { readonly id: TurfId; readonly name: string; readonly number: string };
  readonly doors: readonly EntryDoor[];
  /** Published versions, the one that is printed now first. */
  readonly scripts: readonly ScriptVersion[];
  /** Each question in each language of paper. */
  readonly asked: readonly PaperAsked[];
  /** By their letters, those that are no longer offered too. */
  readonly tags: readonly PaperTag[];
  /** Other dwellings that the chapter knows in these buildings, without anybody's name. */
  readonly units: readonly PacketUnit[];
  /** Who can be promised something beside whoever walked: members at the desk, by name. */
  readonly staff: readonly { readonly id: MemberId; readonly name: string }[];
  /** Who may have walked: members who are still here, by name. */
  readonly walkers: readonly { readonly id: MemberId; readonly name: string }[];
  readonly entered: readonly EnteredLine[];
  /** 32 bytes in base64url, always the same for this member and turf: seals what waits in a browser. */
  readonly keptKey: string;
}
