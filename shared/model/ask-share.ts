import { Type, type Static } from 'typebox';
import type { UniverseId } from '../kernel/ids.ts';
import { id, orNull, strict, words } from './schema.ts';
import { BASES, LEGAL_KINDS, SHARE_FIELD_NAMES } from './share.ts';

/** `POST /v1/shares`: giving data to somebody outside is asked for, and a second person decides. */
export const AskShare = Type.Object(
  {
    recipient: Type.String({ minLength: 2, maxLength: 200 }),
    legalKind: words(LEGAL_KINDS),
    purpose: Type.String({ minLength: 2, maxLength: 1000 }),
    /** The text, or '' where there is none. */
    agreement: Type.String({ maxLength: 20_000 }),
    basis: Type.Object({ kind: words(BASES), what: Type.String({ maxLength: 1000 }) }, strict),
    cents: orNull<number>(Type.Integer({ minimum: 1, maximum: 100_000_000 })),
    fields: Type.Array(words(SHARE_FIELD_NAMES), { minItems: 1, maxItems: 40, uniqueItems: true }),
    universeId: orNull<UniverseId>(id<UniverseId>()),
  },
  strict,
);
export type AskShare = Static<typeof AskShare>;

/** `POST /v1/shares/count`. */
export const CountShare = Type.Object(
  { legalKind: words(LEGAL_KINDS), universeId: orNull<UniverseId>(id<UniverseId>()) },
  strict,
);
export type CountShare = Static<typeof CountShare>;

/** `POST /v1/shares/:id/refuse`. */
export const RefuseShare = Type.Object(
  { why: Type.String({ minLength: 2, maxLength: 1000 }) },
  strict,
);
export type RefuseShare = Static<typeof RefuseShare>;

/** `POST /v1/shares/trace`: rows of a file that turned up, as text. */
export const TraceShare = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: 900_000 }) },
  strict,
);
export type TraceShare = Static<typeof TraceShare>;
