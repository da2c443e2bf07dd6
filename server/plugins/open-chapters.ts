import { HeadKeeper } from '../audit/keep-heads.ts';
import { HighWaterKeeper } from '../chapter/keep-high-water.ts';
import type { Ports } from '../ports.ts';
import { releaseAdults } from '../privacy/release-adults.ts';
import { replayErasures } from '../privacy/replay-erasures.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { CommitNotices } from '../sync/notify.ts';
import { replayFuture } from '../sync/replay-future.ts';
import type { App } from './app-type.ts';

/**
 * What is done with each chapter before anybody gets it: one that is older than it was is found out,
 * and facts that an earlier version could not read are applied. After every change it is noted how
 * far its chapter has come, and every hour how far its audit chain has.
 */
export async function installOpenChapters(
  app: App,
  ports: Ports,
  notices: CommitNotices,
): Promise<void> {
  const { config, clock, random, registry } = ports;
  const warn = (sentence: string): void => app.log.warn(sentence);
  const keeper = new HighWaterKeeper({ dataDir: config.dataDir, clock, random, warn });
  const heads = new HeadKeeper({ registry, clock, warn });
  app.addHook('onResponse', async (request) => {
    const { actor, method } = request;
    if (actor === null) return;
    // A look-up and a download are entries of the chain too.
    heads.touch(actor.db);
    if (method !== 'GET' && method !== 'HEAD') keeper.touch(actor.db);
  });
  app.addHook('onClose', async () => {
    await keeper.close();
    await heads.close();
  });

  const replay = async (db: ChapterDb): Promise<void> => {
    try {
      const { applied, held } = await replayFuture(db, notices, clock());
      if (applied + held === 0) return;
      warn(
        `Chapter ${db.id}: of the facts that an earlier version could not read, ${applied} are applied now and ${held} are held for another reason.`,
      );
    } catch (error) {
      // They stay held, whole, for the next time; the chapter must open all the same.
      warn(`Chapter ${db.id}: facts of a newer version were not applied: ${String(error)}`);
    }
  };
  const eraseAgain = async (db: ChapterDb): Promise<void> => {
    await releaseAdults(db, clock());
    const erased = await replayErasures(db, registry, clock());
    if (erased === 0) return;
    warn(
      `Chapter ${db.id}: ${erased} people who had been erased were in it again and are erased anew. Somebody put an older copy in its place.`,
    );
  };
  await registry.whenOpened(async (db) => {
    await keeper.check(db);
    await eraseAgain(db);
    await heads.keep(db);
    await replay(db);
  });
}
