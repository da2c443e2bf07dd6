import { useState } from 'react';
import { Plural, Trans } from '@lingui/react/macro';
import { problem, type Problem } from '#shared/kernel/make-problem.ts';
import { fail } from '#shared/kernel/result.ts';
import { RESCUE_FILES } from '#shared/sync/read-rescue-file.ts';
import { takeRescueFile } from '../../../sync/phone.ts';
import { FileChoice } from '../../../ui/file-choice.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

/** Takes in the file of a phone that cannot send; this phone carries it to the chapter. */
export function TakeFileButton() {
  const [busy, setBusy] = useState(false);
  const [taken, setTaken] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const take = async (file: File): Promise<void> => {
    setBusy(true);
    const answer = await takeRescueFile(file).catch(() => fail(problem('no-network')));
    setBusy(false);
    setTaken(answer.ok ? answer.value : null);
    setRefusal(answer.ok ? null : answer.problem);
  };
  return (
    <>
      <FileChoice accept={RESCUE_FILES} busy={busy} wide onChoose={(file) => void take(file)}>
        <Trans>Take in another phone’s file</Trans>
      </FileChoice>
      {taken !== null && (
        <Notice tone="done">
          <Plural
            value={taken}
            one="# thing of the other phone is safe here and goes with yours."
            other="# things of the other phone are safe here and go with yours."
          />
        </Notice>
      )}
      {refusal !== null && <ProblemNotice problem={refusal} />}
    </>
  );
}
