import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ListedMember } from '#shared/model/member.ts';
import { useMay, useMe } from '../../api/me.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Pill } from '../../ui/pill.tsx';
import type { ShownLink } from './desk-people.tsx';
import { MemberActs } from './member-acts.tsx';
import { ROLE_WORDS } from './role-words.ts';

export interface MemberRowProps {
  readonly member: ListedMember;
  readonly onChanged: () => void;
  readonly onLink: (shown: ShownLink) => void;
}

/** One member: name, role, and how they come in. */
export function MemberRow({ member, onChanged, onLink }: MemberRowProps) {
  const { t } = useLingui();
  const me = useMe();
  const mayChange = useMay('change-members');
  const [open, setOpen] = useState(false);
  const self = member.id === me.member.id;
  const done = (): void => {
    setOpen(false);
    onChanged();
  };
  return (
    <li className="people-row">
      <div className="people-who">
        <p className="people-name">
          {member.name}
          {self && (
            <span className="small quiet">
              {' '}
              <Trans>(you)</Trans>
            </span>
          )}
        </p>
        <p className="small quiet">
          {member.role === 'canvasser' ? (
            <Plural value={member.phones} _0="no phone now" one="# phone" other="# phones" />
          ) : (
            <Keys member={member} />
          )}
        </p>
      </div>
      <Pill tone={member.role === 'admin' ? 'brand' : 'plain'}>{t(ROLE_WORDS[member.role])}</Pill>
      {mayChange && (
        <Button
          variant="quiet"
          aria-expanded={open}
          aria-label={t`Change ${member.name}`}
          onClick={() => setOpen(!open)}
        >
          {open ? t`Close` : t`Change`}
        </Button>
      )}
      {open && <MemberActs member={member} self={self} onDone={done} onLink={onLink} />}
    </li>
  );
}

/** How a member of the staff comes in, and whether a lost device would shut them out. */
function Keys({ member }: { readonly member: ListedMember }) {
  const format = useFormat();
  const { passkeys, codes, linkUntil } = member;
  if (passkeys === 0) {
    return linkUntil === null ? (
      <Trans>no passkey yet, and no link that works</Trans>
    ) : (
      <Trans>no passkey yet; a link works until {format.moment(linkUntil)}</Trans>
    );
  }
  return (
    <>
      <Plural value={passkeys} one="# passkey" other="# passkeys" />
      {codes > 0 && (
        <>
          {', '}
          <Plural value={codes} one="# recovery code" other="# recovery codes" />
        </>
      )}
      {linkUntil !== null && (
        <>
          {'; '}
          <Trans>a link works until {format.moment(linkUntil)}</Trans>
        </>
      )}
    </>
  );
}
