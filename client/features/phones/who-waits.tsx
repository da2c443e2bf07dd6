import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconUserQuestion } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Invites } from '#shared/model/invite.ts';
import { useApi } from '../../api/use-api.ts';
import { useReloadEvery } from '../../api/use-reload-every.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

const ASK_MS = 15_000;

/** Who has opened a link and waits for somebody to let them in; nothing while nobody does. */
export function WhoWaits() {
  const { t } = useLingui();
  const { data, reload } = useApi<Invites>('/v1/invites');
  useReloadEvery(reload, ASK_MS);
  const waiting = data?.remote.filter(({ state }) => state === 'waiting') ?? [];
  if (waiting.length === 0) return null;
  return (
    <Notice
      icon={<IconUserQuestion size={22} aria-hidden />}
      title={
        <Plural
          value={waiting.length}
          one="# person waits to be let in"
          other="# people wait to be let in"
        />
      }
      action={
        <Link className={buttonClass({})} href="/desk/launch">
          <Trans>Let in or refuse</Trans>
        </Link>
      }
    >
      <ul role="list" aria-label={t`Who waits`}>
        {waiting.map(({ id, given, name, by }) => (
          <li key={id}>
            <strong>{given ?? name}</strong>
            {': '}
            {given === name || given === null ? (
              <Trans>{by} made the link for this name</Trans>
            ) : (
              <Trans>
                {by} made the link for <strong>{name}</strong>
              </Trans>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
