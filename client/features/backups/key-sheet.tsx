import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPrinter } from '@tabler/icons-react';
import type { NewBackupKey } from '#shared/model/backup.ts';
import { useMe } from '../../api/me.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';

export interface KeySheetProps {
  readonly made: NewBackupKey;
  /** There was a key before, whose backups stay sealed to it. */
  readonly replaces: boolean;
  readonly busy: boolean;
  readonly onKept: () => void;
  readonly onCancel: () => void;
}

/** Letters that are typed back: who has them has the paper before their eyes. */
const LAST = 6;
/** Groups as people read letters aloud: what every key begins with, then so that six end it. */
const inGroups = (secret: string): readonly string[] =>
  secret.match(/^AGE-SECRET-KEY-1|.{1,6}(?=(?:.{6})*$)/g) ?? [];

/** The secret half, shown once; it counts when its last letters were typed back. */
export function KeySheet({ made, replaces, busy, onKept, onCancel }: KeySheetProps) {
  const { t } = useLingui();
  const { chapter } = useMe();
  const format = useFormat();
  const [madeAt] = useState(() => Date.now());
  const [typed, setTyped] = useState('');
  const right = typed.trim().toUpperCase() === made.secret.slice(-LAST);
  return (
    <div className="panel stack backups-sheet" role="group" aria-label={t`The secret backup key`}>
      <h3>
        <Trans>The secret backup key of {chapter.name}</Trans>
      </h3>
      <p className="backups-secret">
        {inGroups(made.secret).map((group, i) => (
          <code key={i}>{group}</code>
        ))}
      </p>
      <p>
        <Trans>
          Print this or write it down, twice: one paper for the officers’ safe, one for another
          house. It is shown this once and kept nowhere. Whoever has it reads every backup; without
          it no backup can be opened.
        </Trans>
      </p>
      <p className="small">
        <Trans>
          Made on {format.moment(madeAt)}. Public half:{' '}
          <code className="backups-code">{made.recipient}</code>
        </Trans>
      </p>
      {replaces && (
        <p className="backups-no-print">
          <Trans>
            Backups from before stay sealed to the key before: keep that paper as long as you keep
            them.
          </Trans>
        </p>
      )}
      <form
        className="stack backups-no-print"
        onSubmit={(event) => {
          event.preventDefault();
          if (right) onKept();
        }}
      >
        <TextField
          label={t`Type its last 6 letters, from the paper`}
          value={typed}
          maxLength={12}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          error={typed.trim().length >= LAST && !right ? t`That is not how it ends.` : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
        <div className="row">
          <Button icon={<IconPrinter size={18} aria-hidden />} onClick={() => window.print()}>
            {t`Print`}
          </Button>
          <Button type="submit" variant="primary" busy={busy} disabled={!right}>
            {t`It is kept: seal to this key`}
          </Button>
          <Button variant="quiet" onClick={onCancel}>{t`Cancel`}</Button>
        </div>
      </form>
    </div>
  );
}
