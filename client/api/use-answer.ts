import { useEffect, useState } from 'react';
import type { Problem } from '#shared/kernel/problem.ts';
import { callApi } from './call.ts';

export interface Answered<T> {
  /** The newest answer; it stays while a newer question is under way. */
  readonly data: T | null;
  readonly problem: Problem | null;
  /** True while the answer shown is not that of the question asked. */
  readonly behind: boolean;
  readonly reload: () => void;
}

interface Held<T> {
  readonly asked: string;
  readonly data: T | null;
  readonly problem: Problem | null;
}

/**
 * What a POST answers to a question that changes while a person chooses. Waits `delayMs` after the
 * last change; the last question wins, however the answers are overtaken on the way.
 */
export function useAnswer<T>(path: string, question: unknown, delayMs: number): Answered<T> {
  const body = JSON.stringify(question);
  const [held, setHeld] = useState<Held<T>>({ asked: '', data: null, problem: null });

  useEffect(() => {
    if (held.asked === body) return;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      const { signal } = stop;
      const answer = await callApi<T>('POST', path, JSON.parse(body), { signal });
      if (stop.signal.aborted) return;
      setHeld((before) => ({
        asked: body,
        data: answer.ok ? answer.value : before.data,
        problem: answer.ok ? null : answer.problem,
      }));
    };
    const timer = window.setTimeout(() => void ask(), delayMs);
    return () => {
      window.clearTimeout(timer);
      stop.abort();
    };
  }, [path, body, delayMs, held.asked]);

  return {
    data: held.data,
    problem: held.problem,
    behind: held.asked !== body,
    reload: () => setHeld((before) => ({ ...before, asked: '', problem: null })),
  };
}
