import type { Evidence } from '../../model/duplicate-evidence.ts';

/** What has to be the same for each word of a rule; see RULE_FIELDS of shared/model/duplicates. */
const SAME: Readonly<Record<string, (evidence: Evidence) => boolean>> = {
  name: ({ last, first }) => last === 'same' && first === 'same',
  middle: ({ middle }) => middle === 'same',
  birth: ({ birth }) => birth === 'same',
  door: ({ place }) => place === 'door',
  phone: ({ phone }) => phone === 'same',
  email: ({ email }) => email === 'same',
};

/** True when a rule may merge a pair: each field that it names is the same, and the score suffices. */
export function ruleMatches(
  rule: { readonly same: readonly string[]; readonly least: number },
  pair: { readonly score: number; readonly evidence: Evidence },
): boolean {
  if (pair.score < rule.least || rule.same.length === 0) return false;
  return rule.same.every((field) => SAME[field]?.(pair.evidence) === true);
}
