import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { RulesPage } from '#shared/model/privacy.ts';
import { useFormat } from '../../api/use-format.ts';
import { Pill } from '../../ui/pill.tsx';
import { PLACE_WORDS, PURPOSE_WORDS, REGION_WORDS } from '../../ui/terms-words.ts';
import { UnknownTerms } from './unknown-terms.tsx';

/** Under which terms each voter file came. */
export function FileTerms({ files }: { readonly files: RulesPage['files'] }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <section className="stack" aria-labelledby="terms-title">
      <h2 id="terms-title">
        <Trans>Terms of each file</Trans>
      </h2>
      {files.length === 0 && (
        <p className="panel quiet">
          <Trans>
            No voter file has come in yet. It starts under <Link href="/desk/roll">Roll</Link>.
          </Trans>
        </p>
      )}
      {files.length > 0 && (
        <ul className="panel rules-files" role="list">
          {files.map(({ id, fileName, at, stands, terms }) => (
            <li key={id}>
              <p className="row">
                <strong className="rules-file-name">{fileName}</strong>
                <span className="quiet small">{format.moment(at)}</span>
                {stands && <Pill tone="done">{t`the roll now`}</Pill>}
              </p>
              {terms !== null && (
                <p className="quiet">
                  <Trans>
                    {t(REGION_WORDS[terms.state])}, for {t(PURPOSE_WORDS[terms.purpose])}, kept{' '}
                    {t(PLACE_WORDS[terms.serverIn])}
                  </Trans>
                  {terms.obtainedOn !== null && <>, {terms.obtainedOn}</>}
                  {terms.agreement !== '' && <>. {terms.agreement}</>}
                </p>
              )}
              <UnknownTerms terms={terms} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
