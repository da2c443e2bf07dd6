import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDoorExit, IconLink } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { ChangeRole, ListedMember, StaffLink } from '#shared/model/member.ts';
import { type Role, ROLES } from '#shared/model/role.ts';
import { callApi } from '../../api/call.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ChooseRole } from './choose-role.tsx';
import type { ShownLink } from './desk-people.tsx';

export interface MemberActsProps {
  readonly member: ListedMember;
  readonly self: boolean;
  readonly onDone: () => void;
  readonly onLink: (shown: ShownLink) => void;
}

/** What an admin does with one member: another role, a new link, the end. */
export function MemberActs({ member, self, onDone, onLink }: MemberActsProps) {
  const { t } = useLingui();
  const [role, setRole] = useState<Role | null>(member.role);
  const [leaving, setLeaving] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { id, name } = member;

  async function act<T>(what: string, body: unknown, then: (value: T) => void): Promise<void> {
    setBusy(true);
    const answer: Result<T, Problem> = await callApi<T>('POST', `/v1/members/${id}/${what}`, body);
    setBusy(false);
    setLeaving(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) then(answer.value);
  }
  const giveRole = (next: Role): Promise<void> => {
    const body: ChangeRole = { role: next };
    return act<null>('role', body, onDone);
  };
  const changed = role !== null && role !== member.role;
  return (
    <div className="stack people-acts">
      <ChooseRole roles={ROLES} value={role} onChange={setRole} />
      {problem && <ProblemNotice problem={problem} />}
      <div className="row">
        {changed && (
          <Button variant="primary" busy={busy} onClick={() => void giveRole(role)}>
            {t`Give this role`}
          </Button>
        )}
        {member.role !== 'canvasser' && (
          <Button
            icon={<IconLink size={18} aria-hidden />}
            busy={busy}
            onClick={() =>
              void act<StaffLink>('link', undefined, (link) =>
                onLink({ name, link, afterLoss: member.passkeys > 0 }),
              )
            }
          >
            {member.passkeys === 0 ? t`New link` : t`Link after a loss`}
          </Button>
        )}
        <Button
          variant="quiet"
          icon={<IconDoorExit size={18} aria-hidden />}
          onClick={() => setLeaving(true)}
        >
          {self ? t`Leave the chapter` : t`Mark as left`}
        </Button>
      </div>
      <ConfirmDialog
        open={leaving}
        danger
        title={self ? t`Leave the chapter?` : t`Has ${name} left?`}
        action={self ? t`Leave` : t`Mark as left`}
        busy={busy}
        onConfirm={() => void act<null>('leave', undefined, onDone)}
        onCancel={() => setLeaving(false)}
      >
        <p>
          <Trans>
            Sessions, passkeys and phones of {name} end at once: phones delete their turf at the
            next contact, and still bring what they recorded. What {name} did stays under their
            name.
          </Trans>
        </p>
      </ConfirmDialog>
    </div>
  );
}
