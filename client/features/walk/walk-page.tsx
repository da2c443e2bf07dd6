import {
  lazy,
  memo,
  Suspense,
  useEffect,
  useLayoutEffect,
  useState,
  type ComponentType,
} from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconList, IconMap, IconMessages } from '@tabler/icons-react';
import { Route, Switch, useLocation } from 'wouter';
import { useDisplay } from '../../shell/display.ts';
import { standAt } from '../../sync/talks.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { preloadToasts } from '../../ui/toast.tsx';
import { preloadProblemWords } from '../../ui/use-problem-words.ts';
import { useShell } from '../../ui/use-shell.ts';
import { guardDoubleTaps } from './double-tap.ts';
import { FinishLine } from './lock/finish-line.tsx';
import { ListPage } from './list/list-page.tsx';
import { SaveGuard } from './save-guard.tsx';
import { WalkHeader } from './walk-header.tsx';
import { useWalk } from './walk-context.ts';
import { WalkProvider } from './walk-provider.tsx';
import './walk.css';

// Kept by the service worker and fetched ahead: not of the first load.
const loadTalk = () => import('./talk/talk-page.tsx');
const TalkPage = lazy(async () => ({ default: (await loadTalk()).TalkPage }));
const loadScript = () => import('./talk/script-page.tsx');
const ScriptPage = lazy(async () => ({ default: (await loadScript()).ScriptPage }));
const MapSaved = lazy(async () => ({ default: (await import('./map/map-saved.tsx')).MapSaved }));
const MapPage = lazy(async () => ({ default: (await import('./map/map-page.tsx')).MapPage }));
const loadOther = () => import('./street/other-turf.tsx');
const OtherTurf = lazy(async () => ({ default: (await loadOther()).OtherTurf }));
const OtherDoor = lazy(async () => ({ default: (await loadOther()).OtherDoor }));
const DoneSheet = lazy(async () => ({
  default: (await import('./shift/done-sheet.tsx')).DoneSheet,
}));

/** Once it was fetched; a tap on a door then waits for nothing. */
let doorPage: ComponentType<{ readonly doorId: string }> | null = null;
async function loadDoor() {
  const part = await import('./door/door-page.tsx');
  doorPage = part.DoorPage;
  return part;
}
const DoorLater = lazy(async () => ({ default: (await loadDoor()).DoorPage }));

function Door({ doorId }: { readonly doorId: string }) {
  const [Page] = useState(() => doorPage ?? DoorLater);
  return <Page doorId={doorId} />;
}

/** What the next taps open, in the order in which they may come. */
async function fetchAhead(): Promise<void> {
  const { loadHistory } = await loadDoor();
  preloadToasts();
  const { preloadSheets } = await import('./door/door-sheets.tsx');
  preloadSheets();
  void preloadProblemWords();
  await Promise.all([loadTalk(), loadScript(), loadHistory()]);
}

/** The list is drawn by then. In ms. */
const FIRST_SCREEN = 600;

/** The canvasser's phone: list, map and script of one turf. */
export function WalkPage() {
  useShell('walk');
  return (
    <WalkProvider>
      <SaveGuard>
        <FrameOfTurf />
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

function FrameOfTurf() {
  const { kind } = useWalk().sheet.turf;
  return <Frame kind={kind} />;
}

function TurfMap() {
  return useDisplay() === 'low-power' ? <MapSaved /> : <MapPage />;
}

type Kind = ReturnType<typeof useWalk>['sheet']['turf']['kind'];

/** What does not change with a knock is not drawn with it. */
const Frame = memo(function Frame({ kind }: { readonly kind: Kind }) {
  const { t } = useLingui();
  useDoorLeft();
  useEffect(() => guardDoubleTaps(), []);
  const [done, setDone] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      // Without a signal they come when they are asked for, or the service worker has them.
      void fetchAhead().catch(() => {});
    }, FIRST_SCREEN);
    return () => clearTimeout(timer);
  }, []);
  const tabs = [
    {
      href: '/walk',
      also: '/walk/door',
      label: <Trans>List</Trans>,
      icon: <IconList size={24} aria-hidden />,
    },
    // Nobody walks to a telephone.
    ...(kind === 'calls'
      ? []
      : [
          { href: '/walk/map', label: <Trans>Map</Trans>, icon: <IconMap size={24} aria-hidden /> },
        ]),
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
                {({ doorId }) => (kind ? <OtherDoor doorId={doorId} /> : <Door doorId={doorId} />)}
              </Route>
              <Route path="/walk/map">
                <TurfMap />
              </Route>
              <Route path="/walk/script">
                <ScriptPage />
              </Route>
              <Route>
                {kind ? (
                  <OtherTurf onDone={() => setDone(true)} />
                ) : (
                  <ListPage onDone={() => setDone(true)} />
                )}
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
});
