import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ListedMember } from '#shared/model/member.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import type { ShownLink } from './desk-people.tsx';
import { MemberRow } from './member-row.tsx';

export interface MemberListsProps {
  readonly members: readonly ListedMember[];
  readonly onChanged: () => void;
  readonly onLink: (shown: ShownLink) => void;
}

/** As many as are read at a glance; the rest comes when asked for. */
const AT_FIRST = 30;

/** The desk's people, those who walk, and those who left. */
export function MemberLists({ members, ...acts }: MemberListsProps) {
  const { t } = useLingui();
  const here = members.filter(({ leftAt }) => leftAt === null);
  const staff = here.filter(({ role }) => role !== 'canvasser');
  const walkers = here.filter(({ role }) => role === 'canvasser');
  const left = members.filter(({ leftAt }) => leftAt !== null);
  return (
    <>
      <section className="stack" aria-labelledby="people-staff">
        <h2 id="people-staff">
          <Trans>At the desk</Trans>
        </h2>
        <ul role="list" className="panel people-list">
          {staff.map((member) => (
            <MemberRow key={member.id} member={member} {...acts} />
          ))}
        </ul>
      </section>
      <section className="stack" aria-labelledby="people-walkers">
        <h2 id="people-walkers">
          <Trans>Canvassers</Trans>
        </h2>
        {walkers.length === 0 ? (
          <p className="quiet">
            <Trans>Nobody has joined yet. They come by themselves with the code of a turf.</Trans>
          </p>
        ) : (
          <Walkers walkers={walkers} {...acts} />
        )}
      </section>
      {left.length > 0 && (
        <details className="people-left">
          <summary>
            <Plural value={left.length} one="# has left" other="# have left" />
          </summary>
          <Left left={left} label={t`Who has left`} />
        </details>
      )}
    </>
  );
}

interface WalkersProps extends Omit<MemberListsProps, 'members'> {
  readonly walkers: readonly ListedMember[];
}

function Walkers({ walkers, ...acts }: WalkersProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const shown = all ? walkers : walkers.slice(0, AT_FIRST);
  return (
    <>
      <ul role="list" className="panel people-list">
        {shown.map((member) => (
          <MemberRow key={member.id} member={member} {...acts} />
        ))}
      </ul>
      {shown.length < walkers.length && (
        <Button onClick={() => setAll(true)}>{t`Show all ${format.number(walkers.length)}`}</Button>
      )}
    </>
  );
}

function Left({ left, label }: { readonly left: readonly ListedMember[]; readonly label: string }) {
  const format = useFormat();
  return (
    <ul role="list" className="people-gone quiet" aria-label={label}>
      {left.map((member) => (
        <li key={member.id}>
          <span>{member.name}</span>
          <span className="small">{member.leftAt !== null && format.moment(member.leftAt)}</span>
        </li>
      ))}
    </ul>
  );
}
