import { useLingui } from '@lingui/react/macro';
import type { Role } from '#shared/model/role.ts';
import { ChooseOne } from '../../ui/choice.tsx';
import { ROLE_RIGHTS, ROLE_WORDS } from './role-words.ts';

export interface ChooseRoleProps<R extends Role> {
  readonly roles: readonly R[];
  readonly value: R | null;
  readonly onChange: (role: R) => void;
}

/** One role, and what whoever has it may do. */
export function ChooseRole<R extends Role>({ roles, value, onChange }: ChooseRoleProps<R>) {
  const { t } = useLingui();
  return (
    <div className="stack people-role">
      <ChooseOne
        legend={t`Role`}
        value={value}
        onChange={onChange}
        options={roles.map((role) => ({ value: role, label: t(ROLE_WORDS[role]) }))}
      />
      <p className="small quiet" role="status">
        {value === null ? t`Choose one to read what it may do.` : t(ROLE_RIGHTS[value])}
      </p>
    </div>
  );
}
