import type { Dice } from '#shared/kernel/random.ts';
import { type ChapterLog, sqliteLog } from './chapter-log.ts';
import type { PushRecord } from './hard-pushes.ts';
import { makeProofTown, type ProofTown } from './proof-town.ts';
import { makeScratch, removeScratch } from './scratch.ts';
import { ServerProcess } from './server-process.ts';

/** A server on one engine with a small chapter, and ways to strike it dead. */
export interface World {
  readonly engine: 'sqlite' | 'postgres';
  readonly server: ServerProcess;
  readonly town: ProofTown;
  readonly log: ChapterLog;
  /** Kills the server process, or what it stands on; counts which. */
  strike(dice: Dice, record: PushRecord): Promise<void>;
  /** Brings back what the server stands on, so that the log can be read. */
  mend(record: PushRecord): Promise<void>;
  remove(): Promise<void>;
}

async function makeSqliteWorld(): Promise<World> {
  const dataDir = makeScratch('proof');
  const server = await ServerProcess.make({ dataDir });
  const town = await makeProofTown(server);
  return {
    engine: 'sqlite',
    server,
    town,
    log: sqliteLog(dataDir, town.chapterId),
    strike: async (_dice, record) => {
      record.fire('server-killed');
      await server.kill();
    },
    mend: () => Promise.resolve(),
    remove: async () => {
      await server.kill();
      removeScratch(dataDir);
    },
  };
}

export function makeWorld(engine: 'sqlite' | 'postgres'): Promise<World> {
  if (engine === 'postgres') throw new Error('not yet');
  return makeSqliteWorld();
}
