import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Problem } from '#shared/kernel/problem.ts';
import { callApi } from './call.ts';

export interface Loaded<T> {
  readonly data: T | null;
  readonly problem: Problem | null;
  readonly loading: boolean;
  readonly reload: () => void;
  /** Puts a newer value in place, e.g. what a change answered. */
  readonly put: (change: (before: T) => T) => void;
}

interface Held<T> {
  readonly path: string | null;
  readonly data: T | null;
  readonly problem: Problem | null;
  readonly loading: boolean;
}

/**
 * What a GET of `path` answers; null asks nothing. While it is asked again the old answer stays.
 * The last question wins. Asks again by itself when the network comes back after a failure.
 */
export function useApi<T>(path: string | null): Loaded<T> {
  const [turn, setTurn] = useState(0);
  const [held, setHeld] = useState<Held<T>>(() => start(path));
  const state = held.path === path ? held : start<T>(path);

  // One object a question: the same path asked again is a new one.
  const question = useMemo(() => ({ path, turn }), [path, turn]);
  useEffect(() => {
    const { path } = question;
    if (path === null) return;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      const answer = await callApi<T>('GET', path, undefined, { signal: stop.signal });
      if (stop.signal.aborted) return;
      setHeld((before) => ({
        path,
        loading: false,
        data: answer.ok ? answer.value : before.path === path ? before.data : null,
        problem: answer.ok ? null : answer.problem,
      }));
    };
    void ask();
    return () => stop.abort();
  }, [question]);

  const reload = useCallback(() => {
    setHeld((before) => ({ ...before, loading: true }));
    setTurn((before) => before + 1);
  }, []);
  const put = useCallback((change: (before: T) => T) => {
    setHeld((before) => (before.data === null ? before : { ...before, data: change(before.data) }));
  }, []);

  const failed = state.problem !== null;
  useEffect(() => {
    if (!failed) return;
    window.addEventListener('online', reload);
    return () => window.removeEventListener('online', reload);
  }, [failed, reload]);

  return {
    data: state.data,
    problem: state.problem,
    loading: state.loading,
    reload,
    put,
  };
}

function start<T>(path: string | null): Held<T> {
  return { path, data: null, problem: null, loading: path !== null };
}
