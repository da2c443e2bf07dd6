import type { ChapterId } from '#shared/kernel/ids.ts';
import type { ImportTarget } from './import-messages.ts';
import type { SearchProgress, SearchResult } from './search-duplicates.ts';

/** What the thread is given that looks for duplicates. */
export interface SearchJob {
  readonly target: ImportTarget;
  readonly chapterId: ChapterId;
}

/** From the thread; a result of null was cancelled. Whatever is sent to it asks it to stop. */
export type FromSearch =
  | { readonly kind: 'progress'; readonly progress: SearchProgress }
  | { readonly kind: 'ended'; readonly result: SearchResult | null };
