import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconUserPlus } from '@tabler/icons-react';
import type { ListedMember, StaffLink } from '#shared/model/member.ts';
import { useMay } from '../../api/me.ts';
import { useApi } from '../../api/use-api.ts';
import { Button } from '../../ui/button.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { AddMemberForm } from './add-member-form.tsx';
import { LinkPanel } from './link-panel.tsx';
import { MemberLists } from './member-lists.tsx';
import './people.css';

/** A link for one member, on the screen this once. */
export interface ShownLink {
  readonly name: string;
  readonly link: StaffLink;
  /** True for somebody who had passkeys, which end with its use. */
  readonly afterLoss: boolean;
}

/** `/desk/people`: who is of the chapter, in which role, and who comes in how. */
export default function DeskPeople() {
  const { t } = useLingui();
  const members = useApi<readonly ListedMember[]>('/v1/members');
  const mayChange = useMay('change-members');
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState<ShownLink | null>(null);
  const show = (next: ShownLink): void => {
    setShown(next);
    setAdding(false);
    members.reload();
  };
  return (
    <div className="desk-page people-page">
      <PageTitle
        title={t`People`}
        under={t`Who is of the chapter and what they may do. A change counts from their next click on.`}
        actions={
          mayChange && !adding ? (
            <Button
              variant="primary"
              icon={<IconUserPlus size={18} aria-hidden />}
              onClick={() => setAdding(true)}
            >
              {t`Add somebody`}
            </Button>
          ) : undefined
        }
      />
      {adding && <AddMemberForm onAdded={show} onCancel={() => setAdding(false)} />}
      {shown && <LinkPanel shown={shown} onClose={() => setShown(null)} />}
      {!mayChange && (
        <p className="small quiet">
          <Trans>Admins add people, change roles and end what somebody has who leaves.</Trans>
        </p>
      )}
      <ShowData from={members}>
        {(list) => <MemberLists members={list} onChanged={members.reload} onLink={show} />}
      </ShowData>
    </div>
  );
}
