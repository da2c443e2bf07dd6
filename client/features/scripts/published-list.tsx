import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ScriptVersion } from '#shared/model/script.ts';
import { useFormat } from '../../api/use-format.ts';
import { ConditionWords } from '../../ui/condition-words.tsx';
import { languageName } from '../../ui/language-name.ts';
import { KIND_WORDS } from './kind-words.ts';

/** What was published, newest first; read only, because answers name these versions. */
export function PublishedList({ versions }: { readonly versions: readonly ScriptVersion[] }) {
  const { t, i18n } = useLingui();
  const format = useFormat();
  return (
    <section className="stack" aria-labelledby="published-title">
      <h2 id="published-title">
        <Trans>Published versions</Trans>
      </h2>
      {versions.length === 0 ? (
        <p className="quiet">
          <Trans>None yet. Phones get a script once a version is published.</Trans>
        </p>
      ) : (
        <div className="panel script-versions">
          {versions.map((version) => (
            <details key={version.id}>
              <summary>
                <span className="number">
                  <Trans>Version {version.number}</Trans>
                </span>
                <span className="quiet">
                  <Plural
                    value={version.body.questions.length}
                    one="# question"
                    other="# questions"
                  />
                  {' · '}
                  {format.moment(version.publishedAt)}
                </span>
              </summary>
              <div className="stack script-version">
                {version.body.opening !== '' && (
                  <p className="script-say">{version.body.opening}</p>
                )}
                <ol>
                  {version.body.questions.map((question) => (
                    <li key={question.id}>
                      {question.prompt}{' '}
                      <span className="quiet small">
                        {question.options.length > 0
                          ? question.options.map((option) => option.label).join(' · ')
                          : t(KIND_WORDS[question.kind])}
                      </span>{' '}
                      <ConditionWords question={question} questions={version.body.questions} />
                    </li>
                  ))}
                </ol>
                {version.body.closing !== '' && (
                  <p className="script-say">{version.body.closing}</p>
                )}
                {(version.body.translations ?? []).length > 0 && (
                  <p className="small quiet">
                    <Trans>
                      Also in{' '}
                      {new Intl.ListFormat(i18n.locale).format(
                        (version.body.translations ?? []).map(({ language }) =>
                          languageName(language, i18n.locale),
                        ),
                      )}
                    </Trans>
                  </p>
                )}
              </div>
            </details>
          ))}
        </div>
      )}
    </section>
  );
}
