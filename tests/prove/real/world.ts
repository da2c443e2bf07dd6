import { type ChapterLog, postgresLog, sqliteLog } from './chapter-log.ts';
import type { PushRecord } from './hard-pushes.ts';
import { PostgresCluster } from './postgres-cluster.ts';
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
  strike(seed: number, record: PushRecord): Promise<void>;
  /** Brings back what the server stands on, so that the log can be read. */
  mend(): Promise<void>;
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
    strike: async (_seed, record) => {
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

async function makePostgresWorld(): Promise<World> {
  const cluster = await PostgresCluster.make();
  const dataDir = makeScratch('proof');
  const server = await ServerProcess.make({ dataDir, databaseUrl: cluster.url });
  const town = await makeProofTown(server);
  let down = false;
  return {
    engine: 'postgres',
    server,
    town,
    log: postgresLog(cluster.url, town.chapterId),
    strike: async (seed, record) => {
      down = seed % 10 === 3;
      if (!down) {
        record.fire('server-killed');
        return server.kill();
      }
      // The server's process lives on and must find its way back by itself.
      record.fire('postgres-stopped');
      record.mayFail = true;
      return cluster.crash();
    },
    mend: async () => {
      if (down) await cluster.start();
    },
    remove: async () => {
      await server.kill();
      await cluster.remove();
      removeScratch(dataDir);
    },
  };
}

/** Without PostgreSQL on the machine the second kind throws: the proof is then red, not shorter. */
export function makeWorld(engine: 'sqlite' | 'postgres'): Promise<World> {
  return engine === 'postgres' ? makePostgresWorld() : makeSqliteWorld();
}
