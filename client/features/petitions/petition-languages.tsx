import { Trans, useLingui } from '@lingui/react/macro';
import { IconTrash } from '@tabler/icons-react';
import type { PetitionWords } from '#shared/model/petition.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { languageName } from '../../ui/language-name.ts';
import { listLanguages } from '../../ui/list-languages.ts';

const MOST = 20;

export interface PetitionLanguagesProps {
  /** What the petition itself is written in. */
  readonly language: string | undefined;
  readonly translations: readonly PetitionWords[];
  readonly onSource: (language: string) => void;
  readonly onChange: (translations: readonly PetitionWords[]) => void;
}

/** The words of a draft in other languages: whoever signs reads them in the one they speak. */
export function PetitionLanguages(props: PetitionLanguagesProps) {
  const { language, translations, onSource, onChange } = props;
  const { t, i18n } = useLingui();
  const all = listLanguages(i18n.locale);
  const taken = new Set(translations.map((one) => one.language));
  const free = all.filter(({ tag }) => tag !== language && !taken.has(tag));
  const change = (tag: string, words: Partial<PetitionWords>): void =>
    onChange(translations.map((one) => (one.language === tag ? { ...one, ...words } : one)));
  return (
    <section className="stack petition-languages" aria-label={t`Languages of the petition`}>
      <SelectField
        label={t`Written in`}
        value={language ?? ''}
        onChange={(event) => onSource(event.target.value)}
      >
        {language === undefined && <option value="">{t`Not said yet`}</option>}
        {all
          .filter(({ tag }) => !taken.has(tag))
          .map(({ tag, name }) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
      </SelectField>
      {translations.map((one) => {
        const name = languageName(one.language, i18n.locale);
        return (
          <fieldset key={one.language} className="panel stack">
            <legend>{name}</legend>
            <TextField
              label={t`Title in ${name}`}
              hint={t`Left empty, the title above is shown.`}
              lang={one.language}
              dir="auto"
              maxLength={120}
              value={one.title}
              onChange={(event) => change(one.language, { title: event.target.value })}
            />
            <TextArea
              label={t`What people sign in ${name}`}
              lang={one.language}
              dir="auto"
              rows={6}
              maxLength={4000}
              value={one.wording}
              onChange={(event) => change(one.language, { wording: event.target.value })}
            />
            <div>
              <Button
                variant="quiet"
                icon={<IconTrash size={18} aria-hidden />}
                onClick={() =>
                  onChange(translations.filter((other) => other.language !== one.language))
                }
              >
                <Trans>Remove {name}</Trans>
              </Button>
            </div>
          </fieldset>
        );
      })}
      {language !== undefined && translations.length < MOST && (
        <SelectField
          label={t`Add a language`}
          hint={t`Each signature keeps the words, and the language, that were signed.`}
          value=""
          onChange={(event) =>
            onChange([...translations, { language: event.target.value, title: '', wording: '' }])
          }
        >
          <option value="">{t`Choose`}</option>
          {free.map(({ tag, name }) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
    </section>
  );
}
