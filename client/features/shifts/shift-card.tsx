import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { writingLocale } from '#shared/kernel/writing-locale.ts';
import type { Problem } from '#shared/kernel/problem.ts';
import type { PlannedShift } from '#shared/model/next-shift.ts';
import { callApi } from '../../api/call.ts';
import { useMe } from '../../api/me.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Pill } from '../../ui/pill.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { isShiftBegun, ShiftForm } from './shift-form.tsx';

export interface ShiftCardProps {
  readonly shift: PlannedShift;
  readonly may: boolean;
  readonly onChanged: () => void;
}

/** One shift: when and where, who comes, and who cannot after all. */
export function ShiftCard({ shift, may, onChanged }: ShiftCardProps) {
  const { t, i18n } = useLingui();
  const { timeZone } = useMe().chapter;
  const [edits, setEdits] = useState(() => may && isShiftBegun(shift));
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { id, name, place, startsAt, endsAt, coming, notComing, cancelled } = shift;
  const when = new Intl.DateTimeFormat(writingLocale(i18n.locale), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  }).formatRange(startsAt, endsAt);
  const cancel = async (): Promise<void> => {
    setBusy(true);
    const answer = await callApi('DELETE', `/v1/shifts/${id}`);
    setBusy(false);
    setAsks(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) onChanged();
  };
  if (edits) {
    return (
      <li>
        <ShiftForm
          shift={shift}
          onClose={() => setEdits(false)}
          onSaved={() => {
            setEdits(false);
            onChanged();
          }}
        />
      </li>
    );
  }
  return (
    <li className="panel stack shift-card">
      <div className="row row-apart">
        <h2>{name}</h2>
        {cancelled ? (
          <Pill>
            <Trans>Cancelled</Trans>
          </Pill>
        ) : (
          <Pill tone={coming.length > 0 ? 'done' : 'plain'}>
            <Plural value={coming.length} _0="Nobody yet" one="# comes" other="# come" />
          </Pill>
        )}
      </div>
      <p>
        {when}
        {place !== '' && (
          <>
            <br />
            {place}
          </>
        )}
      </p>
      {coming.length > 0 && (
        <ul role="list" className="shift-names" aria-label={t`Who comes`}>
          {coming.map(({ memberId, name: who }) => (
            <li key={memberId}>{who}</li>
          ))}
        </ul>
      )}
      {notComing.length > 0 && (
        <p className="small quiet">
          <Trans>Cannot: {notComing.map(({ name: who }) => who).join(', ')}</Trans>
        </p>
      )}
      {problem !== null && <ProblemNotice problem={problem} />}
      {may && (
        <div className="row">
          <Button onClick={() => setEdits(true)} aria-label={t`Change ${name}`}>
            <Trans>Change</Trans>
          </Button>
          <Button variant="quiet" onClick={() => setAsks(true)} aria-label={t`Cancel ${name}`}>
            <Trans>Cancel it</Trans>
          </Button>
        </div>
      )}
      <ConfirmDialog
        open={asks}
        title={t`Cancel ${name}?`}
        action={t`Cancel the shift`}
        danger
        busy={busy}
        onCancel={() => setAsks(false)}
        onConfirm={() => void cancel()}
      >
        <Trans>
          Phones that fetch a turf from now on do not show it. Those that are out still do: tell
          those who said yes.
        </Trans>
      </ConfirmDialog>
    </li>
  );
}
