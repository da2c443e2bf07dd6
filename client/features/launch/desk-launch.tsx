import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconBooks, IconBuildingStore, IconQrcode } from '@tabler/icons-react';
import { Link, useLocation, useSearch } from 'wouter';
import type { SaidOfTurf } from '#shared/model/said-of-turf.ts';
import { useMay } from '../../api/me.ts';
import { useApi } from '../../api/use-api.ts';
import { useReloadEvery } from '../../api/use-reload-every.ts';
import { useNow } from '../../api/use-now.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Pill } from '../../ui/pill.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Board } from './board.tsx';
import { joinBoard } from './board-turf.ts';
import { DayTotals } from './day-totals.tsx';
import { InviteLink } from './invite-link.tsx';
import { MakeOther } from './make-other.tsx';
import { PhoneFold } from './phone-fold.tsx';
import type { AskedPlace } from './place-panel.tsx';
import { BoardSaid } from './turf-said.tsx';
import { TurfLibrary } from './turf-library.tsx';
import { TurfLive } from './turf-live.tsx';
import { UnsentPhones } from './unsent-phones.tsx';
import { useInvites } from './use-invites.ts';
import { useLaunch } from './use-launch.ts';
import { WaitingPeople } from './waiting-people.tsx';
import './launch.css';

/** Stages change by themselves when knocks stay away. */
const NOW_MS = 20_000;
/** They come at the end of a shift, and nobody waits for them. */
const ASK_REPORTS_MS = 120_000;

/** Back to the board as it was looked at: without the turf that was open. */
function boardOf(search: string): string {
  const said = new URLSearchParams(search);
  for (const name of ['turf', 'code', 'replaces', 'library', 'other']) said.delete(name);
  return said.size === 0 ? '/desk/launch' : `/desk/launch?${said.toString()}`;
}

/** `/desk/launch`: who has what, and how it goes, as it happens. `?turf=` opens one. */
export default function DeskLaunch() {
  const { t } = useLingui();
  const { turfs, board, live, heard, epoch, joins, reload } = useLaunch();
  const [place, setPlace] = useState<AskedPlace | null>(null);
  const search = useSearch();
  const [, navigate] = useLocation();
  const reports = useApi<readonly SaidOfTurf[]>('/v1/turf-reports');
  useReloadEvery(reports.reload, ASK_REPORTS_MS);
  const said = new URLSearchParams(search);
  const mayCut = useMay('cut-turf');
  const mayLaunch = useMay('launch-turf');
  const invites = useInvites(mayLaunch, joins);
  const maySeePhones = useMay('see-phones');
  const now = useNow(NOW_MS);
  const all = joinBoard(turfs.data ?? [], board.data?.rows ?? [], place?.at ?? null, now);
  const published = all.filter(({ turf }) => turf.state === 'published');
  const open = published.find(({ turf }) => turf.id === said.get('turf'));
  const back = boardOf(search);
  // Until it is known who has them, every turf would look free.
  const waits = board.data === null && board.problem === null;
  if (open)
    return (
      <TurfLive
        key={open.turf.id}
        one={open}
        now={now}
        back={back}
        opens={(turfId) => `/desk/launch?turf=${turfId}`}
        heard={heard}
        epoch={epoch}
        invites={invites.data}
        onChanged={reload}
      />
    );
  if (said.has('other') && mayLaunch) {
    return (
      <MakeOther
        back={back}
        onMade={(turfId) => {
          reload();
          navigate(`/desk/launch?turf=${turfId}`);
        }}
      />
    );
  }
  if (said.has('library')) return <TurfLibrary turfs={all} back={back} onChanged={reload} />;

  const liveWords = {
    connecting: t`Connecting…`,
    live: t`Live`,
    away: t`Not live: trying again`,
  };
  const library = (
    <Link className={buttonClass({})} href="/desk/launch?library=1">
      <IconBooks size={18} aria-hidden />
      <span>
        <Trans>Library</Trans>
      </span>
    </Link>
  );
  const other = (
    <Link className={buttonClass({})} href="/desk/launch?other=1">
      <IconBuildingStore size={18} aria-hidden />
      <span>
        <Trans>Stall or calls</Trans>
      </span>
    </Link>
  );
  return (
    <div className="desk-page launch-page" data-view={said.get('view') ?? 'cards'}>
      <PageTitle
        title={t`Launch`}
        under={t`Hand out turfs; knocks show here seconds after a phone sends them.`}
        actions={
          <>
            {mayLaunch && other}
            {mayCut && library}
            <Pill tone={live === 'live' ? 'done' : live === 'away' ? 'phone' : 'plain'} live>
              {liveWords[live]}
            </Pill>
          </>
        }
      />
      <ShowData from={turfs} lines={8}>
        {() =>
          waits ? (
            <Skeleton lines={8} height="2rem" />
          ) : all.length === 0 ? (
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
                turfs={published.filter(({ closedAt }) => closedAt === null).map((one) => one.turf)}
                onChanged={() => {
                  invites.reload();
                  reload();
                }}
              />
              {maySeePhones && <UnsentPhones now={now} />}
              {board.problem !== null && (
                <ProblemNotice
                  problem={board.problem}
                  action={
                    <Button busy={board.loading} onClick={board.reload}>
                      <Trans>Try again</Trans>
                    </Button>
                  }
                />
              )}
              <PhoneFold name={t`The day so far`}>
                <DayTotals turfs={all} day={board.data?.day ?? null} />
              </PhoneFold>
              <Board turfs={all} now={now} place={place} onPlace={setPlace} mayLaunch={mayLaunch} />
              <BoardSaid said={reports.data ?? []} turfs={all} />
              {mayLaunch && <InviteLink onMade={invites.reload} />}
            </>
          )
        }
      </ShowData>
    </div>
  );
}
