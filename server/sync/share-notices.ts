import { randomUUID } from 'node:crypto';
import type { ChapterId } from '#shared/kernel/ids.ts';
import { PostgresRegistry } from '../store/postgres-registry.ts';
import { PostgresRelay } from '../store/postgres-relay.ts';
import type { Registry } from '../store/registry.ts';
import type { CommitNotices } from './notify.ts';

/**
 * Lets every process that serves the same chapters hear of each commit, so that a desk sees a knock
 * whichever process took it. Gives how to stop. One process alone serves SQLite files.
 */
export async function shareNotices(
  notices: CommitNotices,
  registry: Registry,
): Promise<() => Promise<void>> {
  if (!(registry instanceof PostgresRegistry)) return () => Promise.resolve();
  const relay = await PostgresRelay.open(registry.main, randomUUID(), {
    heard: (topic, doorKeys) => notices.pass({ chapterId: topic as ChapterId, doorKeys }),
    missed: () => notices.lose(),
  });
  const stop = notices.listen(({ chapterId, doorKeys }) => relay.send(chapterId, doorKeys), 'own');
  return async () => {
    stop();
    await relay.close();
  };
}
