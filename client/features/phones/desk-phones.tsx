import { Trans, useLingui } from '@lingui/react/macro';
import { IconDeviceMobile } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Phone } from '#shared/sync/phones.ts';
import { missingOf, phonesWithWork, sortPhones } from '../../api/phone-state.ts';
import { useApi } from '../../api/use-api.ts';
import { useNow } from '../../api/use-now.ts';
import { useReloadEvery } from '../../api/use-reload-every.ts';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { PhoneCard } from './phone-card.tsx';
import { RescueIntake } from './rescue-intake.tsx';
import { UnsentLine } from './unsent-line.tsx';
import { WhoWaits } from './who-waits.tsx';
import './phones.css';

const ASK_MS = 15_000;
const MINUTE_MS = 60_000;

/** `/desk/phones`: which phones have work that is not here yet, and what can be done about each. */
export default function DeskPhones() {
  const { t } = useLingui();
  const phones = useApi<readonly Phone[]>('/v1/phones');
  const now = useNow(MINUTE_MS);
  const { reload } = phones;
  useReloadEvery(reload, ASK_MS);
  return (
    <div className="desk-page phones-page">
      <PageTitle
        title={t`Phones`}
        under={t`Who walks for the chapter, and whose work is still on the phone alone.`}
      />
      <WhoWaits />
      <ShowData from={phones} lines={8}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState
              icon={<IconDeviceMobile size={28} aria-hidden />}
              title={t`No phone has joined yet`}
              action={
                <Link className={buttonClass({ variant: 'primary' })} href="/desk/launch">
                  <Trans>Go to launch</Trans>
                </Link>
              }
            >
              <Trans>Open a turf’s code. Whoever scans it shows here.</Trans>
            </EmptyState>
          ) : (
            <>
              <UnsentLine
                phones={phonesWithWork(list)}
                gaps={list.some((phone) => missingOf(phone) > 0)}
                now={now}
              />
              <ul role="list" className="stack phones-list" aria-label={t`Phones`}>
                {sortPhones(list, now).map((phone) => (
                  <li key={phone.deviceId}>
                    <PhoneCard phone={phone} now={now} onChanged={reload} />
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </ShowData>
      <RescueIntake onTaken={reload} />
    </div>
  );
}
