import { Trans, useLingui } from '@lingui/react/macro';
import { IconQrcode } from '@tabler/icons-react';
import { Link, useSearch } from 'wouter';
import { useMay } from '../../api/me.ts';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Pill } from '../../ui/pill.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { DayTotals } from './day-totals.tsx';
import { InviteLink } from './invite-link.tsx';
import { TurfCard } from './turf-card.tsx';
import { TurfLive } from './turf-live.tsx';
import { UnsentPhones } from './unsent-phones.tsx';
import { useInvites } from './use-invites.ts';
import { useLaunch } from './use-launch.ts';
import { WaitingPeople } from './waiting-people.tsx';
import { useNow } from '../../api/use-now.ts';
import './launch.css';

const MINUTE_MS = 60_000;

/** `/desk/launch`: who has what, and how it goes, as it happens. `?turf=` opens one. */
export default function DeskLaunch() {
  const { t } = useLingui();
  const { turfs, live, heard, epoch, joins } = useLaunch();
  const wanted = new URLSearchParams(useSearch()).get('turf');
  const mayCut = useMay('cut-turf');
  const mayLaunch = useMay('launch-turf');
  const invites = useInvites(mayLaunch, joins);
  const maySeePhones = useMay('see-phones');
  const now = useNow(MINUTE_MS);
  const published = (turfs.data ?? []).filter(({ state }) => state === 'published');
  const open = published.find(({ id }) => id === wanted);
  if (open)
    return (
      <TurfLive key={open.id} turf={open} heard={heard} epoch={epoch} invites={invites.data} />
    );

  const liveWords = {
    connecting: t`Connecting…`,
    live: t`Live`,
    away: t`Not live: trying again`,
  };
  return (
    <div className="desk-page launch-page">
      <PageTitle
        title={t`Launch`}
        under={t`Hand out turfs; knocks show here seconds after a phone sends them.`}
        actions={
          <Pill tone={live === 'live' ? 'done' : live === 'away' ? 'phone' : 'plain'} live>
            {liveWords[live]}
          </Pill>
        }
      />
      <ShowData from={turfs} lines={8}>
        {() =>
          published.length === 0 ? (
            <EmptyState
              icon={<IconQrcode size={28} aria-hidden />}
              title={t`No turf to hand out yet`}
              action={
                mayCut ? (
                  <Link className={buttonClass({ variant: 'primary' })} href="/desk/turf">
                    <Trans>Go to turf</Trans>
                  </Link>
                ) : undefined
              }
            >
              <Trans>Cut a turf and publish it. Then its code opens here.</Trans>
            </EmptyState>
          ) : (
            <>
              <WaitingPeople
                invites={invites.data?.remote ?? []}
                turfs={published}
                onChanged={invites.reload}
              />
              {maySeePhones && <UnsentPhones now={now} />}
              <DayTotals turfs={published} />
              <ul role="list" className="launch-board" aria-label={t`Turfs`}>
                {published.map((turf) => (
                  <TurfCard key={turf.id} turf={turf} now={now} />
                ))}
              </ul>
              {mayLaunch && <InviteLink onMade={invites.reload} />}
            </>
          )
        }
      </ShowData>
    </div>
  );
}
