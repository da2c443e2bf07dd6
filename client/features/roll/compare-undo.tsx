import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { RollImport } from '#shared/model/roll.ts';
import { callApi } from '../../api/call.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

export interface CompareUndoProps {
  readonly one: RollImport;
  /** Takes the import as it goes back, to be followed. */
  readonly onStarted: (started: RollImport) => void;
}

/** Brings the roll back that stood before this import's, once that was asked. */
export function CompareUndo({ one, onStarted }: CompareUndoProps) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const undo = async (): Promise<void> => {
    setBusy(true);
    const started = await callApi<RollImport>('POST', `/v1/roll/imports/${one.id}/undo`);
    setBusy(false);
    setAsking(false);
    setProblem(started.ok ? null : started.problem);
    if (started.ok) onStarted(started.value);
  };
  return (
    <>
      <Button icon={<IconArrowBackUp size={18} aria-hidden />} onClick={() => setAsking(true)}>
        <Trans>Undo</Trans>
      </Button>
      {problem && <ProblemNotice problem={problem} />}
      <ConfirmDialog
        open={asking}
        title={t`Bring the roll of before back?`}
        action={t`Bring it back`}
        busy={busy}
        onConfirm={() => void undo()}
        onCancel={() => setAsking(false)}
      >
        <Trans>
          Everybody works again with the roll that stood before {one.fileName}, exactly as it was.
          The newer one waits beside it and can be put in place again. What was learnt at doors
          stays.
        </Trans>
      </ConfirmDialog>
    </>
  );
}
