import { Type, type Static } from 'typebox';
import type { AnswerId, DoorId, OpId, PersonId, QuestionId } from '../kernel/ids.ts';
import { CONSENT_RECIPIENTS } from './consent.ts';
import { RESULTS } from './results.ts';
import { id, orNull, strict, words } from './schema.ts';

/**
 * What a person said to one question. Not asked has no answer at all; skipped, refused to say and
 * does not know are three different answers. Nothing has a default.
 */
export const Given = Type.Union([
  Type.Object(
    { kind: words(['support']), level: Type.Integer({ minimum: 1, maximum: 5 }) },
    strict,
  ),
  Type.Object({ kind: words(['one']), option: Type.String({ maxLength: 40 }) }, strict),
  Type.Object(
    {
      kind: words(['many']),
      options: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 30 }),
    },
    strict,
  ),
  Type.Object({ kind: words(['text']), text: Type.String({ maxLength: 4000 }) }, strict),
  Type.Object({ kind: words(['skipped', 'refused', 'unknown']) }, strict),
]);
export type Given = Static<typeof Given>;

export const Answer = Type.Object(
  { id: id<AnswerId>(), questionId: id<QuestionId>(), given: Given },
  strict,
);
export type Answer = Static<typeof Answer>;

/** A knock is either a contact (the person spoke with us) or a result that says why not. */
export const Outcome = Type.Union([
  Type.Object({ kind: words(['contact']) }, strict),
  Type.Object({ kind: words(['result']), result: words(RESULTS) }, strict),
]);
export type Outcome = Static<typeof Outcome>;

const note = Type.String({ minLength: 1, maxLength: 4000 });

/** One attempt at one door at one moment, with what was answered. */
export const Knock = Type.Object(
  {
    doorId: id<DoorId>(),
    personId: orNull<PersonId>(id<PersonId>()),
    outcome: Outcome,
    answers: Type.Array(Answer, { maxItems: 60 }),
    note: orNull<string>(note),
  },
  strict,
);
export type Knock = Static<typeof Knock>;

/** A note left with a door or a person, without a knock. */
export const Note = Type.Object(
  { doorId: id<DoorId>(), personId: orNull<PersonId>(id<PersonId>()), text: note },
  strict,
);
export type Note = Static<typeof Note>;

/** Somebody met at a door who is in no roll. The id is made on the phone. */
export const Resident = Type.Object(
  {
    personId: id<PersonId>(),
    doorId: id<DoorId>(),
    firstName: Type.String({ minLength: 1, maxLength: 80 }),
    lastName: Type.String({ maxLength: 80 }),
  },
  strict,
);
export type Resident = Static<typeof Resident>;

/** Literature left without knocking. */
export const LitDrop = Type.Object({ doorId: id<DoorId>() }, strict);
export type LitDrop = Static<typeof LitDrop>;

/** Takes back the fact that the operation supersedes; both stay in the log. */
export const Withdraw = Type.Object({ doorId: id<DoorId>(), opId: id<OpId>() }, strict);
export type Withdraw = Static<typeof Withdraw>;

/**
 * What a person said when asked whether we may tell others of a kind what they told us. Only ever
 * said, never assumed: without this fact nothing is allowed. The words that were read to them stay
 * with it, and their hash.
 */
export const Consent = Type.Object(
  {
    doorId: id<DoorId>(),
    personId: id<PersonId>(),
    recipients: words(CONSENT_RECIPIENTS),
    given: Type.Boolean(),
    wording: Type.String({ minLength: 1, maxLength: 1000 }),
    /** Hex SHA-256 of the wording's UTF-8 bytes. */
    wordingHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  },
  strict,
);
export type Consent = Static<typeof Consent>;
