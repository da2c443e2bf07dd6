import type { ReactNode } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconArrowDown } from '@tabler/icons-react';
import type { ScriptBody, Translation } from '#shared/model/script.ts';
import { findMissingWords } from '#shared/script/missing-words.ts';
import { Button } from '../../ui/button.tsx';
import { languageName } from '../../ui/language-name.ts';
import { wordsAt, type TextPlace } from './edit-translation.ts';

export interface TranslationEditorProps {
  readonly draft: ScriptBody;
  readonly translation: Translation;
  readonly onWrite: (place: TextPlace, text: string) => void;
}

const fieldId = (place: TextPlace): string =>
  [
    'words',
    place.part,
    'questionId' in place && place.questionId,
    'optionId' in place && place.optionId,
  ]
    .filter(Boolean)
    .join('-');

/** A script side by side: its own words, and those of one more language. */
export function TranslationEditor({ draft, translation, onWrite }: TranslationEditorProps) {
  const { t, i18n } = useLingui();
  const name = languageName(translation.language, i18n.locale);
  const missing = findMissingWords(draft, translation);
  const [first] = missing;
  const lacking = new Set(missing.map(fieldId));
  const line = (place: TextPlace, source: string, label: string, most: number): ReactNode =>
    source.trim() === '' ? null : (
      <Line
        key={fieldId(place)}
        id={fieldId(place)}
        label={label}
        source={{ text: source, language: draft.language }}
        language={translation.language}
        value={wordsAt(translation, place)}
        lacking={lacking.has(fieldId(place))}
        long={most > 200}
        most={most}
        onWrite={(text) => onWrite(place, text)}
      />
    );
  return (
    <div className="stack">
      <div className="row row-apart">
        <p className="grow" role="status">
          {missing.length === 0 ? (
            <Trans>Everything is there in {name}.</Trans>
          ) : (
            <Plural
              value={missing.length}
              one={`# text is missing in ${name}. Its question is asked in the script’s own words.`}
              other={`# texts are missing in ${name}. Their questions are asked in the script’s own words.`}
            />
          )}
        </p>
        {first !== undefined && (
          <Button
            icon={<IconArrowDown size={18} aria-hidden />}
            onClick={() => document.getElementById(fieldId(first))?.focus()}
          >{t`To the first one`}</Button>
        )}
      </div>
      {line({ part: 'opening' }, draft.opening, t`Opening in ${name}`, 4000)}
      {draft.questions.map(({ id, prompt, options }, at) => (
        <section
          key={id}
          className="panel stack script-question"
          aria-label={t`Question ${at + 1}`}
        >
          <h2>
            <Trans>Question {at + 1}</Trans>
          </h2>
          {line({ part: 'prompt', questionId: id }, prompt, t`Question ${at + 1} in ${name}`, 1000)}
          {options.map((option, n) =>
            line(
              { part: 'option', questionId: id, optionId: option.id },
              option.label,
              t`Option ${n + 1} in ${name}`,
              200,
            ),
          )}
        </section>
      ))}
      {line({ part: 'closing' }, draft.closing, t`Closing in ${name}`, 4000)}
    </div>
  );
}

interface LineProps {
  readonly id: string;
  readonly label: string;
  readonly source: { readonly text: string; readonly language: string | undefined };
  readonly language: string;
  readonly value: string;
  readonly lacking: boolean;
  readonly long: boolean;
  readonly most: number;
  readonly onWrite: (text: string) => void;
}

function Line({ id, label, source, language, value, lacking, long, most, onWrite }: LineProps) {
  const field = {
    id,
    className: 'input',
    lang: language,
    dir: 'auto',
    maxLength: most,
    value,
    'aria-label': label,
    'aria-describedby': `${id}-source`,
    'data-lacking': lacking ? '' : undefined,
  };
  return (
    <div className="script-side">
      <p id={`${id}-source`} className="script-source" lang={source.language} dir="auto">
        {source.text}
      </p>
      {long ? (
        <textarea {...field} rows={2} onChange={(event) => onWrite(event.target.value)} />
      ) : (
        <input {...field} type="text" onChange={(event) => onWrite(event.target.value)} />
      )}
    </div>
  );
}
