import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { DiscardHeld, HeldEntry, RetargetHeld } from '#shared/sync/phones.ts';
import { callApi } from '../../api/call.ts';
import { noteHeldChanged, type HeldPage } from '../../api/held-count.ts';

export type HeldState = 'waiting' | 'decided';

/** What a coordinator makes of a held entry. */
export type Decision =
  | { readonly what: 'accept' }
  | { readonly what: 'retarget'; readonly doorId: RetargetHeld['doorId'] }
  | { readonly what: 'discard'; readonly why: DiscardHeld['why'] };

export interface HeldList {
  readonly data: HeldPage | null;
  readonly problem: Problem | null;
  readonly loading: boolean;
  readonly reload: () => void;
  /** Asks for the next page and puts it below. */
  readonly showMore: () => void;
  /** Carries out a decision and takes the entry off the waiting ones. */
  readonly decide: (entry: HeldEntry, decision: Decision) => Promise<Result<HeldEntry, Problem>>;
}

interface Held {
  readonly state: HeldState;
  readonly data: HeldPage | null;
  readonly problem: Problem | null;
  readonly loading: boolean;
}

const start = (state: HeldState): Held => ({ state, data: null, problem: null, loading: true });

function bodyOf(decision: Decision): RetargetHeld | DiscardHeld | undefined {
  if (decision.what === 'retarget') return { doorId: decision.doorId };
  return decision.what === 'discard' ? { why: decision.why } : undefined;
}

type Page = Result<HeldPage, Problem>;

function readPage(state: HeldState, after: string | null, signal?: AbortSignal): Promise<Page> {
  const path = `/v1/held?state=${state}${after === null ? '' : `&after=${after}`}`;
  return callApi<HeldPage>('GET', path, undefined, { signal });
}

/** The list with one page more below, or with the first page anew. */
function take(before: Held, state: HeldState, after: string | null, page: Page): Held {
  const known = before.state === state ? before : start(state);
  if (!page.ok) return { ...known, loading: false, problem: page.problem };
  const above = after === null ? [] : (known.data?.entries ?? []);
  const there = new Set(above.map(({ id }) => id));
  const below = page.value.entries.filter(({ id }) => !there.has(id));
  const data = { entries: [...above, ...below], more: page.value.more };
  return { state, data, problem: null, loading: false };
}

/** What is held, page under page, newest first. */
export function useHeld(state: HeldState): HeldList {
  const [kept, setKept] = useState<Held>(() => start(state));
  const held = kept.state === state ? kept : start(state);

  useEffect(() => {
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      const page = await readPage(state, null, stop.signal);
      if (!stop.signal.aborted) setKept((before) => take(before, state, null, page));
    };
    void ask();
    return () => stop.abort();
  }, [state]);

  const decide = useCallback(
    async (entry: HeldEntry, decision: Decision): Promise<Result<HeldEntry, Problem>> => {
      const path = `/v1/held/${entry.id}/${decision.what}`;
      const answer = await callApi<HeldEntry>('POST', path, bodyOf(decision));
      if (!answer.ok) return answer;
      setKept((before) => {
        if (before.data === null || before.state !== 'waiting') return before;
        const entries = before.data.entries.filter(({ id }) => id !== entry.id);
        return { ...before, data: { ...before.data, entries } };
      });
      noteHeldChanged();
      return answer;
    },
    [],
  );

  const begin = (after: string | null): void => {
    setKept((before) => ({ ...before, loading: true }));
    void readPage(state, after).then((page) =>
      setKept((before) => (before.state === state ? take(before, state, after, page) : before)),
    );
  };
  const last = held.data?.entries.at(-1)?.id ?? null;
  return {
    data: held.data,
    problem: held.problem,
    loading: held.loading,
    reload: () => begin(null),
    showMore: () => begin(last),
    decide,
  };
}
