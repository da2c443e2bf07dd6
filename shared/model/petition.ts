import { Type, type Static } from 'typebox';
import type { PersonId, PetitionId } from '../kernel/ids.ts';
import { languageTag, strict, words } from './schema.ts';

/** A petition asks somebody else for something; a pledge says what its signer will do. */
export const PETITION_KINDS = ['petition', 'pledge'] as const;
export type PetitionKind = (typeof PETITION_KINDS)[number];

/** A draft can be changed; one that is open is on phones, and its words never change again. */
export type PetitionState = 'draft' | 'open' | 'closed';

/** A petition's words in one more language; an empty title is that of the source. */
export const PetitionWords = Type.Object(
  {
    language: languageTag,
    title: Type.String({ maxLength: 120 }),
    wording: Type.String({ maxLength: 4000 }),
  },
  strict,
);
export type PetitionWords = Static<typeof PetitionWords>;

/** What a phone needs to have it signed. */
export interface PacketPetition {
  readonly id: PetitionId;
  readonly kind: PetitionKind;
  readonly title: string;
  /** What is signed. */
  readonly wording: string;
  /** What that is written in; left out: nobody said so. */
  readonly language?: string;
  /** Left out: in no other language. */
  readonly translations?: readonly PetitionWords[];
}

/** `GET /v1/petitions`. Times in ms since 1970. */
export interface Petition extends PacketPetition {
  readonly state: PetitionState;
  /** Grows with every change; sent back as If-Match. */
  readonly version: number;
  /** People who have signed. */
  readonly signatures: number;
  readonly openedAt: number | null;
  readonly closedAt: number | null;
}

/** `POST /v1/petitions` and `PUT /v1/petitions/:id`. */
export const SavePetition = Type.Object(
  {
    kind: words(PETITION_KINDS),
    title: Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' }),
    wording: Type.String({ maxLength: 4000 }),
    language: Type.Optional(languageTag),
    translations: Type.Optional(Type.Array(PetitionWords, { maxItems: 20 })),
  },
  strict,
);
export type SavePetition = Static<typeof SavePetition>;

/** One name under a petition. */
export interface ListedSignature {
  readonly opId: string;
  readonly personId: PersonId;
  readonly name: string;
  readonly address: string;
  /** When it was signed, in ms since 1970. */
  readonly at: number;
  /** Who held the phone. */
  readonly canvasser: string;
  /** In which language they signed, if that was said. */
  readonly language?: string;
  /** What was signed were other words than the petition has in that language. */
  readonly otherWords: boolean;
  /** Lines of x and y, by turns, in thousandths of the width of the field. */
  readonly strokes: readonly (readonly number[])[];
}

/** `GET /v1/petitions/:id/signatures`: a page of them, newest first. */
export interface SignaturePage {
  readonly signatures: readonly ListedSignature[];
  readonly total: number;
  /** How many to pass over for the next page; null at the end. */
  readonly next: number | null;
}
