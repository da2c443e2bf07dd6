import { Trans, useLingui } from '@lingui/react/macro';
import type { Region } from '#shared/model/rules.ts';
import { rulesOf } from '#shared/privacy/rules/rule-packs.ts';
import { REGION_WORDS } from '../../ui/terms-words.ts';
import { REGION_RULES } from './rule-words.ts';

/** What the law of the chapter's state asks for, in plain words, with where that is written. */
export function StateRules({ region }: { readonly region: Region | null }) {
  const { t } = useLingui();
  const rules = rulesOf(region);
  const said = REGION_RULES[rules.region];
  const name = region === null ? t`Nobody has said which state` : t(REGION_WORDS[region]);
  return (
    <section className="stack" aria-labelledby="state-title">
      <h2 id="state-title">
        <Trans>State law: {name}</Trans>
      </h2>
      <ul className="rules-list panel">
        {said.map((rule) => (
          <li key={rule.id}>{t(rule)}</li>
        ))}
        <li>
          <Trans>
            Nobody under 18 on the day is in any list, on paper, on a phone or in a file.
          </Trans>
        </li>
      </ul>
      <p className="small quiet">
        {rules.sources.length > 0 ? (
          <Trans>
            Written in {rules.sources.join('; ')}. Our reading of {rules.version}.
          </Trans>
        ) : (
          <Trans>No source: ask counsel.</Trans>
        )}
      </p>
      <details className="rules-more">
        <summary>
          <Trans>If data gets out</Trans>
        </summary>
        <ol className="rules-list">
          <li>
            <Trans>Report the phone lost or revoke it under Phones, and end all sessions.</Trans>
          </li>
          <li>
            <Trans>Look under Who did what for who took or saw what, and print it.</Trans>
          </li>
          <li>
            <Trans>If a file turned up, ask under Shares whose copy it is.</Trans>
          </li>
          <li>
            {rules.breachTo === 'secretary-of-state' ? (
              <Trans>Tell the Secretary of State, and counsel first.</Trans>
            ) : (
              <Trans>Ask counsel whom the law wants told, and how soon.</Trans>
            )}
          </li>
          <li>
            <Trans>Tell the people whom it concerns, in plain words.</Trans>
          </li>
        </ol>
      </details>
    </section>
  );
}
