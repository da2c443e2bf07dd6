import { useState } from 'react';
import { Plural, Trans } from '@lingui/react/macro';
import { IconFileImport } from '@tabler/icons-react';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail } from '#shared/kernel/result.ts';
import { takeRescueFile } from '../../sync/phone.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

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
      <label
        className={`${buttonClass({ wide: true })} take-file`}
        aria-busy={busy ? true : undefined}
      >
        <IconFileImport size={20} aria-hidden />
        <span>
          <Trans>Take in another phone’s file</Trans>
        </span>
        <input
          type="file"
          className="for-readers"
          accept=".json,application/json"
          disabled={busy}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) void take(file);
          }}
        />
      </label>
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
