import { useEffect } from 'react';
import type { Invites } from '#shared/model/invite.ts';
import { type Loaded, useApi } from '../../api/use-api.ts';
import { useReloadEvery } from '../../api/use-reload-every.ts';

/** When the live line is away, or somebody has guessed a code away, which nobody tells. */
const ASK_MS = 5_000;

/**
 * Who is on the way in, for those who may know. `joins` grows when the chapter says that somebody
 * joined.
 */
export function useInvites(may: boolean, joins: number): Loaded<Invites> {
  const invites = useApi<Invites>(may ? '/v1/invites' : null);
  const { reload } = invites;
  useEffect(() => {
    if (joins > 0) reload();
  }, [joins, reload]);
  useReloadEvery(reload, ASK_MS);
  return invites;
}
