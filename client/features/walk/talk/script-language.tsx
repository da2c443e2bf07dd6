import { useLingui } from '@lingui/react/macro';
import type { ScriptBody } from '#shared/model/script.ts';
import { languagesOf } from '#shared/script/in-language.ts';
import { ChooseLanguage } from './choose-language.tsx';

export interface ScriptLanguageProps {
  readonly body: ScriptBody;
  /** The language that is on the screen; null: the script's own. */
  readonly value: string | null;
  readonly onChange: (language: string) => void;
}

/** In which language the script is said. Nothing where it has one alone. */
export function ScriptLanguage({ body, value, onChange }: ScriptLanguageProps) {
  const { t } = useLingui();
  const languages = languagesOf(body);
  if (languages.length < 2) return null;
  return (
    <div className="script-language">
      <ChooseLanguage
        legend={t`Language of the script`}
        languages={languages}
        value={value ?? languages[0] ?? ''}
        onChange={onChange}
      />
    </div>
  );
}
