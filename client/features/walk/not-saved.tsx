import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/make-problem.ts';
import { Button } from '../../ui/button.tsx';
import { useProblemWords } from '../../ui/use-problem-words.ts';
import { OnPaper } from './on-paper.tsx';
import { dayAndTime } from './time-words.ts';
import type { Fact } from './walk-context.ts';

// Kept by the service worker, and not of the first load: it is rarely needed.
const SaveFileButton = lazy(async () => ({
  default: (await import('./sent/save-file-button.tsx')).SaveFileButton,
}));

export interface NotSavedProps {
  readonly where: string;
  readonly what: string;
  /** What was to be written, so that it can be put on paper whole; null for an undo. */
  readonly fact: Fact | null;
  /** When the door was knocked. */
  readonly at: number;
  readonly problem: Problem;
  readonly onRetry: () => Promise<void>;
  readonly onGiveUp: () => void;
}

/** Covers everything: this one thing is NOT on the phone, and here is what to do. */
export function NotSaved(props: NotSavedProps) {
  const { where, what, fact, at, problem, onRetry, onGiveUp } = props;
  const { t, i18n } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  // The commonest reason has words of its own; browsers say it in theirs.
  const isFull = String(problem.facts.reason ?? '').includes('QuotaExceeded');
  const inWords = isFull ? { ...problem, facts: { reason: t`its storage is full` } } : problem;
  const words = useProblemWords(inWords);
  useEffect(() => dialog.current?.showModal(), []);
  const retry = (): void => {
    setBusy(true);
    void onRetry().finally(() => setBusy(false));
  };
  return (
    <dialog
      ref={dialog}
      className="not-saved"
      aria-labelledby="not-saved-title"
      onCancel={(event) => event.preventDefault()}
    >
      <div className="stack">
        <IconAlertTriangle size={44} aria-hidden />
        <h1 id="not-saved-title">
          <Trans>NOT saved</Trans>
        </h1>
        <div className="not-saved-what">
          <p>
            <bdi>{where}</bdi>
            <br />
            {what}
          </p>
          <p className="small">{dayAndTime(at, i18n.locale)}</p>
          {fact !== null && <OnPaper fact={fact} />}
        </div>
        <p>{words}</p>
        <p>
          <Trans>
            Videos and photos take the most space; closing other apps helps too. If it still fails,
            give the paper to your coordinator.
          </Trans>
        </p>
        <Button variant="primary" size="large" wide busy={busy} onClick={retry}>
          <Trans>Try again</Trans>
        </Button>
        <Suspense fallback={null}>
          <SaveFileButton rest />
        </Suspense>
        <Button variant="quiet" wide onClick={onGiveUp}>
          <Trans>Go on without saving it</Trans>
        </Button>
      </div>
    </dialog>
  );
}
