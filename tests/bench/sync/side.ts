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
  raw(clients: number): RawDriver;
  close(): Promise<void>;
}

async function openRaw({ databaseUrl }: Engine): Promise<readonly [RawDriver, RawDriver]> {
  if (databaseUrl === null) {
    const only = openRawSqlite();
    return [only, only];
  }
  const one = await openRawPostgres(databaseUrl, 1, 'bench_one');
  return [one, await openRawPostgres(databaseUrl, CONNECTIONS, 'bench_many')];
}

/** Makes a town and starts the built server on it. */
export async function openSide(engine: Engine, plan: TownPlan): Promise<Side> {
  const place = makePlace(engine);
  const town = await place.use((ports) => makeTown(ports, plan));
  const server = await startServer(place.environment);
  const phones = startPhones(town);
  const [one, many] = await openRaw(engine);
  return {
    engine,
    town,
    server,
    phones,
    raw: (clients) => (clients === 1 ? one : many),
    close: async () => {
      phones.stop();
      await server.stop();
      await one.close();
      if (many !== one) await many.close();
      place.remove();
    },
  };
}
