import { expect, test } from 'vitest';
import { buildApp } from '../../server/app.ts';
import { PostgresServer } from '../../server/store/postgres-server.ts';
import { makeApp } from '../api/make-app.ts';
import { makeTown } from '../api/make-town.ts';
import { makeWalk, push, sealKnock } from '../api/make-walk.ts';

test('a database that stops keeping its word is said, once in the log, until it is set right', async () => {
  const server = await makeApp();
  const db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  const { phone } = await makeWalk(server, db);
  const lines: string[] = [];
  const stream = { write: (line: string) => void lines.push(line) };
  const { app } = await buildApp({ ...server.ports, logger: { level: 'warn', stream } });
  const health = async () => {
    const { statusCode, body } = await app.inject('/v1/health');
    return { statusCode, ...(JSON.parse(body) as object) };
  };
  const [door] = phone.packet.doors;
  if (door === undefined) throw new Error('no door');
  const outcome = { kind: 'result', result: 'not-home' } as const;
  const fact = { doorId: door.id, personId: null, outcome, answers: [], note: null };
  const knock = sealKnock(phone, fact, server.time.now);
  const send = () => push({ ...server, app }, phone, [knock]);
  expect(await health()).toMatchObject({ statusCode: 200, ok: true });

  // Whoever runs the database sets it wrongly; connections that are made from now on have it.
  const url = new URL(server.ports.config.databases.get('main') ?? '');
  const keeper = await PostgresServer.open('main', url.href, 1);
  const set = (value: string) =>
    keeper.use('pg_catalog', async (session) => {
      await session.exec(
        `alter database ${url.pathname.slice(1)} set synchronous_commit to ${value}`,
      );
      await session.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`);
    });
  await set('off');
  const setting = 'synchronous_commit = off';
  // The connections that were cut are noticed first.
  const says = () => send().then(({ results }) => JSON.stringify(results), String);
  await expect.poll(says, { timeout: 10_000 }).toContain('"not-durable"');
  expect(await says()).toContain(setting);
  expect(await health()).toMatchObject({
    statusCode: 503,
    ok: false,
    problem: { code: 'not-durable', facts: { setting } },
  });
  expect(lines.filter((line) => line.includes('a power cut could take'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('server fault'))).toEqual([]);

  await set('on');
  expect(await health()).toMatchObject({ statusCode: 200, ok: true });
  await expect.poll(says, { timeout: 10_000 }).toContain('"status":"applied"');
  await keeper.close();
  await app.close();
  await server.close();
});
