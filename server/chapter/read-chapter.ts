import type { Campaign, Chapter, Me } from '#shared/model/chapter.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Actor } from './actor.ts';

/** What everybody of the chapter may know of it. */
export async function readChapter(db: ChapterDb): Promise<{
  chapter: Chapter;
  campaign: Campaign;
  incarnation: string;
  demo: boolean;
  /** The uncompressed point of the chapter's P-256 key, base64url. */
  chapterKey: string;
}> {
  const row = await db.read.selectFrom('chapter').selectAll().executeTakeFirstOrThrow();
  const campaign = await db.read
    .selectFrom('campaigns')
    .select(['id', 'name'])
    .orderBy('created_at')
    .orderBy('id')
    .executeTakeFirstOrThrow();
  const chapter = { id: db.id, slug: row.slug, name: row.name, timeZone: row.time_zone };
  const chapterKey = Buffer.from(row.seal_public ?? []).toString('base64url');
  return { chapter, campaign, incarnation: row.incarnation, demo: row.demo === 1, chapterKey };
}

/** Who is asking, as the server sees it. */
export async function readMe(actor: Actor): Promise<Me> {
  const { chapter, campaign, demo } = await readChapter(actor.db);
  const deviceId = actor.kind === 'device' ? actor.deviceId : null;
  return { chapter, campaign, member: actor.member, deviceId, demo };
}
