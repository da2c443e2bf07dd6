import { lazy, Suspense, useEffect, useLayoutEffect, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconList, IconMap, IconMessages } from '@tabler/icons-react';
import { Route, Switch, useLocation } from 'wouter';
import { standAt } from '../../sync/talks.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { preloadToasts } from '../../ui/toast.tsx';
import { preloadProblemWords } from '../../ui/use-problem-words.ts';
import { useShell } from '../../ui/use-shell.ts';
import { DoorPage, loadHistory } from './door-page.tsx';
import { preloadSheets } from './door-sheets.tsx';
import { FinishLine } from './finish-line.tsx';
import { ListPage } from './list-page.tsx';
import { SaveGuard } from './save-guard.tsx';
import { WalkHeader } from './walk-header.tsx';
import { WalkProvider } from './walk-provider.tsx';
import './walk.css';

// Kept by the service worker and fetched ahead: not of the first load.
const loadTalk = () => import('./talk-page.tsx');
const TalkPage = lazy(async () => ({ default: (await loadTalk()).TalkPage }));
const loadScript = () => import('./script-page.tsx');
const ScriptPage = lazy(async () => ({ default: (await loadScript()).ScriptPage }));
const MapPage = lazy(async () => ({ default: (await import('./map-page.tsx')).MapPage }));
const DoneSheet = lazy(async () => ({ default: (await import('./done-sheet.tsx')).DoneSheet }));

/** The canvasser's phone: list, map and script of one turf. */
export function WalkPage() {
  useShell('walk');
  return (
    <WalkProvider>
      <SaveGuard>
        <Frame />
      </SaveGuard>
    </WalkProvider>
  );
}

/** A conversation is over once its door is left, by whatever way. */
function useDoorLeft(): void {
  const [location] = useLocation();
  useLayoutEffect(() => standAt(/^\/walk\/door\/([^/]+)/.exec(location)?.[1] ?? null), [location]);
  useLayoutEffect(() => () => standAt(null), []);
}

function Frame() {
  const { t } = useLingui();
  useDoorLeft();
  const [done, setDone] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      preloadSheets();
      preloadToasts();
      void preloadProblemWords();
      // Without a signal they come when they are asked for, or the service worker has them.
      void Promise.all([loadTalk(), loadScript(), loadHistory()]).catch(() => {});
    }, 1500);
    return () => clearTimeout(timer);
  }, []);
  const tabs = [
    {
      href: '/walk',
      also: '/walk/door',
      label: <Trans>List</Trans>,
      icon: <IconList size={24} aria-hidden />,
    },
    { href: '/walk/map', label: <Trans>Map</Trans>, icon: <IconMap size={24} aria-hidden /> },
    {
      href: '/walk/script',
      label: <Trans>Script</Trans>,
      icon: <IconMessages size={24} aria-hidden />,
    },
  ];
  return (
    <div className="walk">
      <div className="walk-frame">
        <div>
          <WalkHeader />
          <FinishLine />
        </div>
        <main className="walk-main" tabIndex={0}>
          <Suspense fallback={<Skeleton lines={4} height="6rem" />}>
            <Switch>
              <Route path="/walk/door/:doorId/talk/:personId">
                {({ doorId, personId }) => <TalkPage doorId={doorId} personId={personId} />}
              </Route>
              <Route path="/walk/door/:doorId">
                {({ doorId }) => <DoorPage doorId={doorId} />}
              </Route>
              <Route path="/walk/map">
                <MapPage />
              </Route>
              <Route path="/walk/script">
                <ScriptPage />
              </Route>
              <Route>
                <ListPage onDone={() => setDone(true)} />
              </Route>
            </Switch>
          </Suspense>
        </main>
        <TabBar label={t`Walk`} tabs={tabs} />
      </div>
      {done && (
        <Suspense fallback={null}>
          <DoneSheet onClose={() => setDone(false)} />
        </Suspense>
      )}
    </div>
  );
}
