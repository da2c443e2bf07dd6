import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { ChapterDb } from '../store/chapter-db.ts';

/** Buildings asked at once: some 20,000 people, tens of milliseconds. */
const BUILDINGS = 6000;

/** Buildings by key: after `after`, up to `upTo`. */
export interface BuildingRange {
  readonly after: number;
  readonly upTo: number;
}

/**
 * The rows of the roll in parts, so that nobody who pushes waits for a question about all of them:
 * a door is in one part with everybody behind it. Others get their turn between two parts.
 */
export async function* buildingRanges(db: Pick<ChapterDb, 'read'>): AsyncGenerator<BuildingRange> {
  // Asked for together they would have every row looked at.
  const { first, last } = await db.read
    .selectNoFrom((of) => [
      of
        .selectFrom('universe_rows')
        .select(sql<number | null>`min(building_key)`.as('key'))
        .as('first'),
      of
        .selectFrom('universe_rows')
        .select(sql<number | null>`max(building_key)`.as('key'))
        .as('last'),
    ])
    .executeTakeFirstOrThrow();
  if (first === null || last === null) return;
  for (let after = first - 1; after < last; after += BUILDINGS) {
    if (after >= first) await setImmediate();
    yield { after, upTo: after + BUILDINGS };
  }
}
