import { useCallback, useEffect, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { RollImport } from '#shared/model/roll.ts';
import { callApi } from '../../api/call.ts';
import { useMay } from '../../api/me.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useImport } from './use-import.ts';

export interface ImportProgressProps {
  readonly start: RollImport;
  /** Takes how it ended, and whether a file was read; false: a roll was put in place or taken out. */
  readonly onEnd: (ended: RollImport, read: boolean) => void;
}

/** Below this there is too little to guess from. */
const GUESS_AFTER_MS = 3000;
const READING = ['reading', 'placing', 'publishing'] as const;

/** An import under way: the step, the rows, about how long still. */
export function ImportProgress({ start, onEnd }: ImportProgressProps) {
  const { t } = useLingui();
  const format = useFormat();
  const mayCancel = useMay('import-roll');
  // What has a report was read before: now its roll comes in its place, or goes out of it.
  const flips = start.report !== null;
  const ended = useCallback((one: RollImport) => onEnd(one, !flips), [onEnd, flips]);
  const { now, problem } = useImport(start, ended);
  const clock = useClock();
  const [stopping, setStopping] = useState(false);
  const words = {
    reading: t`Reading rows`,
    placing: t`Finding doors on the map`,
    publishing: t`Putting the new roll in place`,
    undoing: t`Bringing the roll of before back`,
  };
  const step = now.step ?? 'reading';
  const at = READING.findIndex((one) => one === step);
  const part = now.bytes > 0 ? now.bytesRead / now.bytes : 0;
  const elapsed = clock - now.startedAt;
  const left =
    step === 'reading' && elapsed > GUESS_AFTER_MS && part > 0.02
      ? (elapsed * (1 - part)) / part
      : null;

  return (
    <section className="panel stack" aria-labelledby="import-title">
      <div className="row row-apart">
        <h2 id="import-title">{flips ? now.fileName : <Trans>Importing {now.fileName}</Trans>}</h2>
        {mayCancel && !flips && (
          <Button
            busy={stopping}
            onClick={() => {
              setStopping(true);
              void callApi('DELETE', `/v1/roll/imports/${now.id}`);
            }}
          >{t`Cancel`}</Button>
        )}
      </div>
      {!flips && (
        <ol role="list" className="roll-steps">
          {READING.map((one, index) => (
            <li
              key={one}
              aria-current={one === step ? 'step' : undefined}
              data-done={index < at ? '' : undefined}
            >
              {words[one]}
            </li>
          ))}
        </ol>
      )}
      <ProgressBar
        label={words[step]}
        value={now.bytesRead}
        max={step === 'reading' && now.bytes > 0 ? now.bytes : null}
        words={
          flips
            ? undefined
            : left === null
              ? t`${format.number(now.rowsRead)} rows`
              : t`${format.number(now.rowsRead)} rows, about ${format.span(left)} left`
        }
      />
      {problem && <ProblemNotice problem={problem} />}
      <p className="small quiet">
        {flips ? (
          <Trans>You can leave this page; it goes on by itself, and everybody can work on.</Trans>
        ) : (
          <Trans>
            You can leave this page; the import goes on and its report waits here. Until it ends,
            everybody works with the roll of before.
          </Trans>
        )}
      </p>
    </section>
  );
}

function useClock(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1000);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}
