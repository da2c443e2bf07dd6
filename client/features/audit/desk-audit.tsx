import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconHistory } from '@tabler/icons-react';
import { AUDIT_GROUPS, type AuditGroup, type AuditMember } from '#shared/model/audit.ts';
import { useApi } from '../../api/use-api.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SelectField } from '../../ui/field.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { AuditList } from './audit-list.tsx';
import { ChainState } from './chain-state.tsx';
import { type AuditFilter, useAudit } from './use-audit.ts';
import './audit.css';

const ALL: AuditFilter = { group: null, member: null };

/** `/desk/audit`: who did what, for every member of the staff to read. */
export default function DeskAudit() {
  const { t } = useLingui();
  const [filter, setFilter] = useState<AuditFilter>(ALL);
  const members = useApi<readonly AuditMember[]>('/v1/audit/members');
  const audit = useAudit(filter);
  const groups: Readonly<Record<AuditGroup, string>> = {
    access: t`Coming and going`,
    turf: t`Turf and phones`,
    out: t`What left`,
    people: t`Decided about a person`,
    held: t`Held`,
    chapter: t`The chapter itself`,
  };
  const names = Object.keys(AUDIT_GROUPS) as AuditGroup[];
  const filtered = filter.group !== null || filter.member !== null;
  return (
    <div className="desk-page">
      <PageTitle
        title={t`Who did what`}
        under={t`Written down as it happens, for everybody at the desk to read. Each entry is sealed to the one before it: nobody can change or drop one without being found out.`}
      />
      <ChainState entries={audit.first.data?.entries ?? null} onTaken={audit.first.reload} />
      <div className="audit-filters">
        <SelectField
          label={t`What`}
          value={filter.group ?? ''}
          onChange={({ target }) =>
            setFilter({ ...filter, group: names.find((one) => one === target.value) ?? null })
          }
        >
          <option value="">{t`Everything`}</option>
          {names.map((group) => (
            <option key={group} value={group}>
              {groups[group]}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t`Who`}
          value={filter.member ?? ''}
          onChange={({ target }) =>
            setFilter({ ...filter, member: target.value === '' ? null : target.value })
          }
        >
          <option value="">{t`Everybody`}</option>
          {members.data?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value="operator">{t`Whoever runs the server`}</option>
          <option value="server">{t`The server`}</option>
        </SelectField>
      </div>
      <ShowData from={audit.first} lines={8}>
        {() =>
          audit.lines.length === 0 ? (
            <EmptyState
              icon={<IconHistory size={40} aria-hidden />}
              title={filtered ? t`Nothing of this kind` : t`Nothing yet`}
              action={
                filtered ? (
                  <Button onClick={() => setFilter(ALL)}>{t`Show everything`}</Button>
                ) : null
              }
            >
              {filtered ? (
                <Trans>Nothing in the whole list fits this choice.</Trans>
              ) : (
                <Trans>Sign-ins, launches, downloads and decisions will stand here.</Trans>
              )}
            </EmptyState>
          ) : (
            <AuditList lines={audit.lines} />
          )
        }
      </ShowData>
      {audit.problem && <ProblemNotice problem={audit.problem} />}
      {audit.more && <Button busy={audit.busy} onClick={audit.loadMore}>{t`Show older`}</Button>}
    </div>
  );
}
