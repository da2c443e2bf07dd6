import { useEffect, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import { showPasskey } from '../../api/passkeys.ts';
import { onStepUp } from '../../api/step-up.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/**
 * Asks for the passkey when something that was pressed needs it once more, and lets that go on.
 * One for the whole desk.
 */
export default function AskPasskey() {
  const { t } = useLingui();
  const [settle, setSettle] = useState<((shown: boolean) => void) | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [closed, setClosed] = useState(false);

  useEffect(
    () =>
      onStepUp(
        () =>
          new Promise((resolve) => {
            setProblem(null);
            setClosed(false);
            setSettle(() => resolve);
          }),
      ),
    [],
  );

  const end = (shown: boolean): void => {
    settle?.(shown);
    setSettle(null);
  };
  const show = async (): Promise<void> => {
    setBusy(true);
    const answer = await showPasskey();
    setBusy(false);
    setClosed(answer === null);
    setProblem(answer === null || answer.ok ? null : answer.problem);
    if (answer?.ok === true) end(true);
  };
  return (
    <ConfirmDialog
      open={settle !== null}
      title={t`Your passkey once more`}
      action={t`Use your passkey`}
      busy={busy}
      onConfirm={() => void show()}
      onCancel={() => end(false)}
    >
      <div className="stack enter-ask">
        <p>
          <Trans>
            This takes data out of the chapter or changes who may do what. So that nobody does it at
            a desk that you left open, it asks for your passkey; then not again for five minutes.
          </Trans>
        </p>
        {closed && (
          <p role="status">
            <Trans>
              No passkey was shown. Try again. If you have lost it, sign out and use a recovery
              code.
            </Trans>
          </p>
        )}
        {problem && <ProblemNotice problem={problem} />}
      </div>
    </ConfirmDialog>
  );
}
