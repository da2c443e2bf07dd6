import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDownload } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { BackupEntry, BackupsPage } from '#shared/model/backup.ts';
import { DownloadLink } from '../../api/download-link.tsx';
import { useFormat } from '../../api/use-format.ts';
import { Pill } from '../../ui/pill.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useBackupWords } from './use-backup-words.ts';

const TONES = { running: 'plain', good: 'done', bad: 'danger' } as const;

/** Every backup that there is, the newest first; taking one away asks for the passkey. */
export function BackupList({ page }: { readonly page: BackupsPage }) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<Problem | null>(null);
  if (page.recipient === null && page.backups.length === 0) return null;
  return (
    <section className="stack backups-section" aria-labelledby="backup-list-title">
      <h2 id="backup-list-title">
        <Trans>What there is</Trans>
      </h2>
      {problem && <ProblemNotice problem={problem} />}
      {page.backups.length === 0 ? (
        <p className="quiet">
          <Trans>No backup has been made yet. The first one comes within minutes, or now.</Trans>
        </p>
      ) : (
        <div
          className="table-scroll"
          tabIndex={0}
          role="region"
          aria-labelledby="backup-list-title"
        >
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t`When`}</th>
                <th scope="col">{t`State`}</th>
                <th scope="col" className="is-number">{t`Facts`}</th>
                <th scope="col" className="is-number">{t`Size`}</th>
                <th scope="col">{t`File`}</th>
              </tr>
            </thead>
            <tbody>
              {page.backups.map((one) => (
                <BackupRow key={one.key} one={one} onAnswer={setProblem} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface BackupRowProps {
  readonly one: BackupEntry;
  readonly onAnswer: (problem: Problem | null) => void;
}

function BackupRow({ one, onAnswer }: BackupRowProps) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useBackupWords();
  return (
    <tr>
      <td>
        {format.moment(one.at)}
        <span className="small quiet backups-kind">{words.kind(one.kind)}</span>
      </td>
      <td>
        <Pill tone={TONES[one.state]}>{words.state(one)}</Pill>
      </td>
      <td className="is-number">{one.facts === null ? '–' : format.number(one.facts)}</td>
      <td className="is-number">{one.bytes === null ? '–' : format.bytes(one.bytes)}</td>
      <td>
        {one.state === 'good' ? (
          <DownloadLink
            className="backups-file"
            href={`/v1/backups/${one.key}/file`}
            onAnswer={onAnswer}
          >
            <IconDownload size={16} aria-hidden />
            <span className="for-readers">{t`Download`}</span>
            <span>{one.file}</span>
          </DownloadLink>
        ) : (
          <span className="quiet">{one.state === 'running' ? one.file : '–'}</span>
        )}
      </td>
    </tr>
  );
}
