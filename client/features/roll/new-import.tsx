import { useEffect, useRef, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { Problem } from '#shared/kernel/problem.ts';
import type { RollImport, RollMapping, StartImport } from '#shared/model/roll.ts';
import type { Terms } from '#shared/model/rules.ts';
import type { ReadingChoice } from '#shared/roll/inspect-text.ts';
import { callApi } from '../../api/call.ts';
import { holdOpenDraft, readTabDraft } from '../../shell/tab-draft.ts';
import { useUnsavedWork } from '../../shell/unsaved-work.ts';
import { uploadRoll, type UploadState } from '../../api/upload.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { type FileSaid, ReviewFile } from './review-file.tsx';
import { useInspection } from './use-inspection.ts';

const DRAFT = 'roll import';
const NOTHING_SAID: FileSaid = { uses: null, terms: null };

/** A file that was chosen and not sent yet, with what was said of it. */
interface ChosenFile extends FileSaid {
  readonly file: File;
  readonly choice: ReadingChoice;
}

/** The file that somebody had chosen before they looked at another page; null: none. */
export const chosenFile = (): File | null => readTabDraft<ChosenFile>(DRAFT)?.file ?? null;

export interface NewImportProps {
  readonly file: File;
  /** How many people the roll has now: none before the first import. */
  readonly people: number;
  /** The terms of the file before this one. */
  readonly termsBefore: Terms | null;
  readonly onStarted: (started: RollImport) => void;
  readonly onCancel: () => void;
}

/** One chosen file on its way: looked at, reviewed, sent, started. */
export function NewImport({ file, people, termsBefore, onStarted, onCancel }: NewImportProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [before] = useState(() => {
    const kept = readTabDraft<ChosenFile>(DRAFT);
    return kept?.file === file ? kept : null;
  });
  const [choice, setChoice] = useState<ReadingChoice>(before?.choice ?? {});
  const [said, setSaid] = useState<FileSaid>(before ?? NOTHING_SAID);
  const inspecting = useInspection(file, choice);
  const [sent, setSent] = useState<UploadState | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const stop = useRef<AbortController | null>(null);

  // While it is sent it goes on by itself, whatever page is open.
  const chosen = sent === null;
  useUnsavedWork(chosen && said !== NOTHING_SAID);
  useEffect(() => {
    const { uses, terms } = said;
    holdOpenDraft(DRAFT, chosen ? ({ file, choice, uses, terms } satisfies ChosenFile) : null);
  }, [file, choice, said, chosen]);
  const cancel = (): void => {
    holdOpenDraft(DRAFT, null);
    onCancel();
  };

  const start = async (mapping: RollMapping, terms: Terms): Promise<void> => {
    setProblem(null);
    setSent({ sent: 0, left: null, waits: false });
    stop.current = new AbortController();
    const uploaded = await uploadRoll(file, setSent, stop.current.signal);
    if (uploaded === null) return setSent(null);
    if (!uploaded.ok) {
      setProblem(uploaded.problem);
      return setSent(null);
    }
    const { uploadId } = uploaded.value;
    const body: StartImport = { uploadId, mapping, terms };
    const started = await callApi<RollImport>('POST', '/v1/roll/imports', body);
    if (started.ok) return onStarted(started.value);
    setSent(null);
    setProblem(started.problem);
  };

  if (inspecting.problem) {
    return (
      <section className="panel stack">
        <h2>{file.name}</h2>
        <ProblemNotice problem={inspecting.problem} />
        <div>
          <Button variant="primary" onClick={cancel}>{t`Choose another file`}</Button>
        </div>
      </section>
    );
  }
  const { inspection } = inspecting;
  return (
    <section className="panel stack" aria-labelledby="file-title">
      <h2 id="file-title" className="roll-file-name">
        {file.name}
      </h2>
      {problem && (
        <ProblemNotice
          problem={problem}
          action={
            problem.code === 'import-waiting' && (
              <Link className={buttonClass({})} href="/desk/roll/compare">
                <Trans>Compare it</Trans>
              </Link>
            )
          }
        />
      )}
      {inspection === null && <Skeleton lines={6} height="2rem" />}
      {/* Kept while it is sent, so that a broken upload loses no choice that was made here. */}
      {inspection !== null && (
        <div hidden={sent !== null}>
          <ReviewFile
            key={JSON.stringify(choice)}
            inspecting={{ ...inspecting, inspection }}
            people={people}
            termsBefore={termsBefore}
            said={said}
            onSaid={setSaid}
            onStart={(mapping, terms) => void start(mapping, terms)}
            onReading={(change) => {
              // Read in another way it has other columns.
              setSaid((now) => ({ ...now, uses: null }));
              setChoice((now) => ({ ...now, ...change }));
            }}
            onCancel={cancel}
          />
        </div>
      )}
      {sent !== null && (
        <>
          <ProgressBar
            label={t`Sending the file to your chapter’s server`}
            value={sent.sent}
            max={file.size}
            words={
              sent.left === null
                ? t`${format.bytes(sent.sent)} of ${format.bytes(file.size)}`
                : t`${format.bytes(sent.sent)} of ${format.bytes(file.size)}, about ${format.span(sent.left)} left`
            }
          />
          <div className="row">
            <Button onClick={() => stop.current?.abort()}>{t`Cancel`}</Button>
            <p className="small quiet grow" role="status">
              {sent.waits ? (
                <Trans>
                  The line is gone, or another window sends this file. What has come is kept; it
                  goes on by itself.
                </Trans>
              ) : (
                <Trans>
                  Stay on this page until the file is there. If it breaks off all the same, choose
                  the same file again: it goes on where it stopped.
                </Trans>
              )}
            </p>
          </div>
        </>
      )}
    </section>
  );
}
