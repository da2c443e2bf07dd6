import { useDeferredValue, useEffect, useMemo, useRef, type ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconEyeQuestion } from '@tabler/icons-react';
import {
  findSensitiveWords,
  type SensitiveKind,
  type SensitiveWord,
} from '#shared/privacy/sensitive-words.ts';
import { TextArea } from '../../../ui/field.tsx';
import './note-field.css';

export interface NoteFieldProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Left out: "Note". */
  readonly label?: ReactNode;
  /** In place of the reminder that voters may read it: for words about a place, not a person. */
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
  readonly maxLength?: number;
  readonly rows?: number;
  /** Of those who live there: a name is no sensitive word. */
  readonly names?: readonly string[];
}

/**
 * Free words about a person or a door. Says that they may be read by whom they are about, and
 * names the words that tell of health, religion or immigration. It never keeps anything from
 * being written.
 */
export function NoteField({
  value,
  onChange,
  label,
  hint,
  error,
  maxLength = 4000,
  rows = 2,
  names,
}: NoteFieldProps) {
  const late = useDeferredValue(value);
  const found = useMemo(() => findSensitiveWords(late, names), [late, names]);
  return (
    <div className="note-field">
      <TextArea
        label={label ?? <Trans>Note</Trans>}
        hint={hint ?? <Trans>Voters may ask to read what is written about them.</Trans>}
        error={error}
        dir="auto"
        rows={rows}
        maxLength={maxLength}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {/* Always there, so that a screen reader hears what comes into it. */}
      <div role="status">{found.length > 0 && <SensitiveNotice found={found} />}</div>
    </div>
  );
}

const KINDS: readonly SensitiveKind[] = ['health', 'religion', 'immigration'];

function SensitiveNotice({ found }: { readonly found: readonly SensitiveWord[] }) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  // Whoever types at the foot of the page would not see what comes below.
  useEffect(() => {
    // In braces: some browsers give back a promise, which is nothing to clean up with.
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const why: Readonly<Record<SensitiveKind, string>> = {
    health: t`may tell about somebody’s health`,
    religion: t`may tell about somebody’s religion`,
    immigration: t`may tell about somebody’s papers`,
  };
  return (
    <div className="notice notice-info" ref={box}>
      <IconEyeQuestion size={22} aria-hidden />
      <div className="notice-words">
        <strong>
          <Trans>Does this need to be in the note?</Trans>
        </strong>
        <ul className="note-words" role="list">
          {KINDS.flatMap((kind) => {
            const words = found.filter((one) => one.kind === kind);
            return words.length === 0
              ? []
              : [
                  <li key={kind}>
                    {words.map(({ word }, at) => (
                      <span key={word}>
                        {at > 0 && ', '}
                        <q>{word}</q>
                      </span>
                    ))}{' '}
                    {why[kind]}
                  </li>,
                ];
          })}
        </ul>
        <Trans>It can hurt them in the wrong hands. You decide: it is saved as you write it.</Trans>
      </div>
    </div>
  );
}
