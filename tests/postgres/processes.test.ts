import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { PostgresServer } from '../../server/store/postgres-server.ts';
import { makeApp, type TestApp } from '../api/make-app.ts';
import { makeTown } from '../api/make-town.ts';
import { makeWalk, push, sealKnock, type Walk } from '../api/make-walk.ts';

/** Two servers on one database, as two processes are: each with its own registry and connections. */
let a: TestApp;
let b: TestApp;
let db: ChapterDb;
let walk: Walk;
let lead: Awaited<ReturnType<TestApp['staff']>>;

beforeAll(async () => {
  a = await makeApp();
  b = await makeApp({ dataDir: a.ports.config.dataDir, seed: 8 });
  db = await a.makeChapter('shared');
  await makeTown(db, 'shared');
  walk = await makeWalk(a, db);
  lead = await a.staff(db, 'coordinator');
});
afterAll(async () => {
  await b.close();
  await a.close();
});

/** Follows a server's live events until the test has seen enough. */
async function follow({ app }: TestApp): Promise<{ text: () => string; ended: Promise<void> }> {
  const base = await app.listen({ port: 0, host: '127.0.0.1' }).catch(() => addressOf(app));
  let text = '';
  return new Promise((resolve, reject) => {
    const request = get(`${base}/v1/live`, { headers: lead.headers }, (response) => {
      const ended = new Promise<void>((over) => response.once('close', () => over()));
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        resolve({ text: () => text, ended });
      });
    });
    request.once('error', reject);
  });
}

function addressOf(app: TestApp['app']): string {
  const address = app.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('It does not listen.');
  return `http://127.0.0.1:${address.port}`;
}

function knock(index: number) {
  const door = walk.phone.packet.doors[index];
  if (door === undefined) throw new Error('no door');
  const outcome = { kind: 'result', result: 'not-home' } as const;
  const fact = { doorId: door.id, personId: null, outcome, answers: [], note: null };
  return sealKnock(walk.phone, fact, a.time.now);
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !holds(); i++) await new Promise((next) => setTimeout(next, 50));
  expect(holds()).toBe(true);
}

test('a chapter that another process made is found without a new start, with its codes', async () => {
  const made = await b.makeChapter('later');
  expect((await a.ports.registry.openChapter(made.id))?.id).toBe(made.id);
  const answer = await b.app.inject({
    method: 'POST',
    url: '/v1/join',
    payload: { code: walk.launch.code, name: 'Other' },
  });
  expect(answer.statusCode).toBe(200);
});

test('a desk at one process sees a knock that another process took', async () => {
  const desk = await follow(a);
  await push(b, walk.phone, [knock(0)]);
  await until(() => desk.text().includes('event: turf'));
  expect(desk.text()).toContain(walk.turf.id);
});

test('when listening broke off, desks are told to come back and read anew', async () => {
  const desk = await follow(a);
  const server = await PostgresServer.open('main', a.ports.config.databases.get('main') ?? '', 1);
  await server.use('pg_catalog', (session) =>
    session.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like 'listen%'`),
  );
  await server.close();
  await desk.ended;
  const again = await follow(a);
  await push(b, walk.phone, [knock(1)]);
  await until(() => again.text().includes('event: turf'));
});

test('the same push at two processes at once has one effect', async () => {
  const fact = knock(2);
  const answers = await Promise.all([a, b, a, b].map((app) => push(app, walk.phone, [fact])));
  const results = answers.map(({ results: [one] }) => one as { seq?: number; repeat?: boolean });
  expect(new Set(results.map((one) => one.seq)).size).toBe(1);
  expect(results.filter((one) => one.repeat === false)).toHaveLength(1);
});
