import type { TurfId } from '#shared/kernel/ids.ts';
import type { WalkWish } from '#shared/model/turf-walk.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/** Nothing wished: the shortest walk, wherever it begins. */
export const SHORT: WalkWish = { start: null, comeBack: false, oneSide: false, byHand: null };

/** How a turf is wished to be walked, out of its row. */
export function readWish(row: { readonly walk: string | null } | undefined): WalkWish {
  return row === undefined || row.walk === null ? SHORT : (JSON.parse(row.walk) as WalkWish);
}

/** How this turf is wished to be walked; a turf that is not there yet is wished nothing. */
export async function findWish(db: ChapterDb, id: TurfId | null): Promise<WalkWish> {
  if (id === null) return SHORT;
  const row = await db.read
    .selectFrom('turfs')
    .select('walk')
    .where('id', '=', id)
    .executeTakeFirst();
  return readWish(row);
}
