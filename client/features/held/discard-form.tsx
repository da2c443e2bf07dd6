import { useState } from 'react';
import { useLingui } from '@lingui/react/macro';
import { useUnsavedWork } from '../../shell/unsaved-work.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';

/** Law 8 asks for a reason that says something. */
const LEAST = 3;
const MOST = 500;

export interface DiscardFormProps {
  readonly busy: boolean;
  readonly onDiscard: (why: string) => void;
  readonly onCancel: () => void;
}

/** Asks why; the reason stays with what was discarded, for everyone at the desk to read. */
export function DiscardForm({ busy, onDiscard, onCancel }: DiscardFormProps) {
  const { t } = useLingui();
  const [why, setWhy] = useState('');
  const [refused, setRefused] = useState(false);
  useUnsavedWork(why.trim() !== '');
  const enough = why.trim().length >= LEAST;
  return (
    <form
      className="stack held-panel"
      onSubmit={(event) => {
        event.preventDefault();
        setRefused(!enough);
        if (enough && !busy) onDiscard(why.trim());
      }}
    >
      <TextArea
        label={t`Why does it not count?`}
        hint={t`The reason stays with it, with your name. What arrived is kept all the same.`}
        error={refused && !enough ? t`Write a few words: others will want to know.` : undefined}
        value={why}
        maxLength={MOST}
        autoFocus
        onChange={(event) => setWhy(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onCancel()}
      />
      <div className="row">
        <Button type="submit" variant="danger" busy={busy}>{t`Discard it`}</Button>
        <Button variant="quiet" onClick={onCancel}>{t`Cancel`}</Button>
      </div>
    </form>
  );
}
