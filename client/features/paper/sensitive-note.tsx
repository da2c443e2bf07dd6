import { useDeferredValue, useMemo } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { findSensitiveWords, type SensitiveKind } from '#shared/privacy/sensitive-words.ts';
import { Notice } from '../../ui/notice.tsx';

export interface SensitiveNoteProps {
  readonly note: string;
  /** Of those who live there: a name is no sensitive word. */
  readonly names: readonly string[];
}

/** Names the words of a note that tell of health, religion or papers. Keeps nothing from being saved. */
export function SensitiveNote({ note, names }: SensitiveNoteProps) {
  const { t } = useLingui();
  const late = useDeferredValue(note);
  const found = useMemo(() => findSensitiveWords(late, names), [late, names]);
  const why: Readonly<Record<SensitiveKind, string>> = {
    health: t`may tell about somebody’s health`,
    religion: t`may tell about somebody’s religion`,
    immigration: t`may tell about somebody’s papers`,
  };
  return (
    <div role="status">
      {found.length > 0 && (
        <Notice title={<Trans>Does this need to be in the note?</Trans>}>
          {found.map(({ word, kind }) => (
            <span key={word} className="paper-sensitive">
              <q>{word}</q> {why[kind]}.{' '}
            </span>
          ))}
          <Trans>
            It can hurt them in the wrong hands. You decide: it is saved as you write it.
          </Trans>
        </Notice>
      )}
    </div>
  );
}
