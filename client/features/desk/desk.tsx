import { lazy, Suspense, useEffect, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link, Redirect, useLocation } from 'wouter';
import type { Me, SignedIn } from '#shared/model/chapter.ts';
import { MeContext } from '../../api/me.ts';
import { may } from '../../api/rights.ts';
import { useApi } from '../../api/use-api.ts';
import { useOnline } from '../../api/use-online.ts';
import { ownTabDrafts } from '../../shell/tab-draft.ts';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useShell } from '../../ui/use-shell.ts';
import { ChapterTabs } from './chapter-tabs.tsx';
import { DeskRail } from './desk-rail.tsx';
import { DeskUpdate } from './desk-update.tsx';
import { KeysReminder } from './keys-reminder.tsx';
import { PAGES } from './pages.ts';
import { useSameMember } from './use-same-member.ts';
import './desk.css';

const TurfWalk = lazy(() => import('../turf-walk/desk-turf-walk.tsx'));
const AskPasskey = lazy(() => import('../enter/ask-passkey.tsx'));

/** `/desk/*`: for coordinators and research leads. */
export default function Desk() {
  useShell('desk');
  const entry = useApi<SignedIn>('/v1/signed-in');
  const isLeaving = useSameMember(entry);
  if (entry.data === null && entry.problem !== null) {
    return (
      <div className="desk">
        <DeskRail me={null} />
        <main className="desk-main">
          <div className="desk-page">
            <ShowData from={entry}>{() => null}</ShowData>
          </div>
        </main>
      </div>
    );
  }
  if (entry.data === null || isLeaving) {
    return (
      <main className="desk-page">
        <ShowData from={entry}>{() => null}</ShowData>
      </main>
    );
  }
  const { me } = entry.data;
  if (me === null || me.keys?.passkeyFirst === true) return <Redirect to="/enter" replace />;
  return (
    <MeContext value={me}>
      {me.member.role === 'canvasser' ? <NotForYou /> : <DeskShell me={me} />}
    </MeContext>
  );
}

function DeskShell({ me }: { readonly me: Me }) {
  const { t } = useLingui();
  // Before any page reads one.
  useState(() => ownTabDrafts(me.member.id));
  const online = useOnline();
  const [location] = useLocation();
  const page = PAGES.find(({ path }) => location === path || location.startsWith(`${path}/`));
  const name = page ? t(page.name) : null;
  const walked = /^\/desk\/turf\/([0-9a-f-]{36})\/walk$/.exec(location)?.[1];

  useEffect(() => {
    document.title = name === null ? me.chapter.name : `${name} · ${me.chapter.name}`;
  }, [name, me.chapter.name]);

  if (location === '/desk' || location === '/desk/') {
    const first = may(me.member.role, 'import-roll') ? '/desk/roll' : '/desk/turf';
    return <Redirect to={first} replace />;
  }
  return (
    <div className="desk">
      <a className="desk-skip for-readers" href="#desk-main">
        <Trans>Skip to the page</Trans>
      </a>
      <DeskRail me={me} />
      <main className="desk-main" id="desk-main" tabIndex={-1}>
        {!online && (
          <div className="desk-band">
            <Notice tone="offline">
              <Trans>
                No network. What you see is as of before, and nothing can be saved until it is back.
                Phones keep walking.
              </Trans>
            </Notice>
          </div>
        )}
        <DeskUpdate />
        <KeysReminder />
        {me.demo && (
          <div className="desk-band small quiet">
            <Trans>Demo chapter: links keep working and no passkey is asked for.</Trans>
          </div>
        )}
        <Suspense
          fallback={
            <div className="desk-page">
              <Skeleton height="2rem" />
            </div>
          }
        >
          {page?.under === 'chapter' && <ChapterTabs here={page} />}
          {walked !== undefined ? (
            <TurfWalk turfId={walked} />
          ) : page ? (
            <page.Page key={page.path} />
          ) : (
            <NoPage />
          )}
        </Suspense>
      </main>
      <Suspense fallback={null}>
        <AskPasskey />
      </Suspense>
    </div>
  );
}

function NoPage() {
  return (
    <div className="desk-page">
      <EmptyState
        title={<Trans>There is no such page</Trans>}
        action={
          <Link className={buttonClass({ variant: 'primary' })} href="/desk">
            <Trans>Go to the desk</Trans>
          </Link>
        }
      >
        <Trans>The address may have a typing mistake, or the page has moved.</Trans>
      </EmptyState>
    </div>
  );
}

function NotForYou() {
  return (
    <main className="desk-page">
      <EmptyState
        title={<Trans>The desk is for coordinators and research leads</Trans>}
        action={
          <Link className={buttonClass({ variant: 'primary' })} href="/walk">
            <Trans>Go to your walk</Trans>
          </Link>
        }
      >
        <Trans>You are signed in as a canvasser. Ask your chapter when you need more.</Trans>
      </EmptyState>
    </main>
  );
}
