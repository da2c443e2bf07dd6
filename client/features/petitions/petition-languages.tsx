import { Trans, useLingui } from '@lingui/react/macro';
import { IconTrash } from '@tabler/icons-react';
import type { PetitionWords } from '#shared/model/petition.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { AddLanguage, WrittenIn } from '../../ui/language-fields.tsx';
import { languageName } from '../../ui/language-name.ts';

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
  const taken = translations.map((one) => one.language);
  const change = (tag: string, words: Partial<PetitionWords>): void =>
    onChange(translations.map((one) => (one.language === tag ? { ...one, ...words } : one)));
  return (
    <section className="stack petition-languages" aria-label={t`Languages of the petition`}>
      <WrittenIn language={language} taken={taken} onSource={onSource} />
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
      {language !== undefined && (
        <AddLanguage
          language={language}
          taken={taken}
          hint={t`Each signature keeps the words, and the language, that were signed.`}
          onAdd={(tag) => onChange([...translations, { language: tag, title: '', wording: '' }])}
        />
      )}
    </section>
  );
}
