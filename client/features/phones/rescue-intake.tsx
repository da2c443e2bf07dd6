import { useId, useState } from 'react';
import { Plural, Trans } from '@lingui/react/macro';
import { Link } from 'wouter';
import { problem as makeProblem, type Problem } from '#shared/kernel/problem.ts';
import { countResults, type Intake } from '#shared/sync/count-results.ts';
import type { OpResult } from '#shared/sync/protocol.ts';
import { readRescueFile, RESCUE_FILES } from '#shared/sync/read-rescue-file.ts';
import { callApi } from '../../api/call.ts';
import { noteHeldChanged } from '../../api/held-count.ts';
import { buttonClass } from '../../ui/button.tsx';
import { FileChoice } from '../../ui/file-choice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** A phone's work as a file, when the phone itself cannot send: taken in once, however often. */
export function RescueIntake({ onTaken }: { readonly onTaken: () => void }) {
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [taken, setTaken] = useState<Intake | null>(null);

  const takeIn = async (file: File): Promise<void> => {
    setBusy(true);
    setTaken(null);
    setProblem(null);
    const read = readRescueFile(await file.text().catch(() => ''));
    if (read === null) setProblem(makeProblem('rescue-unreadable'));
    else {
      const answer = await callApi<{ readonly results: readonly OpResult[] }>(
        'POST',
        '/v1/rescue',
        read,
        { timeoutMs: 120_000 },
      );
      if (answer.ok) setTaken(countResults(answer.value.results));
      else setProblem(answer.problem);
      noteHeldChanged();
      onTaken();
    }
    setBusy(false);
  };

  return (
    <section className="panel stack rescue" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        <Trans>Take in a phone’s file</Trans>
      </h2>
      <p className="quiet">
        <Trans>
          A phone that cannot send saves its work as a file. Only this chapter can open it, and it
          counts once, even when the phone sends the same later.
        </Trans>
      </p>
      <FileChoice accept={RESCUE_FILES} busy={busy} onChoose={(file) => void takeIn(file)}>
        <Trans>Choose the file</Trans>
      </FileChoice>
      {problem !== null && <ProblemNotice problem={problem} />}
      {taken !== null && (
        <Notice
          tone={taken.held > 0 ? 'info' : 'done'}
          title={<Trans>The file is taken in</Trans>}
          action={
            taken.held > 0 ? (
              <Link className={buttonClass({})} href="/desk/held">
                <Trans>Look at the held ones</Trans>
              </Link>
            ) : undefined
          }
        >
          <Plural value={taken.fresh} _0="nothing new" one="# new" other="# new" />
          {', '}
          <Plural value={taken.known} one="# known already" other="# known already" />
          {', '}
          <Plural
            value={taken.held}
            _0="none held"
            one="# held for a look"
            other="# held for a look"
          />
        </Notice>
      )}
    </section>
  );
}
