import type { ChapterId } from '#shared/kernel/ids.ts';

/** Facts at these doors were committed to a chapter's log. */
export interface CommitNotice {
  readonly chapterId: ChapterId;
  readonly doorKeys: readonly number[];
}

/** Tells whoever shows a chapter live that its log has grown. In this process only. */
export class CommitNotices {
  readonly #listeners = new Set<(notice: CommitNotice) => void>();

  /** Gives back how to stop listening. A listener must not throw. */
  listen(listener: (notice: CommitNotice) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(notice: CommitNotice): void {
    for (const listener of this.#listeners) listener(notice);
  }
}
