import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDownload, IconPackageExport } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { ArchiveState } from '#shared/model/archive.ts';
import { callApi } from '../../api/call.ts';
import { DownloadLink } from '../../api/download-link.tsx';
import { type Loaded, useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { useReloadEvery } from '../../api/use-reload-every.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { useBackupWords } from './use-backup-words.ts';

const BUSY_MS = 1000;
const IDLE_MS = 15_000;

/** Everything of the chapter as one file: made on the server, taken by the browser. */
export function ArchiveBox() {
  const archive = useApi<ArchiveState>('/v1/archive');
  useReloadEvery(archive.reload, archive.data?.making ? BUSY_MS : IDLE_MS);
  return (
    <div className="panel stack">
      <ShowData from={archive} lines={2}>
        {(state) => <Standing state={state} archive={archive} />}
      </ShowData>
    </div>
  );
}

interface StandingProps {
  readonly state: ArchiveState;
  readonly archive: Pick<Loaded<ArchiveState>, 'reload'>;
}

function Standing({ state, archive: { reload } }: StandingProps) {
  const { t } = useLingui();
  const words = useBackupWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { making, ready, fault } = state;

  const run = async (method: 'POST' | 'DELETE'): Promise<void> => {
    setBusy(true);
    const answer = await callApi<ArchiveState | null>(method, '/v1/archive');
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    reload();
  };

  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      {fault !== null && (
        <Notice tone="problem" title={<Trans>The archive was not made</Trans>}>
          {words.fault(fault)}
        </Notice>
      )}
      {making !== null && <Making making={making} />}
      {ready !== null && <Ready ready={ready} />}
      <div className="row">
        {making === null && ready === null && (
          <Button
            icon={<IconPackageExport size={18} aria-hidden />}
            busy={busy}
            onClick={() => void run('POST')}
          >
            {t`Make the archive`}
          </Button>
        )}
        {making !== null && (
          <Button busy={busy} onClick={() => void run('DELETE')}>{t`Cancel`}</Button>
        )}
        {ready?.here === false && (
          <Button busy={busy} onClick={() => void run('POST')}>{t`Make a new one here`}</Button>
        )}
        {ready?.here === true && (
          <>
            <DownloadLink
              className={buttonClass({ variant: 'primary' })}
              href="/v1/archive/file.zip"
              onAnswer={setProblem}
            >
              <IconDownload size={18} aria-hidden />
              <span>
                <Trans>Download it</Trans>
              </span>
            </DownloadLink>
            <Button variant="quiet" busy={busy} onClick={() => void run('DELETE')}>
              {t`Delete it from the server`}
            </Button>
          </>
        )}
      </div>
    </>
  );
}

function Making({ making }: { readonly making: NonNullable<ArchiveState['making']> }) {
  const { t } = useLingui();
  const format = useFormat();
  const { byName, startedAt, part, done, of } = making;
  return (
    <>
      <ProgressBar
        label={t`The archive is being made`}
        value={done}
        max={of}
        words={
          <Trans>
            {done} of {of} parts
          </Trans>
        }
      />
      <p className="small quiet">
        <code>{part}</code>
      </p>
      <p className="small quiet">
        <Trans>
          Asked for by {byName} {format.moment(startedAt)}: the page may be left, it goes on.
        </Trans>
      </p>
    </>
  );
}

function Ready({ ready }: { readonly ready: NonNullable<ArchiveState['ready']> }) {
  const format = useFormat();
  const { byName, at, until, file, here, bytes, rows, sha256 } = ready;
  return (
    <>
      <p>
        <strong>{file}</strong>
        {' · '}
        {format.bytes(bytes)}
        {' · '}
        <Trans>{format.number(rows)} rows</Trans>
      </p>
      <p className="small quiet">
        <Trans>
          Made for {byName} {format.moment(at)}; deleted from the server {format.moment(until)}
        </Trans>
      </p>
      {!here && (
        <p>
          <Trans>
            It lies on another machine of this server, and this page has reached a different one.
            Load the page again; if that does not help, ask whoever runs the server, or make a new
            one.
          </Trans>
        </p>
      )}
      <p className="small quiet">
        SHA-256 <code>{sha256}</code>
      </p>
    </>
  );
}
