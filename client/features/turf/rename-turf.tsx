import { useState, type FormEvent } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { Turf } from '#shared/model/turf.ts';
import { Button } from '../../ui/button.tsx';

export interface RenameTurfProps {
  readonly turf: Turf;
  /** True when it was saved. */
  readonly onRename: (turf: Turf, name: string) => Promise<boolean>;
}

/** The name of a draft, changed in place. */
export function RenameTurf({ turf, onRename }: RenameTurfProps) {
  const { t } = useLingui();
  const [name, setName] = useState(turf.name);
  const [busy, setBusy] = useState(false);
  const changed = name.trim() !== '' && name.trim() !== turf.name;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!changed) return;
    setBusy(true);
    await onRename(turf, name.trim());
    setBusy(false);
  };
  return (
    <form className="turf-rename" onSubmit={(event) => void submit(event)}>
      <input
        className="input"
        type="text"
        maxLength={80}
        aria-label={t`Name of the turf`}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {changed && <Button type="submit" busy={busy}>{t`Rename`}</Button>}
    </form>
  );
}
