import { makeId, type CampaignId, type ChapterId, type MemberId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { isSlug, type Registry } from '../store/registry.ts';
import { makeTrustKeys } from '../store/migrations/0004-trust.ts';
import { makeSealKeys } from '../store/seal-keys.ts';

export interface NewChapter {
  readonly name: string;
  readonly slug: string;
  /** IANA zone. */
  readonly timeZone: string;
  readonly campaign: string;
  readonly demo: boolean;
}

interface Means {
  readonly registry: Registry;
  readonly clock: () => number;
  readonly random: RandomBytes;
}

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/**
 * Makes a chapter's own database, stamped with its id, with one campaign and an admin, and shows it
 * in the registry when all of that is on disk.
 */
export async function createChapter(
  wish: NewChapter,
  means: Means,
): Promise<Result<{ db: ChapterDb; adminId: MemberId }>> {
  const { registry, random } = means;
  if (!isSlug(wish.slug)) {
    const reason = 'a short name has 3 to 40 lower-case letters, digits and hyphens';
    return fail(problem('not-valid', { reason }));
  }
  if (wish.name.trim() === '') return fail(problem('not-valid', { reason: 'the name is empty' }));
  if (!isTimeZone(wish.timeZone)) {
    const reason = `"${wish.timeZone}" is no time zone; one is America/New_York`;
    return fail(problem('not-valid', { reason }));
  }
  if ((await registry.bySlug(wish.slug)) !== null) {
    return fail(problem('slug-taken', { slug: wish.slug }));
  }
  const now = means.clock();
  const id = makeId<ChapterId>(now, random);
  const adminId = makeId<MemberId>(now, random);
  const db = await registry.makeChapter(id);
  await db.write(async (trx) => {
    await trx
      .insertInto('chapter')
      .values({
        id,
        slug: wish.slug,
        name: wish.name,
        time_zone: wish.timeZone,
        incarnation: makeId(now, random),
        secret: random(32),
        ...makeSealKeys(),
        ...makeTrustKeys(),
        demo: wish.demo ? 1 : 0,
        created_at: now,
      })
      .execute();
    await trx.insertInto('clock').values({ only: 1, seq: 0 }).execute();
    await trx
      .insertInto('campaigns')
      .values({
        id: makeId<CampaignId>(now, random),
        name: wish.campaign,
        script_id: null,
        created_at: now,
      })
      .execute();
    await trx
      .insertInto('members')
      .values({ id: adminId, name: 'Admin', role: 'admin', created_at: now, left_at: null })
      .execute();
  });
  await registry.add({ id, slug: wish.slug, name: wish.name, createdAt: now }, db);
  return ok({ db, adminId });
}
