import { useState } from 'react';
import { Trans } from '@lingui/react/macro';
import { IconFileDownload } from '@tabler/icons-react';
import { problem, type Problem } from '#shared/kernel/make-problem.ts';
import { fail } from '#shared/kernel/result.ts';
import { saveRescueFile } from '../../../sync/phone.ts';
import { Button } from '../../../ui/button.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

/** Long enough for any browser to have taken the file. */
const KEEP_MS = 60_000;

function download(file: Blob): void {
  const day = new Date().toISOString().slice(0, 10);
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = `homeground-rescue-${day}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}

export interface SaveFileButtonProps {
  /** Something could not be written: the file holds what was saved before it. */
  readonly rest?: boolean;
}

/** The way out of a phone that cannot send: its unsent work as a sealed file, to be handed over. */
export function SaveFileButton({ rest = false }: SaveFileButtonProps) {
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    setSaved(false);
    const made = await saveRescueFile().catch(() => fail(problem('no-network')));
    setBusy(false);
    setRefusal(made.ok ? null : made.problem);
    if (!made.ok) return;
    download(made.value);
    setSaved(true);
  };
  return (
    <>
      <Button
        wide
        icon={<IconFileDownload size={20} aria-hidden />}
        busy={busy}
        onClick={() => void save()}
      >
        {rest ? <Trans>Save the rest as a file</Trans> : <Trans>Save as a file</Trans>}
      </Button>
      <p className="small quiet" role="status">
        {saved ? (
          <Trans>
            Saved among your downloads. Give it to your coordinator or to another phone of the
            chapter. Only the chapter can open it; what is here stays here and is still sent.
          </Trans>
        ) : (
          <Hint rest={rest} />
        )}
      </p>
      {refusal !== null && <ProblemNotice problem={refusal} />}
    </>
  );
}

function Hint({ rest }: { readonly rest: boolean }) {
  return rest ? (
    <Trans>What was saved before and not sent yet. This one is not in it.</Trans>
  ) : (
    <Trans>If this phone cannot send: a coordinator or another phone can hand it in.</Trans>
  );
}
