import { useLingui } from '@lingui/react/macro';
import { ChooseOne } from '../../../ui/choice.tsx';
import { languageName } from '../../../ui/language-name.ts';

export interface ChooseLanguageProps {
  /** What the languages are of; it is heard and not seen. */
  readonly legend: string;
  /** Tags; '' is what does not say its own. */
  readonly languages: readonly string[];
  readonly value: string;
  readonly onChange: (language: string) => void;
}

/** In which of its languages words are shown, each under its own name. */
export function ChooseLanguage({ legend, languages, value, onChange }: ChooseLanguageProps) {
  const { t } = useLingui();
  return (
    <ChooseOne
      legend={legend}
      hideLegend
      options={languages.map((tag) => ({
        value: tag,
        label:
          tag === '' ? (
            t`As written`
          ) : (
            <span lang={tag} dir="auto">
              {languageName(tag)}
            </span>
          ),
      }))}
      value={value}
      onChange={onChange}
    />
  );
}
