import { useState } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Asked, AskedWords, SaveAskedWords } from '#shared/model/asked-words.ts';
import { callApi } from '../../api/call.ts';
import { readTabDraft, useTabDraft } from '../../shell/tab-draft.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

const draftOf = (about: Asked, language: string): string => `asked ${about} ${language}`;

/** Whether somebody has begun to write these words and looked at another page. */
export const isAskedBegun = (about: Asked, language: string): boolean =>
  readTabDraft(draftOf(about, language)) !== null;

export interface AskedFieldProps {
  readonly about: Asked;
  readonly language: string;
  /** What the language is called. */
  readonly name: string;
  readonly saved: string;
  readonly onSaved: (words: readonly AskedWords[]) => void;
}

/** One question's words in one language. */
export function AskedField({ about, language, name, saved, onSaved }: AskedFieldProps) {
  const { t } = useLingui();
  const [wording, setWording] = useState(
    () => readTabDraft<string>(draftOf(about, language)) ?? saved,
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const dirty = wording.trim() !== saved;
  useTabDraft(draftOf(about, language), dirty ? wording : null);

  const save = async (): Promise<void> => {
    setBusy(true);
    const body: SaveAskedWords = { about, language, wording: wording.trim() };
    const answer = await callApi<readonly AskedWords[]>('PUT', '/v1/asked-words', body);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) onSaved(answer.value);
  };

  return (
    <div className="asked-field">
      <TextArea
        label={name}
        hint={saved === '' ? t`The app’s own words are read.` : undefined}
        maxLength={1000}
        value={wording}
        onChange={(event) => setWording(event.target.value)}
      />
      {dirty && (
        <Button busy={busy} onClick={() => void save()}>
          {wording.trim() === '' ? t`Go back to the app’s words` : t`Save the words`}
        </Button>
      )}
      {problem && <ProblemNotice problem={problem} />}
    </div>
  );
}
