import { Type, type Static } from 'typebox';
import type { PersonId } from '../kernel/ids.ts';
import { type Evidence, LEAST_RULE_SCORE } from './duplicate-evidence.ts';
import { id, strict, words } from './schema.ts';

/** Pairs of one answer of `GET /v1/roll/duplicates`. */
export const DUPLICATES_PAGE = 40;
/** Pairs that one call merges by a rule; who merges more calls again. */
export const RULE_PAGE = 500;

export const DUPLICATE_VIEWS = ['open', 'merged', 'apart'] as const;
export type DuplicateView = (typeof DUPLICATE_VIEWS)[number];

/** What a rule may ask to be the same. */
export const RULE_FIELDS = ['name', 'middle', 'birth', 'door', 'phone', 'email'] as const;
export type RuleField = (typeof RULE_FIELDS)[number];

/** One record of a pair, as far as it takes to tell two people apart. */
export interface DuplicateSide {
  readonly id: PersonId;
  readonly kind: 'voter' | 'resident';
  /** The roll's own id; null for a resident. */
  readonly voterId: string | null;
  readonly firstName: string;
  readonly middleName: string;
  readonly lastName: string;
  readonly nameSuffix: string;
  readonly birthYear: number | null;
  readonly age: number | null;
  readonly sex: string | null;
  readonly address: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly party: string | null;
  readonly registeredOn: string | null;
  readonly status: string | null;
  /** How many elections the roll says they voted in. */
  readonly votes: number;
  /** How many facts of the log name this record. */
  readonly facts: number;
  /** False: known from an earlier roll. */
  readonly inRoll: boolean;
  readonly doNotContact: boolean;
}

/** Two records: proposed to be one person, merged, or kept apart. */
export interface DuplicatePairShown {
  /** The one that is kept, or would be by what the roll says of both. */
  readonly keep: DuplicateSide;
  readonly lose: DuplicateSide;
  /** 0 to 1; null where nobody had proposed them. */
  readonly score: number | null;
  readonly evidence: Evidence | null;
  /** For a merged pair and one that is kept apart; null for a proposed one. */
  readonly decided: {
    readonly how: 'hand' | 'rule';
    /** Null: at the command line, or by somebody who is no member any more. */
    readonly by: string | null;
    readonly at: number;
  } | null;
}

/** A search for duplicates: under way, or the last one. */
export interface DuplicateSearch {
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly done: number;
  readonly total: number;
  readonly people: number;
  /** Pairs that were likely enough, kept or not. */
  readonly found: number;
  readonly kept: number;
  /** People in blocks so large that only neighbours in the alphabet were compared. */
  readonly cut: number;
  /** Another roll stands than the one that it read. */
  readonly stale: boolean;
}

/** `GET /v1/roll/duplicates`. */
export interface DuplicatesPage {
  /** Null: nobody has looked yet. */
  readonly search: DuplicateSearch | null;
  readonly counts: Readonly<Record<DuplicateView, number>>;
  /** Of the view that was asked for, best or newest first. */
  readonly pairs: readonly DuplicatePairShown[];
}

/** `POST /v1/roll/duplicates/merge`. */
export const MergeTwo = Type.Object({ keep: id<PersonId>(), lose: id<PersonId>() }, strict);
export type MergeTwo = Static<typeof MergeTwo>;

/** `POST /v1/roll/duplicates/unmerge`: with `apart` they are never proposed again. */
export const UnmergeOne = Type.Object({ id: id<PersonId>(), apart: Type.Boolean() }, strict);
export type UnmergeOne = Static<typeof UnmergeOne>;

/** `POST /v1/roll/duplicates/apart`: two people; with `apart` false nobody has said so. */
export const KeepApart = Type.Object(
  { one: id<PersonId>(), other: id<PersonId>(), apart: Type.Boolean() },
  strict,
);
export type KeepApart = Static<typeof KeepApart>;

/** `POST /v1/roll/duplicates/rule`: counts, or with `apply` merges the first of them. */
export const MergeRule = Type.Object(
  {
    same: Type.Array(words(RULE_FIELDS), { minItems: 1, maxItems: 6, uniqueItems: true }),
    least: Type.Number({ minimum: LEAST_RULE_SCORE, maximum: 1 }),
    apply: Type.Boolean(),
  },
  strict,
);
export type MergeRule = Static<typeof MergeRule>;

/** What a rule would merge, or has. */
export interface RuleOutcome {
  /** Open pairs that the rule means, before it. */
  readonly pairs: number;
  readonly merged: number;
  /** Left alone, since somebody said of some of them that they are two people. */
  readonly skipped: number;
  /** To be merged by calling again. */
  readonly left: number;
}
