import { useMemo, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ScriptBody } from '#shared/model/script.ts';
import { languagesOf } from '#shared/script/in-language.ts';
import { Button } from '../../../ui/button.tsx';
import { ChooseOne } from '../../../ui/choice.tsx';
import { TextField } from '../../../ui/field.tsx';
import { languageName } from '../../../ui/language-name.ts';

/** Nobody could tell which language it was. */
export const UNKNOWN_LANGUAGE = 'und';
const OTHER = 'other';

/** Those that are met most at doors here. */
const COMMON = ['es', 'zh', 'vi', 'tl', 'ko', 'ru', 'ar', 'ht', 'pt', 'fr'];

/** Those that are found by typing. */
const MORE =
  'af am az be bg bn bo bs ca ckb cs da de dz el en et eu fa ff fi ga gl gu ha he hi hmn hr hu hy id ig is it ja jv ka kk km kn ky lo lt lv mai mg mk ml mn mr ms mt my nah ne nl nn no nv ny om or pa pl prs ps qu rn ro rw sd si sk sl sm sn so sq sr st su sv sw ta te tg th ti tk to tr ug uk ur uz wo xh yi yo yue zu'.split(
    ' ',
  );

/** How many are offered while one types. */
const FOUND = 6;

export interface LanguageChoiceProps {
  /** A language tag; UNKNOWN_LANGUAGE; null: nothing was chosen yet. */
  readonly value: string | null;
  /** The script, whose languages come first. */
  readonly script: ScriptBody | null;
  readonly onChange: (language: string | null) => void;
  /** What was typed, where no language is called so. */
  readonly onWords: (words: string) => void;
}

/** Which language is spoken there: the common ones as large buttons, all others by typing. */
export function LanguageChoice({ value, script, onChange, onWords }: LanguageChoiceProps) {
  const { t, i18n } = useLingui();
  const [other, setOther] = useState(false);
  const [typed, setTyped] = useState('');
  const spoken = i18n.locale.split('-')[0];
  const first = (script === null ? [] : languagesOf(script)).filter((tag) => tag !== '');
  const common = [...new Set([...first, ...COMMON])].filter((tag) => tag.split('-')[0] !== spoken);
  const names = useMemo(
    () =>
      [...COMMON, ...MORE].map((tag) => ({
        tag,
        name: languageName(tag, i18n.locale),
        own: languageName(tag),
      })),
    [i18n.locale],
  );
  const words = typed.trim().toLocaleLowerCase();
  const found =
    words === ''
      ? []
      : names
          .filter(({ name, own }) => `${name} ${own}`.toLocaleLowerCase().includes(words))
          .slice(0, FOUND);
  const both = (tag: string) => {
    const [name, own] = [languageName(tag, i18n.locale), languageName(tag)];
    return (
      <span>
        {name}
        {/* The space is the sentence's: inside, it would come after a name from right to left. */}
        {own !== name && ' '}
        {own !== name && (
          <span className="quiet small" lang={tag} dir="auto">
            {own}
          </span>
        )}
      </span>
    );
  };

  const type = (text: string): void => {
    setTyped(text);
    // Whatever is typed is kept, also where it is no language that we know.
    onChange(text.trim() === '' ? null : UNKNOWN_LANGUAGE);
    onWords(text.trim());
  };

  // While one types, what is found stands where the common ones stood, above the keyboard.
  if (other) {
    return (
      <>
        <TextField
          label={<Trans>Which language do they speak?</Trans>}
          autoComplete="off"
          autoFocus
          maxLength={60}
          value={typed}
          hint={
            words !== '' && found.length === 0
              ? t`No language of our list is called so: it goes into the note.`
              : undefined
          }
          onChange={(event) => type(event.target.value)}
        />
        {found.length > 0 && (
          <ChooseOne
            legend={<Trans>Found</Trans>}
            hideLegend
            columns={2}
            options={found.map(({ tag }) => ({ value: tag, label: both(tag) }))}
            value={value}
            onChange={(tag) => {
              onWords('');
              onChange(tag);
            }}
          />
        )}
        <Button
          variant="quiet"
          onClick={() => {
            setOther(false);
            type('');
          }}
        >
          <Trans>Back to the common ones</Trans>
        </Button>
      </>
    );
  }
  return (
    <ChooseOne
      legend={<Trans>Which language do they speak?</Trans>}
      columns={2}
      options={[
        ...common.map((tag) => ({ value: tag, label: both(tag) })),
        { value: OTHER, label: <Trans>Another one</Trans> },
        { value: UNKNOWN_LANGUAGE, label: <Trans>I do not know</Trans> },
      ]}
      value={value}
      onChange={(tag) => {
        setOther(tag === OTHER);
        onChange(tag === OTHER ? null : tag);
      }}
    />
  );
}
