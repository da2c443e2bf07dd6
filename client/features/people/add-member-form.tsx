import { useState, type FormEvent } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { AddedMember, AddMember } from '#shared/model/member.ts';
import { callApi } from '../../api/call.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ChooseRole } from './choose-role.tsx';
import type { ShownLink } from './desk-people.tsx';

export interface AddMemberFormProps {
  readonly onAdded: (shown: ShownLink) => void;
  readonly onCancel: () => void;
}

const STAFF = ['coordinator', 'research-lead', 'admin'] as const;

/** Somebody new at the desk; canvassers need none of this. */
export function AddMemberForm({ onAdded, onCancel }: AddMemberFormProps) {
  const { t } = useLingui();
  const [name, setName] = useState('');
  const [role, setRole] = useState<AddMember['role'] | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (role === null) return;
    setBusy(true);
    const body: AddMember = { name: name.trim(), role };
    const answer = await callApi<AddedMember>('POST', '/v1/members', body);
    setBusy(false);
    if (answer.ok) onAdded({ name: body.name, link: answer.value.link, afterLoss: false });
    else setProblem(answer.problem);
  };
  return (
    <form
      className="panel stack people-form"
      aria-label={t`Add somebody`}
      onSubmit={(event) => void add(event)}
    >
      <TextField
        label={t`Name`}
        value={name}
        maxLength={80}
        required
        autoFocus
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
      />
      <ChooseRole roles={STAFF} value={role} onChange={setRole} />
      <p className="small quiet">
        <Trans>
          Next you get a link for them, once. Canvassers are not added here: they join with a turf’s
          code.
        </Trans>
      </p>
      {problem && <ProblemNotice problem={problem} />}
      <div className="row">
        <Button
          type="submit"
          variant="primary"
          busy={busy}
          disabled={role === null || name.trim() === ''}
        >
          {t`Add and make a link`}
        </Button>
        <Button variant="quiet" onClick={onCancel}>{t`Cancel`}</Button>
      </div>
    </form>
  );
}
