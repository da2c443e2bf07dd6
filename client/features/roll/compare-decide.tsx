import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { RollImport } from '#shared/model/roll.ts';
import { callApi } from '../../api/call.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

export interface CompareDecideProps {
  readonly importId: RollImport['id'];
  /** It was decided, and is under way or over. */
  readonly onDecided: () => void;
}

/** Puts the roll that waits in place, or throws it away. */
export function CompareDecide({ importId, onDecided }: CompareDecideProps) {
  const { t } = useLingui();
  const [busy, setBusy] = useState<'apply' | 'drop' | null>(null);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const decide = async (what: 'apply' | 'drop'): Promise<void> => {
    setBusy(what);
    const path = `/v1/roll/imports/${importId}`;
    const done = await (what === 'apply'
      ? callApi<RollImport>('POST', `${path}/apply`)
      : callApi<RollImport>('DELETE', path));
    setBusy(null);
    setAsking(false);
    setProblem(done.ok ? null : done.problem);
    if (done.ok) onDecided();
  };
  return (
    <div className="roll-foot">
      {problem && <ProblemNotice problem={problem} />}
      <div className="row">
        <Button
          variant="primary"
          busy={busy === 'apply'}
          disabled={busy === 'drop'}
          onClick={() => void decide('apply')}
        >
          <Trans>Put the new roll in place</Trans>
        </Button>
        <Button disabled={busy !== null} onClick={() => setAsking(true)}>
          <Trans>Throw it away</Trans>
        </Button>
        <p className="small quiet grow">
          <Trans>Nothing changes before you choose. You can also leave and come back.</Trans>
        </p>
      </div>
      <ConfirmDialog
        open={asking}
        title={t`Throw the new roll away?`}
        action={t`Throw it away`}
        danger
        busy={busy === 'drop'}
        onConfirm={() => void decide('drop')}
        onCancel={() => setAsking(false)}
      >
        <Trans>
          The roll that stands stays as it is. To compare again, import the file once more.
        </Trans>
      </ConfirmDialog>
    </div>
  );
}
