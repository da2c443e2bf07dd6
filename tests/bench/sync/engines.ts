import { openPorts } from '../../../server/cli/open-data.ts';
import { readConfig } from '../../../server/config.ts';
import type { Ports } from '../../../server/ports.ts';
import { PostgresCluster } from '../../prove/real/postgres-cluster.ts';
import { makeScratch, removeScratch } from '../../prove/real/scratch.ts';

/** Where a server of the bench keeps its chapters. */
export interface Engine {
  readonly name: 'sqlite' | 'postgres';
  /** Null for files. */
  readonly databaseUrl: string | null;
}

export const SQLITE: Engine = { name: 'sqlite', databaseUrl: null };

/** A data folder on one engine, as the environment of a server and as ports of this process. */
export interface Place {
  readonly environment: Readonly<Record<string, string>>;
  readonly dataDir: string;
  /** Opens it here, and closes it again before a server gets it. */
  use<T>(work: (ports: Ports) => Promise<T>): Promise<T>;
  remove(): void;
}

/** A new, empty place. */
export function makePlace(engine: Engine): Place {
  const dataDir = makeScratch(`bench-${engine.name}`);
  const environment = {
    DATA_DIR: dataDir,
    ...(engine.databaseUrl === null ? {} : { DATABASE_URL: engine.databaseUrl }),
  };
  return {
    environment,
    dataDir,
    use: async (work) => {
      const config = readConfig(environment, null);
      if (!config.ok) throw new Error(config.problem.join('\n'));
      const ports = await openPorts(config.value);
      try {
        return await work(ports);
      } finally {
        await ports.registry.close();
      }
    },
    remove: () => removeScratch(dataDir),
  };
}

/** A PostgreSQL server of the bench's own; null, with a line on standard error, without one. */
export async function startPostgres(): Promise<{
  engine: Engine;
  cluster: PostgresCluster;
} | null> {
  try {
    const cluster = await PostgresCluster.make();
    return { engine: { name: 'postgres', databaseUrl: cluster.url }, cluster };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`PostgreSQL is left out: ${reason}`);
    return null;
  }
}
