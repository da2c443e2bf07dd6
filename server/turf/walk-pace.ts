import type { WalkPace } from '#shared/model/turf-walk.ts';
import { learnPace, type TimedKnock } from '#shared/walk/learn-pace.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { fixedQuery } from '../store/fixed-query.ts';

/** The newest knocks say how a chapter walks now. */
const NEWEST = 20_000;
/** Learnt again once so much has come to the log. */
const NEWS = 200;

interface Learnt {
  readonly seq: number;
  readonly pace: WalkPace;
}

const learnt = new WeakMap<ChapterDb, Learnt>();

const selectSeq = fixedQuery((db) => db.selectFrom('clock').select('seq'));

// A correction is written later than its door was knocked, and says nothing of when.
const selectKnocks = fixedQuery((db) =>
  db
    .selectFrom('ops')
    .innerJoin('doors', 'doors.key', 'ops.door_key')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .select(['ops.device_key as phone', 'ops.at', 'ops.door_key as door'])
    .select(['buildings.lon', 'buildings.lat'])
    .where('ops.type', '=', 'knock')
    .where('ops.supersedes', 'is', null)
    // Nobody walked from one call, or one talk at a stall, to the next.
    .where('ops.body', 'not like', '%"by":"%')
    .orderBy('ops.seq', 'desc')
    .limit(NEWEST),
);

/** How this chapter walks, learnt from its newest 20,000 knocks; the usual pace until then. */
export async function readWalkPace(db: ChapterDb): Promise<WalkPace> {
  const [{ seq } = { seq: 0 }] = await selectSeq(db.read, {});
  const known = learnt.get(db);
  if (known !== undefined && seq >= known.seq && seq < known.seq + NEWS) return known.pace;
  const phones = new Map<number, TimedKnock[]>();
  for (const { phone, ...knock } of await selectKnocks(db.read, {})) {
    const knocks = phones.get(phone);
    if (knocks === undefined) phones.set(phone, [knock]);
    else knocks.push(knock);
  }
  const pace = learnPace([...phones.values()]);
  learnt.set(db, { seq, pace });
  return pace;
}
