import { Trans } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { Phone } from '#shared/sync/phones.ts';
import { longestWait, phonesWithWork } from '../../api/phone-state.ts';
import { useApi } from '../../api/use-api.ts';
import { useReloadEvery } from '../../api/use-reload-every.ts';
import { useWaitWords } from '../../api/use-wait-words.ts';
import { buttonClass } from '../../ui/button.tsx';
import { UnsentNotice } from '../../ui/unsent-notice.tsx';

const ASK_MS = 30_000;

/** On the launch board: phones with work that is not here yet. Nothing when all is here. */
export function UnsentPhones({ now }: { readonly now: number }) {
  const waitWords = useWaitWords();
  const { data, reload } = useApi<readonly Phone[]>('/v1/phones');
  useReloadEvery(reload, ASK_MS);
  const phones = phonesWithWork(data ?? []);
  if (phones.length === 0) return null;
  const waited = waitWords(longestWait(phones, now));
  return (
    <UnsentNotice
      phones={phones.length}
      action={
        <Link className={buttonClass({})} href="/desk/phones">
          <Trans>See which</Trans>
        </Link>
      }
    >
      <Trans>The longest has waited {waited}.</Trans>
    </UnsentNotice>
  );
}
