import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Turf } from '#shared/model/turf.ts';
import { callApi } from '../../api/call.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

export interface EndTurfProps {
  readonly turf: Turf;
  readonly phones: number;
  readonly onChanged: () => void;
}

/** A stall is taken down, a call list is put away: no pass follows by itself. */
export function EndTurf({ turf, phones, onChanged }: EndTurfProps) {
  const { t } = useLingui();
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const end = async (): Promise<void> => {
    setBusy(true);
    const answer = await callApi('POST', `/v1/turfs/${turf.id}/close`);
    setBusy(false);
    setAsks(false);
    setProblem(answer.ok ? null : answer.problem);
    onChanged();
  };
  return (
    <section className="stack">
      {problem !== null && <ProblemNotice problem={problem} />}
      <Button onClick={() => setAsks(true)}>
        {turf.kind === 'stall' ? <Trans>End this stall</Trans> : <Trans>End this list</Trans>}
      </Button>
      <ConfirmDialog
        open={asks}
        title={t`End ${turf.name}?`}
        action={t`End it`}
        busy={busy}
        onCancel={() => setAsks(false)}
        onConfirm={() => void end()}
      >
        <Trans>Its codes open nothing more. What was said is kept.</Trans>{' '}
        {phones > 0 && (
          <Trans>Phones that are out with it keep it, and what they bring counts.</Trans>
        )}
      </ConfirmDialog>
    </section>
  );
}
