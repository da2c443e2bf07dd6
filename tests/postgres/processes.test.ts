import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ImportId, makeId } from '#shared/kernel/ids.ts';
import type { RollImport, RollInspection, RollSummary } from '#shared/model/roll.ts';
import { proposeMapping } from '../../server/roll/inspect-upload.ts';
import { RollImports } from '../../server/roll/roll-imports.ts';
import { findUpload } from '../../server/roll/upload.ts';
import { PostgresRegistry } from '../../server/store/postgres-registry.ts';
import { addImport } from '../../server/store/roll-rows.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { PostgresServer } from '../../server/store/postgres-server.ts';
import { makeApp, type TestApp } from '../api/make-app.ts';
import { SAID_TERMS } from '../api/said-terms.ts';
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
    payload: { code: await walk.code(), name: 'Other' },
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

const HEADER =
  'Voter File VANID,LastName,FirstName,Age,Party,StreetNo,StreetName,StreetType,AptNo,City,Zip5,General22\n';

/** A roll that takes a while to read. */
function longRoll(rows: number): string {
  const row = (id: number): string => `V${id},Doe,Jo,40,D,100,Alder,Ave,,Larkfield,42,P\n`;
  return HEADER + Array.from({ length: rows }, (_, id) => row(id)).join('');
}

async function startImport(rows: number) {
  const { headers } = await a.staff(db, 'research-lead');
  const sent = await a.app.inject({
    method: 'PUT',
    url: '/v1/roll/uploads?name=roll.csv',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    payload: Buffer.from(longRoll(rows)),
  });
  const { uploadId, inspection } = sent.json<{ uploadId: string; inspection: RollInspection }>();
  const payload = { uploadId, mapping: proposeMapping(inspection), terms: SAID_TERMS };
  const begun = await a.app.inject({ method: 'POST', url: '/v1/roll/imports', headers, payload });
  expect(begun.statusCode, begun.body).toBe(200);
  return { id: begun.json<RollImport>().id, headers, payload };
}

test('an import of one process shows how far it is at another, which can cancel it', async () => {
  const { id, headers } = await startImport(150_000);
  const url = `/v1/roll/imports/${id}`;
  const far = async (): Promise<RollImport> =>
    (await b.app.inject({ url, headers })).json<RollImport>();
  let seen = await far();
  for (let i = 0; i < 200 && seen.rowsRead === 0 && seen.state === 'running'; i++) {
    await new Promise((next) => setTimeout(next, 50));
    seen = await far();
  }
  expect(seen).toMatchObject({ state: 'running', step: 'reading' });
  expect(seen.rowsRead).toBeGreaterThan(0);
  expect(seen.bytesRead).toBeGreaterThan(0);
  const list = (await b.app.inject({ url: '/v1/roll', headers })).json<RollSummary>();
  expect(list.imports[0]?.rowsRead).toBeGreaterThan(0);
  // It is answered with what is known by then; whoever asks again sees the end.
  let ended = (await b.app.inject({ method: 'DELETE', url, headers })).json<RollImport>();
  while (ended.state === 'running') {
    await new Promise((next) => setTimeout(next, 50));
    ended = await far();
  }
  expect(ended).toMatchObject({ id, state: 'cancelled' });
  expect((await a.app.inject({ url, headers })).json()).toMatchObject({ state: 'cancelled' });
});

test('an upload that another process has is asked for in words that say so', async () => {
  const c = await makeApp();
  try {
    // A process of the same installation with a folder of its own.
    const registry = await PostgresRegistry.open(a.ports.config.databases, c.ports.config.dataDir);
    const there = await registry.openChapter(db.id);
    if (there === null) throw new Error('The chapter is not there.');
    const { headers, payload, id } = await startImport(2_000);
    expect(await findUpload(there, payload.uploadId, a.time.now)).toMatchObject({
      ok: false,
      problem: { code: 'upload-elsewhere' },
    });
    const old = await findUpload(there, payload.uploadId, a.time.now + 2 * 24 * 3600 * 1000);
    expect(old).toMatchObject({ ok: false, problem: { code: 'upload-gone' } });
    const url = `/v1/roll/imports/${id}`;
    await b.app.inject({ method: 'DELETE', url, headers });
    await registry.close();
  } finally {
    await c.close();
  }
});

test('an import whose process died is settled by another that is asked about it', async () => {
  const id = makeId<ImportId>(a.time.now, a.ports.random);
  const imports = new RollImports(b.ports);
  const here = await b.ports.registry.openChapter(db.id);
  if (here === null) throw new Error('The chapter is not there.');
  const other = new RollImports(b.ports);
  // Both have looked before, when there was nothing to settle.
  await imports.recover(here);
  await other.recover(here);
  const mapping = {
    encoding: 'utf-8',
    delimiter: ',',
    layout: null,
    columns: [],
    header: [],
  } as const;
  await addImport(db, {
    id,
    fileName: 'roll.csv',
    sha256: '',
    bytes: 1,
    mapping: { ...mapping, columns: [], header: [] },
    startedBy: 'test',
    startedAt: a.time.now,
  });
  const alive = await db.claim('importing');
  expect(await imports.find(here, id)).toMatchObject({ state: 'running' });
  await alive?.();
  expect(await other.find(here, id)).toMatchObject({
    state: 'failed',
    problem: { code: 'import-interrupted' },
  });
});
