import {
  lazy,
  Suspense,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { Redirect } from 'wouter';
import type { DoorId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/make-problem.ts';
import { fail, type Result } from '#shared/kernel/result.ts';
import type { Operation } from '#shared/model/operation.ts';
import { recordFact, stayReady, walk } from '../../store/phone-store.ts';
import type { WalkNow } from '../../store/watch-walk.ts';
import { startSync } from '../../sync/phone.ts';
import { useFinishing } from './lock/finish-line.tsx';
import { makeRowMaker } from './make-row.ts';
import { NoWalk } from './lock/no-walk.tsx';
import { whereAll } from './sent/place-of.ts';
import { useAskRules } from './talk/use-ask-rules.ts';
import { useLock } from './lock/use-lock.ts';
import { useSyncStatus } from './sent/use-sync-words.ts';
import { useMe } from './use-me.ts';
import { WalkContext, type Fact, type WalkView } from './walk-context.ts';

const EndedWalk = lazy(async () => ({
  default: (await import('./lock/ended-walk.tsx')).EndedWalk,
}));

const RulesFirst = lazy(async () => ({
  default: (await import('./lock/rules-first.tsx')).RulesFirst,
}));

const LockScreen = lazy(async () => ({
  default: (await import('./lock/lock-screen.tsx')).LockScreen,
}));

const subscribe = (listener: () => void): (() => void) => walk.subscribe(listener);
const read = (): WalkNow => walk.read();

/** Writes a fact under the turf and the script that this phone holds right now. */
async function record(fact: Fact): Promise<Result<Operation>> {
  const now = walk.read();
  if (typeof now === 'string') return fail(problem('not-saved', { reason: 'no turf is open' }));
  const { turf, script } = now.sheet;
  // Said once for the talk, the results and what else there is.
  const by = turf.kind === 'calls' ? 'phone' : 'street';
  const met = fact.type === 'knock' && turf.kind ? { ...fact.payload, by } : fact.payload;
  return recordFact(fact.type, met, {
    turfId: turf.id,
    scriptVersionId: script?.id ?? null,
  });
}

/** Opens what this phone holds and shows the walk over it; without a packet it says what to do. */
export function WalkProvider({ children }: { readonly children: ReactNode }) {
  useEffect(() => void startSync(), []);
  useEffect(() => stayReady(), []);
  const now = useSyncExternalStore(subscribe, read);
  const { hold, endedTurf } = useSyncStatus();
  const finishing = useFinishing();
  const me = useMe();
  const lock = useLock();
  const [toRows] = useState(makeRowMaker);
  const rules = useAskRules();

  const own = typeof now === 'string' ? null : now.own;
  const twins = typeof now === 'string' ? undefined : now.twins;
  const whereabouts = useMemo(() => (own === null ? null : whereAll(own, twins)), [own, twins]);

  const view = useMemo<WalkView | null>(() => {
    if (typeof now === 'string' || whereabouts === null) return null;
    const rows = toRows(now.doors, whereabouts.ofDoor);
    const byId = new Map<string, (typeof rows)[number]>(rows.map((row) => [row.door.id, row]));
    return {
      sheet: now.sheet,
      me,
      rows,
      tally: now.tally,
      whereabouts,
      rowOf: (doorId) => byId.get(now.twins.get(doorId as DoorId) ?? doorId) ?? null,
      twins: now.twins,
      stateOf: (doorId: DoorId) => now.byDoor.get(doorId)?.state ?? null,
      record,
    };
  }, [now, me, toRows, whereabouts]);

  // What this phone may no longer show is not shown, even where it is still there for a moment; the
  // one conversation that is waited for can be finished.
  const barred = lock.spent ? 'spent' : hold;
  const locked = lock.state === 'locked' && (barred === 'ok' || barred === 'unheard');
  if (locked || (barred === 'ok' && now === 'shut')) {
    return (
      <Suspense fallback={null}>
        <LockScreen />
      </Suspense>
    );
  }
  if (barred !== 'ok' && !finishing) {
    return (
      <Suspense fallback={null}>
        <EndedWalk hold={barred} turf={endedTurf ?? view?.sheet.turf.name ?? null} />
      </Suspense>
    );
  }
  if (view === null) return <NoWalk loading={now !== 'none'} />;
  if (rules.ask === null) return <NoWalk loading />;
  // Joined, or brought by an earlier version, and nobody has said yet what opens it.
  if (lock.guard === null && lock.state === 'open') return <Redirect to="/protect" replace />;
  if (rules.ask) {
    return (
      <Suspense fallback={null}>
        <RulesFirst onDone={rules.done} />
      </Suspense>
    );
  }
  return <WalkContext value={view}>{children}</WalkContext>;
}
