import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { TurfWalk, WalkWish } from '#shared/model/turf-walk.ts';
import { callApi } from '../../api/call.ts';
import { readTabDraft, useTabDraft } from '../../shell/tab-draft.ts';
import { arrangeStops } from './arrange-stops.ts';

/** A moment to go on changing before it is computed. */
const WAIT_MS = 200;

interface History {
  readonly past: readonly WalkWish[];
  readonly now: WalkWish;
  readonly future: readonly WalkWish[];
}

/** What is wished and not kept, over which version of the turf. */
interface KeptWish {
  readonly version: number;
  readonly wish: WalkWish;
}

interface Looked {
  readonly wish: string;
  readonly walk: TurfWalk;
}

export interface Wishing {
  /** The walk as wished: its stops at once, its way and its length as soon as they are known. */
  readonly walk: TurfWalk;
  readonly wish: WalkWish;
  readonly change: (wish: Partial<WalkWish>) => void;
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
  /** Something is wished that is not kept. */
  readonly changed: boolean;
  /** True while way and length are those of a wish before. */
  readonly behind: boolean;
  readonly saving: boolean;
  readonly problem: Problem | null;
  readonly save: () => Promise<boolean>;
  /** After somebody else has kept another walk: begins anew from that. */
  readonly reload: () => void;
}

/** A wish with undo and redo, looked at as it changes, and kept when somebody says so. */
export function useWish(first: TurfWalk): Wishing {
  const place = `turf-walk ${first.turfId}`;
  const [draft] = useState(() => readTabDraft<KeptWish>(place));
  // Over the version that it was wished on: who kept another walk since is heard of when this is kept.
  const [kept, setKept] = useState(() => ({ ...first, version: draft?.version ?? first.version }));
  const [history, setHistory] = useState<History>(() => begin(draft?.wish ?? first.wish));
  const [looked, setLooked] = useState<Looked>(() => look(first));
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const wish = history.now;
  const body = JSON.stringify(wish);
  const path = `/v1/turfs/${first.turfId}/walk`;
  const behind = looked.wish !== body;
  const changed = body !== JSON.stringify(kept.wish);
  useTabDraft(place, changed ? ({ version: kept.version, wish } satisfies KeptWish) : null);

  useEffect(() => {
    if (looked.wish === body) return;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      const { signal } = stop;
      const answer = await callApi<TurfWalk>('POST', `${path}/preview`, JSON.parse(body), {
        signal,
      });
      if (signal.aborted) return;
      if (answer.ok) setLooked(look(answer.value));
      setProblem(answer.ok ? null : answer.problem);
    };
    const timer = window.setTimeout(() => void ask(), WAIT_MS);
    return () => {
      window.clearTimeout(timer);
      stop.abort();
    };
  }, [body, path, looked.wish]);

  const change = useCallback((part: Partial<WalkWish>): void => {
    setHistory(({ past, now }) => ({ past: [...past, now], now: { ...now, ...part }, future: [] }));
  }, []);
  const undo = useCallback((): void => {
    setHistory(({ past, now, future }) => {
      const before = past.at(-1);
      if (before === undefined) return { past, now, future };
      return { past: past.slice(0, -1), now: before, future: [now, ...future] };
    });
  }, []);
  const redo = useCallback((): void => {
    setHistory(({ past, now, future }) => {
      const [next, ...rest] = future;
      return next === undefined
        ? { past, now, future }
        : { past: [...past, now], now: next, future: rest };
    });
  }, []);

  const takeOver = (walk: TurfWalk): void => {
    setKept(walk);
    setLooked(look(walk));
    setProblem(null);
  };
  const save = async (): Promise<boolean> => {
    setSaving(true);
    const answer = await callApi<TurfWalk>('PUT', path, wish, { ifMatch: kept.version });
    setSaving(false);
    if (answer.ok) takeOver(answer.value);
    else setProblem(answer.problem);
    return answer.ok;
  };
  const reload = async (): Promise<void> => {
    const answer = await callApi<TurfWalk>('GET', path);
    if (!answer.ok) return setProblem(answer.problem);
    setHistory(begin(answer.value.wish));
    takeOver(answer.value);
  };

  const walk = useMemo(
    () => (behind ? arrangeStops(looked.walk, wish.byHand) : looked.walk),
    [behind, looked.walk, wish.byHand],
  );
  return {
    walk,
    wish,
    change,
    undo: history.past.length > 0 ? undo : null,
    redo: history.future.length > 0 ? redo : null,
    changed,
    behind,
    saving,
    problem,
    save,
    reload: () => void reload(),
  };
}

const begin = (wish: WalkWish): History => ({ past: [], now: wish, future: [] });
const look = (walk: TurfWalk): Looked => ({ wish: JSON.stringify(walk.wish), walk });
