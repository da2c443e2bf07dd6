import type { TurfKeys } from '../lock/vault.ts';

export interface OpenedQuery<R, T> {
  /** Calls back with the rows as they lie, now and after every change in any tab. */
  readonly watch: (hear: (raw: R) => void) => () => void;
  /** Makes of the rows as they lie what can be read now; outside any transaction. */
  readonly open: (raw: R) => Promise<T>;
  /** Opening and locking change what can be read. */
  readonly keys: Pick<TurfKeys, 'subscribe'> | null;
}

/** Calls back now, after every change in any tab, and whenever the lock opens or shuts. */
export function watchOpened<R, T>(
  { watch, open, keys }: OpenedQuery<R, T>,
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
  const unwatch = watch((raw) => {
    last = { raw };
    void show();
  });
  const stop = keys?.subscribe(() => void show());
  return () => {
    turn = -1;
    last = null;
    stop?.();
    unwatch();
  };
}
