import { useLingui } from '@lingui/react/macro';
import { SelectField } from './field.tsx';
import { listLanguages } from './list-languages.ts';

/** So many besides the one that something is written in. */
const MOST = 20;

export interface LanguageFieldsProps {
  /** What it is written in; left out: nobody has said. */
  readonly language: string | undefined;
  /** What it is translated into. */
  readonly taken: readonly string[];
}

interface Choices {
  readonly all: readonly { readonly tag: string; readonly name: string }[];
  readonly isTaken: (tag: string) => boolean;
}

function useChoices({ taken }: LanguageFieldsProps): Choices {
  const { i18n } = useLingui();
  return { all: listLanguages(i18n.locale), isTaken: (tag) => taken.includes(tag) };
}

export interface WrittenInProps extends LanguageFieldsProps {
  readonly onSource: (language: string) => void;
}

/** What the words of a draft are written in. */
export function WrittenIn(props: WrittenInProps) {
  const { language, onSource } = props;
  const { t } = useLingui();
  const { all, isTaken } = useChoices(props);
  return (
    <SelectField
      label={t`Written in`}
      value={language ?? ''}
      onChange={(event) => onSource(event.target.value)}
    >
      {language === undefined && <option value="">{t`Not said yet`}</option>}
      {all.map(({ tag, name }) =>
        isTaken(tag) ? null : (
          <option key={tag} value={tag}>
            {name}
          </option>
        ),
      )}
    </SelectField>
  );
}

export interface AddLanguageProps extends LanguageFieldsProps {
  readonly hint?: string;
  readonly onAdd: (language: string) => void;
}

/** One more language; nothing where there are as many as may be. */
export function AddLanguage(props: AddLanguageProps) {
  const { language, taken, hint, onAdd } = props;
  const { t } = useLingui();
  const { all, isTaken } = useChoices(props);
  if (taken.length >= MOST) return null;
  return (
    <SelectField
      label={t`Add a language`}
      hint={hint}
      value=""
      onChange={(event) => {
        if (event.target.value !== '') onAdd(event.target.value);
      }}
    >
      <option value="">{t`Choose`}</option>
      {all.map(({ tag, name }) =>
        tag === language || isTaken(tag) ? null : (
          <option key={tag} value={tag}>
            {name}
          </option>
        ),
      )}
    </SelectField>
  );
}
