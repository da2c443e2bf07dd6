import { liveQuery } from 'dexie';
import type { TurfKeys } from '../lock/vault.ts';

export interface OpenedQuery<R, T> {
  readonly query: () => PromiseLike<R>;
  /** Makes of the rows as they lie what can be read now; outside any transaction. */
  readonly open: (raw: R) => Promise<T>;
  /** Opening and locking change what can be read. */
  readonly keys: Pick<TurfKeys, 'subscribe'> | null;
}

/** Calls back now, after every change in any tab, and whenever the lock opens or shuts. */
export function watchOpened<R, T>(
  { query, open, keys }: OpenedQuery<R, T>,
  listener: (value: T) => void,
): () => void {
  let last: { readonly raw: R } | null = null;
  let turn = 0;
  const show = async (): Promise<void> => {
    if (last === null) return;
    turn += 1;
    const mine = turn;
    // What cannot be read is told by whoever writes next.
    const value = await open(last.raw).then(
      (opened) => ({ opened }),
      () => null,
    );
    // A later state may have been opened faster.
    if (mine === turn && value !== null) listener(value.opened);
  };
  const live = liveQuery(async () => query()).subscribe({
    next: (raw) => {
      last = { raw };
      void show();
    },
    error: () => {},
  });
  const stop = keys?.subscribe(() => void show());
  return () => {
    turn = -1;
    last = null;
    stop?.();
    live.unsubscribe();
  };
}
