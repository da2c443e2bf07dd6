import { useState } from 'react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { AuditGroup, AuditLine, AuditPage } from '#shared/model/audit.ts';
import { callApi } from '../../api/call.ts';
import { type Loaded, useApi } from '../../api/use-api.ts';

export interface AuditFilter {
  readonly group: AuditGroup | null;
  readonly member: string | null;
}

export interface AuditPages {
  readonly first: Loaded<AuditPage>;
  readonly lines: readonly AuditLine[];
  readonly more: boolean;
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly loadMore: () => void;
}

function pathOf({ group, member }: AuditFilter, before: number | null): string {
  const query = new URLSearchParams();
  if (group !== null) query.set('group', group);
  if (member !== null) query.set('member', member);
  if (before !== null) query.set('before', String(before));
  const text = query.toString();
  return text === '' ? '/v1/audit' : `/v1/audit?${text}`;
}

interface Older {
  /** Of which first page these are the continuation. */
  readonly of: AuditPage | null;
  readonly lines: readonly AuditLine[];
  readonly before: number | null;
  readonly busy: boolean;
  readonly problem: Problem | null;
}
const NONE: Older = { of: null, lines: [], before: null, busy: false, problem: null };

/** The chain, page after page; another filter begins anew. */
export function useAudit(filter: AuditFilter): AuditPages {
  const first = useApi<AuditPage>(pathOf(filter, null));
  const [held, setHeld] = useState<Older>(NONE);
  const page = first.data;
  const older = held.of === page ? held : { ...NONE, before: page?.before ?? null };
  const { before } = older;

  const ask = async (from: number): Promise<void> => {
    setHeld({ ...older, of: page, busy: true, problem: null });
    const answer = await callApi<AuditPage>('GET', pathOf(filter, from));
    setHeld((now) => {
      if (now.of !== page) return now;
      if (!answer.ok) return { ...now, busy: false, problem: answer.problem };
      const lines = [...now.lines, ...answer.value.lines];
      return { of: page, lines, before: answer.value.before, busy: false, problem: null };
    });
  };

  return {
    first,
    lines: [...(page?.lines ?? []), ...older.lines],
    more: before !== null,
    busy: older.busy,
    problem: older.problem,
    loadMore: () => {
      if (before !== null) void ask(before);
    },
  };
}
