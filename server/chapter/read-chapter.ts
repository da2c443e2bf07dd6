import type { Campaign, Chapter, Me } from '#shared/model/chapter.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { fixedQuery } from '../store/fixed-query.ts';
import type { Actor, StaffActor } from './actor.ts';
import { needsPasskey } from './sessions.ts';

const selectChapter = fixedQuery((db) => db.selectFrom('chapter').selectAll());
const selectCampaigns = fixedQuery((db) =>
  db.selectFrom('campaigns').select(['id', 'name']).orderBy('created_at').orderBy('id'),
);

/** What everybody of the chapter may know of it. */
export async function readChapter(db: ChapterDb): Promise<{
  chapter: Chapter;
  campaign: Campaign;
  incarnation: string;
  demo: boolean;
  /** The uncompressed point of the chapter's P-256 key, base64url. */
  chapterKey: string;
}> {
  const [row] = await selectChapter(db.read, {});
  const [campaign] = await selectCampaigns(db.read, {});
  if (row === undefined || campaign === undefined) throw new Error('It was never stamped.');
  const chapter = { id: db.id, slug: row.slug, name: row.name, timeZone: row.time_zone };
  const chapterKey = Buffer.from(row.seal_public ?? []).toString('base64url');
  return { chapter, campaign, incarnation: row.incarnation, demo: row.demo === 1, chapterKey };
}

async function countKeys(actor: StaffActor): Promise<NonNullable<Me['keys']>> {
  const { db, member } = actor;
  const keys = await db.read
    .selectFrom('passkeys')
    .select('id')
    .where('member_id', '=', member.id)
    .execute();
  const codes = await db.read
    .selectFrom('recovery_codes')
    .select('hash')
    .where('member_id', '=', member.id)
    .where('used_at', 'is', null)
    .execute();
  return { passkeys: keys.length, codes: codes.length, passkeyFirst: needsPasskey(actor) };
}

/** Who is asking, as the server sees it. */
export async function readMe(actor: Actor): Promise<Me> {
  const { chapter, campaign, demo } = await readChapter(actor.db);
  const me = { chapter, campaign, member: actor.member, demo };
  if (actor.kind === 'device') return { ...me, deviceId: actor.deviceId };
  return { ...me, deviceId: null, keys: await countKeys(actor) };
}
