import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCopy, IconQrcode, IconRefresh } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { LaunchCode, Turf } from '#shared/model/turf.ts';
import { callApi } from '../../api/call.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { QrPicture } from '../../ui/qr-picture.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useNow } from '../../api/use-now.ts';

/** A turf's code for the table: large enough to be scanned and read from across it. */
export function CodePanel({ turf }: { readonly turf: Turf }) {
  const { t } = useLingui();
  const format = useFormat();
  const now = useNow(1000);
  const [launch, setLaunch] = useState<LaunchCode | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const expired = launch !== null && launch.expiresAt <= now;

  const open = async (): Promise<void> => {
    setBusy(true);
    const answer = await callApi<LaunchCode>('POST', `/v1/turfs/${turf.id}/launch`);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setLaunch(answer.value);
  };
  const copy = async (): Promise<void> => {
    if (!launch) return;
    try {
      await navigator.clipboard.writeText(launch.url);
      showToast({ text: t`The link is copied. Whoever opens it joins this turf.` });
    } catch {
      showToast({ text: t`This browser does not let the app copy. Read the code out instead.` });
    }
  };

  if (!launch || expired) {
    return (
      <div className="stack launch-code">
        {problem && <ProblemNotice problem={problem} />}
        {expired && (
          <p>
            <Trans>That code has expired. Walks that began with it go on.</Trans>
          </p>
        )}
        <Button
          variant="primary"
          size="large"
          wide
          icon={<IconQrcode size={22} aria-hidden />}
          busy={busy}
          onClick={() => void open()}
        >
          {expired ? t`Open a new code` : t`Open the code`}
        </Button>
      </div>
    );
  }
  return (
    <div className="stack launch-code">
      <QrPicture text={launch.url} label={t`QR code that joins ${turf.name}`} />
      <p className="launch-letters" aria-label={t`Code: ${launch.code.split('').join(' ')}`}>
        {launch.code}
      </p>
      <p className="quiet">
        <Trans>
          Scan it, or open the app and type the code. Works for{' '}
          <strong>{format.span(launch.expiresAt - now)}</strong>.
        </Trans>
      </p>
      <div className="row launch-code-row">
        <Button
          icon={<IconRefresh size={18} aria-hidden />}
          busy={busy}
          onClick={() => void open()}
        >{t`New code`}</Button>
        <Button
          variant="quiet"
          icon={<IconCopy size={18} aria-hidden />}
          onClick={() => void copy()}
        >{t`Copy the link`}</Button>
      </div>
    </div>
  );
}
