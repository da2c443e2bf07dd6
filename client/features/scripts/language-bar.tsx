import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconTrash } from '@tabler/icons-react';
import type { ScriptBody } from '#shared/model/script.ts';
import { findMissingWords } from '#shared/script/missing-words.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { AddLanguage, WrittenIn } from '../../ui/language-fields.tsx';
import { languageName } from '../../ui/language-name.ts';

export interface LanguageBarProps {
  readonly draft: ScriptBody;
  /** The translation that is open; null: the source. */
  readonly open: string | null;
  readonly onOpen: (language: string | null) => void;
  readonly onSource: (language: string) => void;
  readonly onAdd: (language: string) => void;
  readonly onRemove: (language: string) => void;
}

/** The languages of a draft with what each still lacks, and one more. */
export function LanguageBar(props: LanguageBarProps) {
  const { draft, open, onOpen, onSource, onAdd, onRemove } = props;
  const { t, i18n } = useLingui();
  const { language, translations = [] } = draft;
  const taken = translations.map((one) => one.language);
  return (
    <section className="panel script-languages" aria-label={t`Languages of the script`}>
      <WrittenIn language={language} taken={taken} onSource={onSource} />
      {translations.length > 0 && (
        <div className="script-tabs" role="group" aria-label={t`Which language to write`}>
          <button
            type="button"
            className="pill"
            aria-pressed={open === null}
            onClick={() => onOpen(null)}
          >
            {language === undefined ? t`As written` : languageName(language, i18n.locale)}
          </button>
          {translations.map((one) => {
            const lacking = findMissingWords(draft, one).length;
            return (
              <button
                key={one.language}
                type="button"
                className="pill"
                aria-pressed={open === one.language}
                onClick={() => onOpen(one.language)}
              >
                {languageName(one.language, i18n.locale)}{' '}
                <span className={lacking > 0 ? 'script-lacking' : 'quiet'}>
                  {lacking > 0 ? (
                    <Plural value={lacking} one="# text missing" other="# texts missing" />
                  ) : (
                    <Trans>whole</Trans>
                  )}
                </span>
              </button>
            );
          })}
        </div>
      )}
      <AddLanguage language={language} taken={taken} onAdd={onAdd} />
      {open !== null && (
        <IconButton
          icon={<IconTrash size={18} aria-hidden />}
          label={t`Remove ${languageName(open, i18n.locale)}`}
          onClick={() => onRemove(open)}
        />
      )}
    </section>
  );
}
