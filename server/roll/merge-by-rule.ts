import { type MergeRule, RULE_PAGE, type RuleOutcome } from '#shared/model/duplicates.ts';
import { compareKept } from '#shared/roll/duplicates/choose-kept.ts';
import { ruleMatches } from '#shared/roll/duplicates/rule-matches.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { evidenceOf, type OpenPair, readOpenPairs } from '../store/duplicate-rows.ts';
import type { Decider } from './decide-duplicates.ts';
import { mergeTwo } from './merge-two.ts';
import { readSides } from './read-sides.ts';

/** Milliseconds of one write, after which the phones have their turn. */
const TURN_MS = 40;

/**
 * Counts the open pairs that a rule means, or merges them, some hundreds a call: for each the record
 * is kept that compareKept prefers, and whom somebody keeps apart from one of them stays so. Each
 * write leaves its count in the audit chain.
 */
export async function mergeByRule(
  { db, actor, memberId }: Decider,
  rule: MergeRule,
  clock: () => number,
): Promise<RuleOutcome> {
  const open = await readOpenPairs(db.read);
  const meant = open.filter((pair) => {
    if (pair.score < rule.least) return false;
    const evidence = evidenceOf(pair);
    return evidence !== null && ruleMatches(rule, { score: pair.score, evidence });
  });
  if (!rule.apply) return { pairs: meant.length, merged: 0, skipped: 0, left: meant.length };
  const some = meant.slice(0, RULE_PAGE);
  let [merged, skipped, at] = [0, 0, 0];
  while (at < some.length) {
    const done = await db.write(async (trx) => {
      const [from, began] = [at, performance.now()];
      let [ones, others, next] = [0, 0, from];
      while (next < some.length && (next === from || performance.now() - began < TURN_MS)) {
        const pair = some[next] as OpenPair;
        next += 1;
        const sides = await readSides(trx, [pair.low, pair.high]);
        const [one, other] = [sides.get(pair.low), sides.get(pair.high)];
        const first = one !== undefined && other !== undefined && compareKept(one, other) <= 0;
        const [keep, lose] = first ? [pair.low, pair.high] : [pair.high, pair.low];
        const wish = { keep, lose, how: 'rule', by: memberId, score: pair.score } as const;
        const both = one !== undefined && other !== undefined;
        const at = clock();
        const did = both && (await mergeTwo(trx, { ...wish, evidence: evidenceOf(pair), at })).ok;
        if (did) ones += 1;
        else others += 1;
      }
      const { same, least } = rule;
      const details = { same: same.join(' '), least, merged: ones, skipped: others };
      const kind = 'merged-by-rule' as const;
      await appendAudit(trx, { at: clock(), kind, actor, subject: '', details });
      return { ones, others, next };
    });
    at = done.next;
    merged += done.ones;
    skipped += done.others;
  }
  return { pairs: meant.length, merged, skipped, left: meant.length - some.length };
}
