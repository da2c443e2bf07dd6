import type { UnmatchedPage } from '#shared/model/unmatched.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readUnmatched, type UnmatchedWish } from '../store/settled-places.ts';

/** The roll's addresses without a place, or with one that somebody gave them. */
export function listUnmatched(db: ChapterDb, wish: UnmatchedWish): Promise<UnmatchedPage> {
  return readUnmatched(db.read, wish);
}
