import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { WalkPage } from './features/walk/walk-page.tsx';
import { HomePage } from './shell/home-page.tsx';
import { addDeskWords } from './ui/locale.ts';
import { Skeleton } from './ui/skeleton.tsx';

// The walk is in the first chunk: it must open with nothing but what is on the phone. What only
// staff see is in chunks that a canvasser's phone never downloads (see vite.config.ts).
/** A page of the desk, once its words are here too. */
async function withWords<T>(page: Promise<T>): Promise<T> {
  await addDeskWords();
  return page;
}
const Join = lazy(async () => ({
  default: (await import('./features/join/join-page.tsx')).JoinPage,
}));
const Protect = lazy(async () => ({
  default: (await import('./features/protect/protect-page.tsx')).ProtectPage,
}));
const Desk = lazy(() => withWords(import('./features/desk/desk.tsx')));
const Enter = lazy(() => withWords(import('./features/enter/enter.tsx')));

/** Every page of the app. */
export function Routes() {
  return (
    <Suspense fallback={<Skeleton lines={4} height="3rem" />}>
      <Switch>
        <Route path="/" component={HomePage} />
        <Route path="/join" component={Join} />
        <Route path="/protect" component={Protect} />
        <Route path="/enter" component={Enter} />
        <Route path="/walk/*?" component={WalkPage} />
        <Route path="/desk/*?" component={Desk} />
        <Route>
          <Redirect to="/" replace />
        </Route>
      </Switch>
    </Suspense>
  );
}
