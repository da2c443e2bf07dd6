import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Phone, RevokePhone } from '#shared/sync/phones.ts';
import { callApi } from '../../api/call.ts';
import { ChooseOne } from '../../ui/choice.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';

export interface RevokeDialogProps {
  readonly phone: Phone;
  /** With the problem when it could not be done, null when it was or was called off. */
  readonly onClose: (problem: Problem | null) => void;
}

/** The second tap: who may have the phone in hand decides whether it sends or deletes first. */
export function RevokeDialog({ phone, onClose }: RevokeDialogProps) {
  const { t } = useLingui();
  const [who, setWho] = useState<'theirs' | 'lost' | null>(null);
  const [busy, setBusy] = useState(false);
  const revoke = async (): Promise<void> => {
    setBusy(true);
    const body: RevokePhone = { lost: who === 'lost' };
    const answer = await callApi<null>('POST', `/v1/phones/${phone.deviceId}/revoke`, body);
    setBusy(false);
    onClose(answer.ok ? null : answer.problem);
  };
  return (
    <ConfirmDialog
      open
      danger
      title={t`Revoke the phone of ${phone.memberName}?`}
      action={t`Revoke it`}
      busy={busy}
      ready={who !== null}
      onCancel={() => onClose(null)}
      onConfirm={() => void revoke()}
    >
      <div className="stack revoke-words">
        <ChooseOne
          legend={t`May somebody else have it in hand?`}
          value={who}
          onChange={setWho}
          options={[
            { value: 'theirs', label: t`No, ${phone.memberName} has it` },
            { value: 'lost', label: t`Yes, it is lost or was taken` },
          ]}
        />
        <p role="status">
          {who === 'theirs' && (
            <Trans>
              It sends what it has, then deletes its turf and says so. It can join again with a new
              code.
            </Trans>
          )}
          {who === 'lost' && (
            <Trans>
              It deletes its turf first and sends afterwards what it has not sent yet; nobody can
              read that on the way. It then waits under Held until you accept it.
            </Trans>
          )}
        </p>
        <p className="small">
          <Trans>
            It reads nothing new from now on. No wipe is at once: what is on it already is deleted
            when it next reaches the chapter.
          </Trans>{' '}
          {phone.guard === 'passkey' && (
            <Trans>
              A phone that stays offline keeps it behind its own lock for 14 days at most.
            </Trans>
          )}
          {phone.guard === 'pin' && (
            <Trans>A phone that stays offline keeps it behind its PIN for 72 hours at most.</Trans>
          )}
          {phone.guard === 'none' && (
            <Trans>A phone that stays offline keeps it until the app is loaded anew.</Trans>
          )}
          {phone.guard === null && (
            <Trans>
              A phone that stays offline keeps it until its hold ends and the app is opened.
            </Trans>
          )}
        </p>
      </div>
    </ConfirmDialog>
  );
}
