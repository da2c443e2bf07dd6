import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconKey } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { NewBackupKey, SetBackupKey } from '#shared/model/backup.ts';
import { callApi } from '../../api/call.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SectionProps } from './backup-state.tsx';
import { KeySheet } from './key-sheet.tsx';

type Making = { readonly kind: 'made'; readonly key: NewBackupKey } | { readonly kind: 'bring' };

/** What backups are sealed to; a new key is shown once and counts when its end was typed back. */
export function KeySection({ page, onChanged }: SectionProps) {
  const { t } = useLingui();
  const [making, setMaking] = useState<Making | null>(null);
  const [brought, setBrought] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const make = async (): Promise<void> => {
    setBusy(true);
    const answer = await callApi<NewBackupKey>('POST', '/v1/backups/key');
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setMaking({ kind: 'made', key: answer.value });
  };
  const use = async (recipient: string): Promise<void> => {
    setBusy(true);
    const body: SetBackupKey = { recipient };
    const answer = await callApi<null>('PUT', '/v1/backups/key', body);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    setMaking(null);
    setBrought('');
    onChanged();
  };

  return (
    <section className="stack backups-section" aria-labelledby="backup-key-title">
      <h2 id="backup-key-title">
        <Trans>The key</Trans>
      </h2>
      {page.recipient === null ? (
        <p className="quiet">
          <Trans>
            A pair: the public half stays on the server and seals, the secret half is yours, on
            paper, and opens. Without that paper nobody can ever open a backup.
          </Trans>
        </p>
      ) : (
        <p className="quiet">
          <Trans>
            Backups are sealed to <code className="backups-code">{page.recipient}</code>. The server
            does not have the secret half. Those who keep it are named on the hand-over.
          </Trans>
        </p>
      )}
      {problem && <ProblemNotice problem={problem} />}
      {making === null && (
        <div className="row">
          <Button
            variant={page.recipient === null ? 'primary' : 'normal'}
            icon={<IconKey size={18} aria-hidden />}
            busy={busy}
            onClick={() => void make()}
          >
            {page.recipient === null ? t`Make the key` : t`Make a new key`}
          </Button>
          <Button
            variant="quiet"
            onClick={() => setMaking({ kind: 'bring' })}
          >{t`Use a key made elsewhere`}</Button>
        </div>
      )}
      {making?.kind === 'made' && (
        <KeySheet
          made={making.key}
          replaces={page.recipient !== null}
          busy={busy}
          onKept={() => void use(making.key.recipient)}
          onCancel={() => setMaking(null)}
        />
      )}
      {making?.kind === 'bring' && (
        <form
          className="panel stack"
          aria-label={t`Use a key made elsewhere`}
          onSubmit={(event) => {
            event.preventDefault();
            void use(brought.trim());
          }}
        >
          <TextField
            label={t`The public half`}
            hint={t`It begins with age1 and has 62 letters; any age program makes one.`}
            value={brought}
            maxLength={80}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setBrought(event.target.value)}
          />
          <div className="row">
            <Button
              type="submit"
              variant="primary"
              busy={busy}
              disabled={brought.trim().length !== 62}
            >{t`Seal to this key`}</Button>
            <Button variant="quiet" onClick={() => setMaking(null)}>{t`Cancel`}</Button>
          </div>
        </form>
      )}
    </section>
  );
}
