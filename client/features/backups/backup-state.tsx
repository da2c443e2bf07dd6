import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDatabaseExport } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { BackupsPage, SetBackupSchedule } from '#shared/model/backup.ts';
import { callApi } from '../../api/call.ts';
import { useFormat } from '../../api/use-format.ts';
import { useNow } from '../../api/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Stat } from '../../ui/stat.tsx';
import { useBackupWords } from './use-backup-words.ts';

/** A copy of a large chapter takes minutes. */
const PATIENCE_MS = 15 * 60_000;
const MINUTE_MS = 60_000;
const HOURS = [1, 6, 24, 168] as const;

export interface SectionProps {
  readonly page: BackupsPage;
  readonly onChanged: () => void;
}

/** When the last good one was, how large, when the next comes; and one now. */
export function BackupState({ page, onChanged }: SectionProps) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useBackupWords();
  const now = useNow(MINUTE_MS);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const last = page.backups.find(({ state }) => state === 'good');
  const newest = page.backups[0];

  const run = async (call: Promise<{ ok: true } | { ok: false; problem: Problem }>) => {
    setBusy(true);
    const answer = await call;
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    onChanged();
  };
  const backUp = () =>
    run(callApi<null>('POST', '/v1/backups', undefined, { timeoutMs: PATIENCE_MS }));
  const setEvery = (every: SetBackupSchedule['every']) =>
    run(callApi<null>('PUT', '/v1/backups/schedule', { every } satisfies SetBackupSchedule));

  if (page.recipient === null) {
    return (
      <Notice tone="problem" title={<Trans>Nothing is backed up yet</Trans>}>
        <Trans>
          Make the chapter’s backup key below. From then on a sealed copy is made once a day.
        </Trans>
      </Notice>
    );
  }
  return (
    <section className="stack backups-section" aria-label={t`How it stands`}>
      {newest?.state === 'bad' && (
        <Notice tone="problem" title={<Trans>The newest backup is not good</Trans>}>
          {words.state(newest)}
        </Notice>
      )}
      <dl className="stats">
        <Stat
          label={t`Last good backup`}
          value={last === undefined ? t`none yet` : format.moment(last.at)}
        />
        <Stat
          label={t`Size`}
          value={last?.bytes === null || last === undefined ? '–' : format.bytes(last.bytes)}
        />
        <Stat
          label={t`Next one`}
          value={
            page.nextAt === null
              ? t`only when asked`
              : page.nextAt <= now
                ? t`within a minute`
                : format.moment(page.nextAt)
          }
        />
      </dl>
      <div className="row backups-actions">
        <Button
          variant="primary"
          icon={<IconDatabaseExport size={18} aria-hidden />}
          busy={busy || newest?.state === 'running'}
          onClick={() => void backUp()}
        >
          {t`Back up now`}
        </Button>
        <SelectField
          label={t`By itself`}
          value={page.every === null ? '' : String(page.every)}
          onChange={(event) =>
            void setEvery(HOURS.find((hours) => String(hours) === event.target.value) ?? null)
          }
        >
          {HOURS.map((hours) => (
            <option key={hours} value={hours}>
              {words.every(hours)}
            </option>
          ))}
          <option value="">{words.every(null)}</option>
        </SelectField>
      </div>
      {problem && <ProblemNotice problem={problem} />}
      <p className="small quiet">
        <Trans>
          Kept: all of the last day, then one a day for seven days, one a week for five weeks, one a
          month for a year. They lie in <code>{page.folder}</code> on the server: have that folder
          copied to another machine.
        </Trans>
      </p>
    </section>
  );
}
