import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDownload } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Share } from '#shared/model/share.ts';
import { callApi } from '../../api/call.ts';
import { DownloadLink } from '../../api/download-link.tsx';
import { useMay, useMe } from '../../api/me.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** Long enough for the server to have sent the file and noted its numbers. */
const LEDGER_WAIT_MS = 2500;

export interface ShareActsProps {
  readonly share: Share;
  readonly onChange: (share: Share) => void;
  readonly onTaken: () => void;
}

/** What the reader of a share may do with it now: decide it, or take its file once. */
export function ShareActs({ share, onChange, onTaken }: ShareActsProps) {
  const { t } = useLingui();
  const me = useMe();
  const mayShare = useMay('share-data');
  const [refusing, setRefusing] = useState(false);
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const own = share.askedBy.id === me.member.id;

  const decide = async (verb: 'approve' | 'refuse', body?: unknown): Promise<void> => {
    setBusy(true);
    const answer = await callApi<Share>('POST', `/v1/shares/${share.id}/${verb}`, body);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) onChange(answer.value);
  };

  if (!mayShare) return null;
  if (share.state === 'asked' && own) {
    return (
      <p className="small quiet">
        <Trans>Another research lead or admin has to approve it: nobody approves their own.</Trans>
      </p>
    );
  }
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      {share.state === 'asked' && !refusing && (
        <div className="row">
          <Button variant="primary" busy={busy} onClick={() => void decide('approve')}>
            {t`Approve`}
          </Button>
          <Button onClick={() => setRefusing(true)}>{t`Refuse`}</Button>
        </div>
      )}
      {share.state === 'asked' && refusing && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void decide('refuse', { why: why.trim() });
          }}
        >
          <TextField
            label={t`Why it is refused`}
            value={why}
            required
            minLength={2}
            maxLength={1000}
            autoFocus
            onChange={(event) => setWhy(event.target.value)}
          />
          <div className="row">
            <Button type="submit" variant="danger" busy={busy} disabled={why.trim().length < 2}>
              {t`Refuse`}
            </Button>
            <Button variant="quiet" onClick={() => setRefusing(false)}>{t`Cancel`}</Button>
          </div>
        </form>
      )}
      {share.state === 'approved' && own && (
        <div className="row">
          <DownloadLink
            className={buttonClass({ variant: 'primary' })}
            href={`/v1/shares/${share.id}/file.csv`}
            onAnswer={(found) => {
              setProblem(found);
              if (found === null) window.setTimeout(onTaken, LEDGER_WAIT_MS);
            }}
          >
            <IconDownload size={18} aria-hidden />
            <span>
              <Trans>Take the file</Trans>
            </span>
          </DownloadLink>
          <span className="small quiet">
            <Trans>Once. Its rows are marked for this recipient.</Trans>
          </span>
        </div>
      )}
    </>
  );
}
