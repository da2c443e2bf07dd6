import { type Engine, makePlace } from './engines.ts';
import { type Phones, startPhones } from './phones.ts';
import { openRawPostgres } from './raw-postgres.ts';
import { openRawSqlite, type RawDriver } from './raw-sqlite.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { makeTown, type Town, type TownPlan } from './town.ts';

/** Connections of the bare PostgreSQL driver beside many phones. */
const CONNECTIONS = 8;

/** Our server on one engine, with its phones and the bare driver that it is measured against. */
export interface Side {
  readonly engine: Engine;
  readonly town: Town;
  readonly server: ServerProcess;
  readonly phones: Phones;
  /** The bare driver, opened when it is first asked for. */
  raw(clients: number): Promise<RawDriver>;
  close(): Promise<void>;
}

/** SQLite has one writer whoever waits; PostgreSQL may have several connections. */
function openRaw({ databaseUrl }: Engine, clients: number): Promise<RawDriver> {
  if (databaseUrl === null) return Promise.resolve(openRawSqlite());
  const connections = Math.min(clients, CONNECTIONS);
  return openRawPostgres(databaseUrl, connections, `bench_raw_${connections}`);
}

/** Makes a town and starts the built server on it. */
export async function openSide(engine: Engine, plan: TownPlan): Promise<Side> {
  const place = makePlace(engine);
  const town = await place.use((ports) => makeTown(ports, plan));
  const server = await startServer(place.environment);
  const phones = startPhones(town);
  const raws = new Map<string, Promise<RawDriver>>();
  return {
    engine,
    town,
    server,
    phones,
    raw: (clients) => {
      const name = engine.name === 'postgres' && clients > 1 ? 'many' : 'one';
      const known = raws.get(name) ?? openRaw(engine, clients);
      raws.set(name, known);
      return known;
    },
    close: async () => {
      phones.stop();
      await server.stop();
      for (const raw of raws.values()) await (await raw).close();
      place.remove();
    },
  };
}
