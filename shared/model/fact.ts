import { Type, type Static } from 'typebox';
import type {
  AnswerId,
  BuildingId,
  DoorId,
  MemberId,
  OpId,
  PersonId,
  PetitionId,
  QuestionId,
  ShiftId,
  TagId,
} from '../kernel/ids.ts';
import { CHANNELS, CONSENT_RECIPIENTS } from './consent.ts';
import { BUILDING_MEMORY, CORRECTED, DAY_PARTS, TURF_PROBLEMS } from './field-words.ts';
import { RESULTS } from './results.ts';
import { id, languageTag, orNull, strict, words } from './schema.ts';

/** A day of the chapter, without a zone. */
const day = Type.String({
  maxLength: 10,
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
});
/** Hex SHA-256 of a wording's UTF-8 bytes. */
const wordingHash = Type.String({ maxLength: 64, pattern: '^[0-9a-f]{64}$' });
const wording = Type.String({ minLength: 1, maxLength: 1000 });

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
  Type.Object(
    { kind: words(['number']), number: Type.Number({ minimum: -1e9, maximum: 1e9 }) },
    strict,
  ),
  Type.Object({ kind: words(['date']), date: day }, strict),
  Type.Object({ kind: words(['skipped', 'refused', 'unknown']) }, strict),
]);
export type Given = Static<typeof Given>;

export const Answer = Type.Object(
  { id: id<AnswerId>(), questionId: id<QuestionId>(), given: Given },
  strict,
);
export type Answer = Static<typeof Answer>;

/** When somebody asked us to come back: a day, a part of it, or both. */
export const ComeBack = Type.Object({ day: orNull<string>(day), part: words(DAY_PARTS) }, strict);
export type ComeBack = Static<typeof ComeBack>;

/** A language tag, e.g. `es`, `zh-Hant`. */
const language = Type.String({
  maxLength: 35,
  pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$',
});

/**
 * A knock is either a contact (the person spoke with us) or a result that says why not. `language`
 * is what is spoken there: with a contact the one that was chosen to talk in, else with a language
 * barrier. `comeBack` goes with come back. Both are left out where nobody said so.
 */
export const Outcome = Type.Union([
  Type.Object({ kind: words(['contact']), language: Type.Optional(language) }, strict),
  Type.Object(
    {
      kind: words(['result']),
      result: words(RESULTS),
      language: Type.Optional(language),
      comeBack: Type.Optional(ComeBack),
    },
    strict,
  ),
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
    /** How we met, where it was not at the door. */
    by: Type.Optional(words(['phone', 'street'])),
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
    wording,
    wordingHash,
  },
  strict,
);
export type Consent = Static<typeof Consent>;

/** By which way a person said that we may, or may not, get in touch again. Only ever said. */
export const ContactConsent = Type.Object(
  {
    doorId: id<DoorId>(),
    personId: id<PersonId>(),
    channel: words(CHANNELS),
    given: Type.Boolean(),
    wording,
    wordingHash,
  },
  strict,
);
export type ContactConsent = Static<typeof ContactConsent>;

/**
 * A telephone number, an address or a spelling as it is said at the door. It lies over the roll's
 * own and never changes it; an empty value says that there is none.
 */
export const Correct = Type.Object(
  {
    doorId: id<DoorId>(),
    personId: id<PersonId>(),
    field: words(CORRECTED),
    value: Type.String({ maxLength: 200 }),
  },
  strict,
);
export type Correct = Static<typeof Correct>;

/** A lasting mark on a person, put on or taken off. */
export const Tagged = Type.Object(
  {
    doorId: id<DoorId>(),
    personId: id<PersonId>(),
    tag: id<TagId>(),
    on: Type.Boolean(),
  },
  strict,
);
export type Tagged = Static<typeof Tagged>;

/**
 * A promise made at a door: what, by whom, by when. `whoId` null: the chapter decides who. With
 * `keeps` it says that the promise of that fact was kept.
 */
export const FollowUp = Type.Object(
  {
    doorId: id<DoorId>(),
    personId: orNull<PersonId>(id<PersonId>()),
    text: Type.String({ minLength: 1, maxLength: 500 }),
    whoId: orNull<MemberId>(id<MemberId>()),
    by: orNull<string>(day),
    keeps: Type.Optional(id<OpId>()),
  },
  strict,
);
export type FollowUp = Static<typeof FollowUp>;

/**
 * A name signed on the glass under a petition or a pledge. The words that were signed stay with it.
 * `strokes` are lines of x and y, by turns, in thousandths of the width of the field.
 */
export const Signature = Type.Object(
  {
    doorId: id<DoorId>(),
    personId: id<PersonId>(),
    petitionId: id<PetitionId>(),
    wording: Type.String({ minLength: 1, maxLength: 4000 }),
    wordingHash,
    /** What the words are in, where the petition says so. */
    language: Type.Optional(languageTag),
    strokes: Type.Array(
      Type.Array(Type.Integer({ minimum: 0, maximum: 2000 }), { minItems: 2, maxItems: 2000 }),
      { minItems: 1, maxItems: 200 },
    ),
  },
  strict,
);
export type Signature = Static<typeof Signature>;

/**
 * A dwelling that is on no list, found at the door. `doorId` is new and made on the phone; whatever
 * happens there names it from then on.
 */
export const FoundDoor = Type.Object(
  {
    doorId: id<DoorId>(),
    buildingId: id<BuildingId>(),
    unit: Type.String({ minLength: 1, maxLength: 20 }),
    floor: orNull<string>(Type.String({ minLength: 1, maxLength: 10 })),
  },
  strict,
);
export type FoundDoor = Static<typeof FoundDoor>;

/**
 * Something lasting about a building, learnt at a door of it: how to get in, where the entrance is,
 * when people are home. `text` null takes back what was said of it. Of `entrance` the place is
 * `lon`/`lat` in degrees WGS84.
 */
export const BuildingNote = Type.Object(
  {
    doorId: id<DoorId>(),
    buildingId: id<BuildingId>(),
    about: words(BUILDING_MEMORY),
    text: orNull<string>(Type.String({ minLength: 1, maxLength: 300 })),
    lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
    lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  },
  strict,
);
export type BuildingNote = Static<typeof BuildingNote>;

/** How a turf was to walk, said at the end of it; `doorId` is any door of it. */
export const TurfReport = Type.Object(
  {
    doorId: id<DoorId>(),
    problems: Type.Array(words(TURF_PROBLEMS), { maxItems: TURF_PROBLEMS.length }),
    /** How it was, from 1 (bad) to 5 (good); null: not said. */
    rating: orNull<number>(Type.Integer({ minimum: 1, maximum: 5 })),
    note: orNull<string>(note),
  },
  strict,
);
export type TurfReport = Static<typeof TurfReport>;

/** Whoever walks will come to a shift that the chapter has announced, or will not after all. */
export const SignUp = Type.Object(
  { doorId: id<DoorId>(), shiftId: id<ShiftId>(), coming: Type.Boolean() },
  strict,
);
export type SignUp = Static<typeof SignUp>;
