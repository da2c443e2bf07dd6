import { useState, type FormEvent } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFingerprint, IconPlus, IconTrash } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { MyPasskeys, PasskeyListed } from '#shared/model/passkey.ts';
import { callApi } from '../../api/call.ts';
import { makePasskey } from '../../api/passkeys.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

export interface KeyListProps {
  readonly mine: MyPasskeys;
  readonly onChanged: (next: MyPasskeys) => void;
}

/** The member's passkeys; another one is made on the device that it is for. */
export function KeyList({ mine, onChanged }: KeyListProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [going, setGoing] = useState<PasskeyListed | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { passkeys, codes } = mine;
  const last = passkeys.length === 1 && codes.left === 0;
  const remove = async (key: PasskeyListed): Promise<void> => {
    setBusy(true);
    const answer = await callApi<MyPasskeys>('DELETE', `/v1/passkeys/${key.id}`);
    setBusy(false);
    setGoing(null);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) onChanged(answer.value);
  };
  return (
    <section className="stack" aria-label={t`Passkeys`}>
      {passkeys.length === 0 ? (
        <EmptyState
          icon={<IconFingerprint size={40} stroke={1.5} aria-hidden />}
          title={<Trans>No passkey yet</Trans>}
        >
          <Trans>
            Make one below: your fingerprint, your face or your device’s code opens the desk.
          </Trans>
        </EmptyState>
      ) : (
        <ul role="list" className="panel people-list">
          {passkeys.map((key) => (
            <li className="people-row" key={key.id}>
              <IconFingerprint className="people-key" size={24} aria-hidden />
              <div className="people-who">
                <p className="people-name">{key.name}</p>
                <p className="small quiet">
                  <Trans>made {format.moment(key.createdAt)}</Trans>
                  {' · '}
                  {key.lastUsedAt === null ? (
                    <Trans>not used since</Trans>
                  ) : (
                    <Trans>last used {format.moment(key.lastUsedAt)}</Trans>
                  )}
                </p>
              </div>
              {!last && (
                <IconButton
                  icon={<IconTrash size={20} aria-hidden />}
                  label={t`Remove ${key.name}`}
                  onClick={() => setGoing(key)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {problem && <ProblemNotice problem={problem} />}
      <MakeAnother first={passkeys.length === 0} onMade={onChanged} />
      <ConfirmDialog
        open={going !== null}
        danger
        title={t`Remove ${going?.name ?? ''}?`}
        action={t`Remove it`}
        busy={busy}
        onConfirm={() => going !== null && void remove(going)}
        onCancel={() => setGoing(null)}
      >
        <p>
          <Trans>
            It opens nothing from now on. Your device may go on offering it: delete it in its
            settings too.
          </Trans>
        </p>
      </ConfirmDialog>
    </section>
  );
}

interface MakeAnotherProps {
  readonly first: boolean;
  readonly onMade: (next: MyPasskeys) => void;
}

function MakeAnother({ first, onMade }: MakeAnotherProps) {
  const { t } = useLingui();
  const [open, setOpen] = useState(first);
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [closed, setClosed] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const answer = await makePasskey(name.trim() === '' ? t`This device` : name.trim());
    setBusy(false);
    setClosed(answer === null);
    setProblem(answer === null || answer.ok ? null : answer.problem);
    if (answer?.ok !== true) return;
    setOpen(false);
    setName('');
    onMade(answer.value);
  };
  if (!open) {
    return (
      <div>
        <Button icon={<IconPlus size={18} aria-hidden />} onClick={() => setOpen(true)}>
          {t`Make another passkey`}
        </Button>
      </div>
    );
  }
  return (
    <form className="panel stack people-form" onSubmit={(event) => void make(event)}>
      <TextField
        label={t`What do you call it?`}
        hint={t`The browser then asks where to make it: this device, your phone, or a security key.`}
        value={name}
        maxLength={60}
        placeholder={t`My phone`}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
      />
      {closed && (
        <p className="small" role="status">
          <Trans>No passkey was made: the browser’s question was closed. Try again.</Trans>
        </p>
      )}
      {problem && <ProblemNotice problem={problem} />}
      <div className="row">
        <Button type="submit" variant="primary" busy={busy}>{t`Make a passkey`}</Button>
        {!first && <Button variant="quiet" onClick={() => setOpen(false)}>{t`Cancel`}</Button>}
      </div>
    </form>
  );
}
