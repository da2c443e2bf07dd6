import type { ChapterId } from '#shared/kernel/ids.ts';

/**
 * Stands among the keys of doors, as no door has it, and says that somebody joined or waits to, or
 * that it was decided.
 */
export const SOMEBODY_JOINED = 0;

/** Likewise: turfs were made, published, closed, handed out or taken back. */
export const TURFS_CHANGED = -1;

/** Facts at these doors were committed to a chapter's log. */
export interface CommitNotice {
  readonly chapterId: ChapterId;
  readonly doorKeys: readonly number[];
}

type Listener = (notice: CommitNotice) => void;

/**
 * Tells whoever shows a chapter live that its log has grown, by this process or, where several serve
 * the same chapters, by another: see shareNotices.
 */
export class CommitNotices {
  readonly #all = new Set<Listener>();
  readonly #own = new Set<Listener>();
  readonly #losers = new Set<() => void>();

  /**
   * Hears of all commits, or of this process's own alone. Gives back how to stop listening. A
   * listener must not throw.
   */
  listen(listener: Listener, which: 'all' | 'own' = 'all'): () => void {
    const listeners = which === 'all' ? this.#all : this.#own;
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Hears when notices of other processes may have been missed: what is shown is read anew. */
  whenLost(listener: () => void): () => void {
    this.#losers.add(listener);
    return () => this.#losers.delete(listener);
  }

  /** This process has committed. */
  tell(notice: CommitNotice): void {
    this.pass(notice);
    for (const listener of this.#own) listener(notice);
  }

  /** Passes on what another process has committed. */
  pass(notice: CommitNotice): void {
    for (const listener of this.#all) listener(notice);
  }

  lose(): void {
    for (const listener of this.#losers) listener();
  }
}
