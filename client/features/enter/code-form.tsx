import { useState, type FormEvent } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Me } from '#shared/model/chapter.ts';
import type { RecoveryEntry } from '#shared/model/passkey.ts';
import { callApi } from '../../api/call.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** The two lines of a printed sheet. */
export function CodeForm({ onEntered }: { readonly onEntered: (me: Me) => void }) {
  const { t } = useLingui();
  const [chapter, setChapter] = useState('');
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const enter = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const entry: RecoveryEntry = { chapter, code };
    const answer = await callApi<Me>('POST', '/v1/sign-in/code', entry);
    setBusy(false);
    if (answer.ok) onEntered(answer.value);
    else setProblem(answer.problem);
  };
  return (
    <form className="stack" onSubmit={(event) => void enter(event)}>
      <TextField
        label={t`Chapter`}
        hint={t`Its short name, as it is printed on the sheet.`}
        value={chapter}
        required
        maxLength={60}
        autoComplete="username webauthn"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => setChapter(event.target.value)}
      />
      <TextField
        label={t`Recovery code`}
        hint={t`Four groups of four, one that you have not used yet.`}
        className="enter-code"
        value={code}
        required
        maxLength={60}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        onChange={(event) => setCode(event.target.value)}
      />
      {problem && <ProblemNotice problem={problem} />}
      <Button type="submit" variant="primary" size="large" busy={busy}>{t`Sign in`}</Button>
    </form>
  );
}
