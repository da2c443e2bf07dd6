import { useEffect, useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconDownload, IconLink, IconLinkOff } from '@tabler/icons-react';
import type { AuditCheckState, AuditFault } from '#shared/model/audit.ts';
import type { Problem } from '#shared/kernel/problem.ts';
import { callApi } from '../../api/call.ts';
import { DownloadLink } from '../../api/download-link.tsx';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { ShowData } from '../../ui/show-data.tsx';

/** How often a running check is asked after. */
const ASK_MS = 700;
const PATH = '/v1/audit/check';

function useFaultWords(): (fault: AuditFault) => string {
  const { t } = useLingui();
  const words: Readonly<Record<AuditFault, string>> = {
    missing: t`an entry was dropped`,
    changed: t`an entry was changed, or added by somebody else`,
    swapped: t`entries were swapped`,
    'cut-off': t`the end was cut off`,
    'other-head': t`the list was written anew`,
    'head-not-signed': t`a signature is forged`,
  };
  return (fault) => words[fault];
}

export interface ChainStateProps {
  /** How many there are; null: not known yet. */
  readonly entries: number | null;
  readonly onTaken: () => void;
}

/** Whether the chain is whole, since when that is known, and the way to check it again. */
export function ChainState({ entries, onTaken }: ChainStateProps) {
  const { t } = useLingui();
  const state = useApi<AuditCheckState>(PATH);
  const [asked, setAsked] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { data, put } = state;
  const ended = asked !== null && data?.running === null && (data.last?.at ?? 0) >= asked;
  const busy = data?.running != null || (asked !== null && !ended && problem === null);

  useEffect(() => {
    if (!busy) return;
    const ask = async (): Promise<void> => {
      const answer = await callApi<AuditCheckState>('GET', PATH);
      if (answer.ok) put(() => answer.value);
      else setProblem(answer.problem);
    };
    const timer = window.setInterval(() => {
      void ask();
    }, ASK_MS);
    return () => window.clearInterval(timer);
  }, [busy, put]);

  const check = async (): Promise<void> => {
    setProblem(null);
    const before = data?.last?.at ?? 0;
    const answer = await callApi<AuditCheckState>('POST', PATH);
    if (!answer.ok) return setProblem(answer.problem);
    setAsked(before + 1);
    put(() => answer.value);
  };

  return (
    <section className="panel stack audit-state" aria-label={t`Is the list whole?`}>
      <ShowData from={state} lines={1}>
        {({ running, last }) => (
          <>
            <LastCheck last={last} entries={entries} />
            {busy && (
              <ProgressBar
                label={t`Checking every entry`}
                value={running?.done ?? 0}
                max={running === null || running.entries === 0 ? null : running.entries}
              />
            )}
          </>
        )}
      </ShowData>
      {problem && <ProblemNotice problem={problem} />}
      <div className="row">
        <Button busy={busy} disabled={data === null} onClick={() => void check()}>
          {t`Check now`}
        </Button>
        <DownloadLink
          className={buttonClass({ variant: 'quiet' })}
          href="/v1/audit/chain.jsonl"
          onAnswer={(found) => {
            setProblem(found);
            if (found === null) window.setTimeout(onTaken, 1500);
          }}
        >
          <IconDownload size={18} aria-hidden />
          <span>
            <Trans>Download the list</Trans>
          </span>
        </DownloadLink>
      </div>
    </section>
  );
}

interface LastCheckProps {
  readonly last: AuditCheckState['last'];
  readonly entries: number | null;
}

function LastCheck({ last, entries }: LastCheckProps) {
  const { t } = useLingui();
  const format = useFormat();
  const faultWords = useFaultWords();
  if (last === null) {
    return (
      <p role="status">
        {entries !== null && (
          <>
            <strong>
              <Plural value={entries} one="# entry" other="# entries" />
            </strong>{' '}
          </>
        )}
        <span className="quiet">
          <Trans>Nobody has checked yet whether the list is whole.</Trans>
        </span>
      </p>
    );
  }
  const { fault, at } = last;
  const when = format.moment(at);
  if (fault !== null) {
    return (
      <Notice
        tone="problem"
        icon={<IconLinkOff size={22} aria-hidden />}
        title={t`The list is broken at entry ${format.number(fault.seq)}: ${faultWords(fault.fault)}.`}
      >
        <Trans>
          Found {when}. What stands before it is as it was. Tell the whole committee, keep a copy of
          the server’s data as it is, and compare with a head that somebody kept on paper.
        </Trans>
      </Notice>
    );
  }
  const checked = last.entries;
  return (
    <p className="audit-whole" role="status">
      <IconLink size={20} aria-hidden />
      <span>
        <strong>
          <Plural
            value={checked}
            one="The list is whole: # entry"
            other="The list is whole: # entries"
          />
        </strong>{' '}
        <span className="quiet">
          <Trans>last checked {when}</Trans>
        </span>
      </span>
    </p>
  );
}
