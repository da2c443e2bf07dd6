import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { Terms } from '#shared/model/rules.ts';
import { unknownTerms } from '#shared/privacy/rules/check-terms.ts';
import { TERM_WORDS } from '../../ui/terms-words.ts';

/** What nobody knows of the terms of a file, in red until somebody says it; nothing when all is known. */
export function UnknownTerms({ terms }: { readonly terms: Terms | null }) {
  const { t } = useLingui();
  const unknown = unknownTerms(terms);
  if (unknown.length === 0) return null;
  const words = unknown.map((name) => t(TERM_WORDS[name])).join(', ');
  return (
    <p className="rules-unknown">
      {terms === null ? (
        <Trans>Nobody has said under which terms it came.</Trans>
      ) : (
        <Trans>Not known: {words}.</Trans>
      )}{' '}
      <Link href="/desk/roll">{t`Say it under Roll`}</Link>
    </p>
  );
}
