import { useEffect, useState } from 'react';
import type { HeldEntry } from '#shared/sync/phones.ts';
import { callApi } from './call.ts';

/** A page of `GET /v1/held`, newest first. */
export interface HeldPage {
  readonly entries: readonly HeldEntry[];
  readonly more: boolean;
}

export interface HeldCount {
  readonly waiting: number;
  /** There are more than the server tells at once. */
  readonly more: boolean;
}

/** How often a desk that is looked at asks again, in ms. */
const ASK_MS = 60_000;
const listeners = new Set<() => void>();

/** Something was decided, or arrived by file: whoever shows the number asks for it anew. */
export function noteHeldChanged(): void {
  for (const listener of listeners) listener();
}

/** How much waits for a decision; null until it is known and for those who may not see it. */
export function useHeldCount(may: boolean): HeldCount | null {
  const [count, setCount] = useState<HeldCount | null>(null);
  useEffect(() => {
    if (!may) return;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      if (document.hidden) return;
      const { signal } = stop;
      const answer = await callApi<HeldPage>('GET', '/v1/held?state=waiting', undefined, {
        signal,
      });
      if (signal.aborted || !answer.ok) return;
      setCount({ waiting: answer.value.entries.length, more: answer.value.more });
    };
    const again = (): void => void ask();
    again();
    const timer = window.setInterval(again, ASK_MS);
    listeners.add(again);
    return () => {
      stop.abort();
      window.clearInterval(timer);
      listeners.delete(again);
    };
  }, [may]);
  return count;
}
