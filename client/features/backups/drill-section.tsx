import { useState, type FormEvent } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { AskDrill, DrillEntry } from '#shared/model/backup.ts';
import { callApi } from '../../api/call.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SectionProps } from './backup-state.tsx';
import { useBackupWords } from './use-backup-words.ts';

const PATIENCE_MS = 15 * 60_000;

/** A backup that was never opened is a hope: once a month it is tried. */
export function DrillSection({ page, onChanged }: SectionProps) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useBackupWords();
  const [secret, setSecret] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState<DrillEntry | null>(null);
  const whole = page.drills.find(({ report }) => report.depth === 'whole');

  const drill = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setDone(null);
    const body: AskDrill = { secret };
    const answer = await callApi<DrillEntry>('POST', '/v1/backups/drill', body, {
      timeoutMs: PATIENCE_MS,
    });
    // Used this once: it stays on the paper alone.
    setSecret('');
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setDone(answer.value);
    onChanged();
  };

  if (!page.backups.some(({ state }) => state === 'good')) return null;
  return (
    <section className="stack backups-section" aria-labelledby="drill-title">
      <h2 id="drill-title">
        <Trans>Drill</Trans>
      </h2>
      <p className="quiet">
        <Trans>
          Once a month the server looks whether the newest file is still the one that it wrote. It
          cannot open it: for that, type the secret key here. It opens the backup in a place that is
          gone afterwards, reads all of it and compares. The key is used this once and kept nowhere.
        </Trans>
      </p>
      <form className="panel stack" aria-label={t`Drill`} onSubmit={(event) => void drill(event)}>
        <TextField
          label={t`The secret key, from the paper`}
          hint={t`Left empty, only the file is looked at.`}
          value={secret}
          maxLength={400}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          onChange={(event) => setSecret(event.target.value)}
        />
        <div className="row">
          <Button type="submit" busy={busy || page.drilling}>
            {secret.trim() === '' ? t`Look at the file` : t`Open it and compare`}
          </Button>
        </div>
        {problem && <ProblemNotice problem={problem} />}
        {done !== null && (
          <Notice
            tone={done.good ? 'done' : 'problem'}
            title={done.good ? <Trans>The drill worked</Trans> : <Trans>The drill failed</Trans>}
          >
            {words.drill(done)}
            {done.report.rows !== null && done.good && (
              <>
                {'. '}
                <Trans>
                  {format.number(done.report.rows)} rows and {format.number(done.report.facts ?? 0)}{' '}
                  facts.
                </Trans>
              </>
            )}
          </Notice>
        )}
      </form>
      {whole === undefined && (
        <p className="small">
          <Trans>No backup has ever been opened: nobody knows whether the paper is right.</Trans>
        </p>
      )}
      {page.drills.length > 0 && (
        <ul role="list" className="stack backups-drills" aria-label={t`Drills`}>
          {page.drills.map((one) => (
            <li key={one.at}>
              <span className="backups-when">{format.moment(one.at)}</span> {words.drill(one)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
