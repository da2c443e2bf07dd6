import { useEffect } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconDeviceMobile } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Phone } from '#shared/sync/phones.ts';
import { phonesWithWork } from '../../api/phone-state.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

const ASK_MS = 30_000;
const MINUTE_MS = 60_000;

/** On the launch board: phones with work that is not here yet. Nothing when all is here. */
export function UnsentPhones({ now }: { readonly now: number }) {
  const { t } = useLingui();
  const format = useFormat();
  const { data, reload } = useApi<readonly Phone[]>('/v1/phones');
  useEffect(() => {
    const timer = window.setInterval(() => {
      if (!document.hidden) reload();
    }, ASK_MS);
    return () => window.clearInterval(timer);
  }, [reload]);
  const phones = phonesWithWork(data ?? []);
  if (phones.length === 0) return null;
  const since = Math.min(...phones.map(({ unsentSince }) => unsentSince ?? now));
  const waited = now - since < MINUTE_MS ? t`less than a minute` : format.span(now - since);
  return (
    <Notice
      tone="offline"
      icon={<IconDeviceMobile size={22} aria-hidden />}
      title={
        <Plural
          value={phones.length}
          one="# phone has work that is not here yet"
          other="# phones have work that is not here yet"
        />
      }
      action={
        <Link className={buttonClass({})} href="/desk/phones">
          <Trans>See which</Trans>
        </Link>
      }
    >
      <Trans>The longest has waited {waited}.</Trans>
    </Notice>
  );
}
