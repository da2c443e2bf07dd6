import type { CampaignId, QuestionId, TurfId } from '../kernel/ids.ts';
import type { Operation } from '../model/operation.ts';
import { compareFacts } from './effective-facts.ts';
import { knockedAt } from './knocked-at.ts';
import { type OutcomeWord, outcomeWord } from './outcome-words.ts';
import { saidTokens } from './said-token.ts';

export type KnockFact = Operation & { readonly type: 'knock' };

/** Knocks for any campaign. */
export const EVER = '';
/** EVER, or a campaign's id. */
export type FieldScope = CampaignId | typeof EVER;

/** What some knocks came to. */
export interface KnockSum {
  /** The last by stamp: what came of it, and its place among all facts, as text to compare by. */
  readonly last: OutcomeWord;
  readonly order: string;
  readonly ever: ReadonlySet<OutcomeWord>;
  /** The last level of support that was given, 1 to 5; null: none. */
  readonly support: number | null;
}

/** Where a fact stands among all facts: compares as texts like compareFacts does. */
export const orderOf = ({ hlc, deviceId, opId }: Operation): string => `${hlc} ${deviceId} ${opId}`;

/** Knocks that stand, by campaign and all together. A turf that is not known is of no campaign. */
export function byScope(
  knocks: readonly KnockFact[],
  campaignOf: ReadonlyMap<TurfId, CampaignId>,
): ReadonlyMap<FieldScope, readonly KnockFact[]> {
  const scopes = new Map<FieldScope, KnockFact[]>();
  if (knocks.length > 0) scopes.set(EVER, [...knocks]);
  for (const knock of knocks) {
    const campaign = campaignOf.get(knock.scopeId);
    if (campaign === undefined) continue;
    const own = scopes.get(campaign);
    if (own === undefined) scopes.set(campaign, [knock]);
    else own.push(knock);
  }
  return scopes;
}

/** What knocks came to that stand, in any order; null: there are none. */
export function sumKnocks(knocks: readonly KnockFact[]): KnockSum | null {
  const order = [...knocks].sort(compareFacts);
  const last = order.at(-1);
  if (last === undefined) return null;
  const levels = order.flatMap(({ payload }) =>
    payload.answers.flatMap(({ given }) => (given.kind === 'support' ? [given.level] : [])),
  );
  return {
    last: outcomeWord(last.payload.outcome),
    order: orderOf(last),
    ever: new Set(order.map(({ payload }) => outcomeWord(payload.outcome))),
    support: levels.at(-1) ?? null,
  };
}

/** The last answer to each question, as words to ask for, out of knocks of one person that stand. */
export function sumAnswers(
  knocks: readonly KnockFact[],
): ReadonlyMap<QuestionId, ReadonlySet<string>> {
  const said = new Map<QuestionId, ReadonlySet<string>>();
  for (const { payload } of [...knocks].sort(compareFacts)) {
    const now = new Map<QuestionId, Set<string>>();
    for (const { questionId, given } of payload.answers) {
      const tokens = now.get(questionId) ?? new Set();
      for (const token of saidTokens(given)) tokens.add(token);
      now.set(questionId, tokens);
    }
    for (const [question, tokens] of now) said.set(question, tokens);
  }
  return said;
}

/** When a door was knocked last, in ms since 1970; null: never. */
export function lastKnockAt(knocks: readonly KnockFact[]): number | null {
  return knocks.reduce<number | null>((latest, knock) => {
    const { ms } = knockedAt(knock);
    return latest === null || ms > latest ? ms : latest;
  }, null);
}
