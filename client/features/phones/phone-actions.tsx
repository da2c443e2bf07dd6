import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { Problem } from '#shared/kernel/problem.ts';
import type { TurfId } from '#shared/kernel/ids.ts';
import type { Phone, TakeBack } from '#shared/sync/phones.ts';
import { callApi } from '../../api/call.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { showToast } from '../../ui/toast.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';

export interface PhoneActionsProps {
  readonly phone: Phone;
  readonly onChanged: () => void;
}

interface HeldTurf {
  readonly id: TurfId;
  readonly name: string;
}

/** Take a turf back, or revoke the whole phone; both ask first. */
export function PhoneActions({ phone, onChanged }: PhoneActionsProps) {
  const { t } = useLingui();
  const [asked, setAsked] = useState<HeldTurf | 'revoke' | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const takeBack = async ({ id, name }: HeldTurf): Promise<void> => {
    setBusy(true);
    const body: TakeBack = { deviceId: phone.deviceId };
    const answer = await callApi<null>('POST', `/v1/turfs/${id}/take-back`, body);
    setBusy(false);
    setAsked(null);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) showToast({ text: t`${name} is free to be handed out again.` });
    onChanged();
  };
  if (phone.standing !== 'ok') return null;
  const replacing = new URLSearchParams({ replaces: phone.deviceId });
  if (phone.turfs[0] !== undefined) replacing.set('turf', phone.turfs[0].id);
  return (
    <div className="stack phone-actions">
      {problem !== null && <ProblemNotice problem={problem} />}
      <div className="row">
        {phone.turfs.map((turf) => (
          <Button key={turf.id} onClick={() => setAsked(turf)}>
            <Trans>Take back {turf.name}</Trans>
          </Button>
        ))}
        <Link
          className={buttonClass({ variant: 'quiet' })}
          aria-label={t`A new phone for ${phone.memberName}`}
          href={`/desk/launch?${replacing.toString()}`}
        >
          <Trans>New phone…</Trans>
        </Link>
        <Button
          variant="quiet"
          aria-label={t`Revoke the phone of ${phone.memberName}`}
          onClick={() => setAsked('revoke')}
        >
          <Trans>Revoke…</Trans>
        </Button>
      </div>
      {asked !== null && asked !== 'revoke' && (
        <ConfirmDialog
          open
          title={t`Take ${asked.name} back from ${phone.memberName}?`}
          action={t`Take it back`}
          busy={busy}
          onCancel={() => setAsked(null)}
          onConfirm={() => void takeBack(asked)}
        >
          <Trans>
            The phone sends what it has, then deletes the turf, when it next reaches the chapter.
            What was knocked until now still counts when it arrives.
          </Trans>
        </ConfirmDialog>
      )}
      {asked === 'revoke' && (
        <RevokeDialog
          phone={phone}
          onClose={(problem) => {
            setAsked(null);
            setProblem(problem);
            onChanged();
          }}
        />
      )}
    </div>
  );
}
