import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconPrinter } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { MyPasskeys, RecoveryCodes } from '#shared/model/passkey.ts';
import { callApi } from '../../api/call.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

export interface CodesPanelProps {
  readonly codes: MyPasskeys['codes'];
  readonly onMade: (codes: RecoveryCodes) => void;
}

/** Ten codes on paper for the day when every device is gone. */
export function CodesPanel({ codes, onMade }: CodesPanelProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const make = async (): Promise<void> => {
    setBusy(true);
    const answer = await callApi<RecoveryCodes>('POST', '/v1/recovery-codes');
    setBusy(false);
    setAsking(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) onMade(answer.value);
  };
  const none = codes.madeAt === null;
  return (
    <section className="stack people-codes" aria-labelledby="people-codes">
      <h2 id="people-codes">
        <Trans>Recovery codes</Trans>
      </h2>
      <p className="quiet">
        {codes.madeAt === null ? (
          <Trans>
            Ten codes on paper, for the day when every device is gone. Each works once and lets you
            make a new passkey.
          </Trans>
        ) : (
          <>
            <Plural value={codes.left} one="# code is left" other="# codes are left" />
            {' · '}
            <Trans>printed {format.moment(codes.madeAt)}</Trans>
          </>
        )}
      </p>
      {problem && <ProblemNotice problem={problem} />}
      <Button
        icon={<IconPrinter size={18} aria-hidden />}
        busy={busy}
        onClick={() => (none ? void make() : setAsking(true))}
      >
        {none ? t`Make and print codes` : t`Print new codes`}
      </Button>
      <ConfirmDialog
        open={asking}
        title={t`Make ten new codes?`}
        action={t`Make them`}
        busy={busy}
        onConfirm={() => void make()}
        onCancel={() => setAsking(false)}
      >
        <p>
          <Trans>The codes on the older sheet work no longer. Throw that sheet away.</Trans>
        </p>
      </ConfirmDialog>
    </section>
  );
}
