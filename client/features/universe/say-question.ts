import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { FirstQuestion } from '#shared/model/universe.ts';

/** A question in a line of words, for lists. */
export function useSayQuestion(): (question: FirstQuestion) => string {
  const { t } = useLingui();
  return (question) => {
    const { parties, precincts, minAge, maxAge, elections, votedAtLeast } = question;
    const parts: string[] = [];
    if (parties.length > 0) parts.push(parties.join(', '));
    if (minAge !== null && maxAge !== null) parts.push(t`${minAge} to ${maxAge} years`);
    else if (minAge !== null) parts.push(t`${minAge} and older`);
    else if (maxAge !== null) parts.push(t`up to ${maxAge} years`);
    if (precincts.length > 3) parts.push(t`${precincts.length} precincts`);
    else if (precincts.length > 0) parts.push(t`precinct ${precincts.join(', ')}`);
    if (elections.length === 1) parts.push(t`voted in ${elections[0] ?? ''}`);
    else if (elections.length > 1) {
      parts.push(t`voted in ${votedAtLeast} or more of ${elections.length} elections`);
    }
    const { length: asked } = question.layers ?? [];
    if (asked > 0) parts.push(plural(asked, { one: 'by # own layer', other: 'by # own layers' }));
    return parts.length === 0 ? t`everyone` : parts.join(' · ');
  };
}
