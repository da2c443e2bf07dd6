import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Asked, AskedWords } from '#shared/model/asked-words.ts';
import { CHANNELS, CONSENT_RECIPIENTS } from '#shared/model/consent.ts';
import { useApi } from '../../api/use-api.ts';
import { askedWords } from '../../ui/asked-words.ts';
import { LOCALE_NAMES, LOCALES } from '../../ui/locale.ts';
import { ShowData } from '../../ui/show-data.tsx';
import { AskedField, isAskedBegun } from './asked-field.tsx';

/** What people are asked to allow, in the chapter's own words where it has some. */
export function AskedSection() {
  const { t } = useLingui();
  const words = useApi<readonly AskedWords[]>('/v1/asked-words');
  const [begun] = useState(() =>
    [...CONSENT_RECIPIENTS, ...CHANNELS].filter((about) =>
      LOCALES.some((language) => isAskedBegun(about, language)),
    ),
  );
  const names: Readonly<Record<Asked, string>> = {
    campaigns: t`Tell campaigns`,
    partners: t`Tell groups that we work with`,
    research: t`Tell researchers`,
    others: t`Tell others`,
    call: t`Call`,
    text: t`Text`,
    email: t`Email`,
    mail: t`Mail`,
    door: t`Come by`,
  };
  return (
    <section className="stack" aria-labelledby="asked-title">
      <h2 id="asked-title">
        <Trans>What people are asked to allow</Trans>
      </h2>
      <p className="quiet petition-lead">
        <Trans>
          Canvassers read these word for word, and the words are kept with each answer. Where you
          write none, the app’s own are read.
        </Trans>
      </p>
      <ShowData from={words} lines={3}>
        {(list) => (
          <div className="asked-list">
            {[...CONSENT_RECIPIENTS, ...CHANNELS].map((about) => {
              const own = list.filter((one) => one.about === about);
              return (
                <details key={about} className="panel" open={begun.includes(about) || undefined}>
                  <summary>
                    <b>{names[about]}</b>{' '}
                    <span className="quiet">
                      {own.length > 0 ? t`your own words` : t(askedWords[about])}
                    </span>
                  </summary>
                  <div className="stack asked-fields">
                    {LOCALES.map((language) => (
                      <AskedField
                        key={language}
                        about={about}
                        language={language}
                        name={LOCALE_NAMES[language]}
                        saved={own.find((one) => one.language === language)?.wording ?? ''}
                        onSaved={(next) => words.put(() => next)}
                      />
                    ))}
                  </div>
                </details>
              );
            })}
          </div>
        )}
      </ShowData>
    </section>
  );
}
