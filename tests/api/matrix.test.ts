import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Access, type Caller, STAFF } from '../../server/plugins/access.ts';
import { ACCESS_TABLE } from '../../server/plugins/access-table.ts';
import type { RouteEntry } from '../../server/plugins/route-list.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeCallers, type CallerKind } from './callers.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeLayer } from './make-layer.ts';
import { makeTown } from './make-town.ts';
import { call, makeWalk, push, seal, type Walk } from './make-walk.ts';
import { makeValid } from './valid-body.ts';

const UNKNOWN = '0190a0a0-0000-7000-8000-00000000dead';

let server: TestApp;
let files: string;
let callers: readonly CallerKind[];
let oak: Town;
let elm: Town;

interface Town {
  readonly db: ChapterDb;
  readonly walk: Walk;
  /** Ids of everything that is named outside of its database. */
  readonly ids: ReadonlySet<string>;
}

/** Tables whose rows have names outside of the database. */
const NAMED = [
  'turfs',
  'universes',
  'scripts',
  'script_versions',
  'devices',
  'members',
  'doors',
  'buildings',
  'people',
  'imports',
  'layers',
  'exports',
  'campaigns',
  'passkeys',
  'invites',
  'shares',
  'petitions',
  'tags',
  'shifts',
] as const;

async function readIds(db: ChapterDb): Promise<Set<string>> {
  const ids = new Set<string>([db.id]);
  for (const table of NAMED) {
    const rows = await db.read.selectFrom(table).select('id').limit(3).execute();
    for (const { id } of rows) ids.add(id);
  }
  for (const { key } of await db.read.selectFrom('held_ops').select('key').execute()) {
    ids.add(String(key));
  }
  return ids;
}

/** A chapter with one of each thing that a route may name. */
async function makeFullTown(slug: string, mark: string): Promise<Town> {
  const db = await server.makeChapter(slug);
  await makeTown(db, mark);
  const walk = await makeWalk(server, db);
  const admin = await server.staff(db, 'admin');
  const question = { id: UNKNOWN, kind: 'support', prompt: 'Will you vote yes?', options: [] };
  const draft = { opening: 'Hello', questions: [question], closing: 'Bye' };
  const script = await call<{ id: string }>(server, admin, 'POST', '/v1/scripts', {
    name: `${mark} script`,
    draft,
  });
  await call(server, admin, 'POST', `/v1/scripts/${script.id}/publish`);
  await db.write((trx) =>
    trx
      .insertInto('imports')
      .values({
        id: db.id.replace(/^.{8}/, '0190a0a1') as never,
        file_name: `${mark}.csv`,
        sha256: '0'.repeat(64),
        bytes: 1,
        mapping: '{"header":["a"]}',
        state: 'failed',
        started_by: admin.memberId,
        started_at: START,
        finished_at: START,
        report: null,
        problem: null,
        step: null,
      })
      .execute(),
  );
  await makeLayer(db, mark);
  const pledge = { kind: 'pledge', title: `${mark} pledge`, wording: 'I will vote.' };
  await call(server, admin, 'POST', '/v1/petitions', pledge);
  await call(server, admin, 'POST', '/v1/tags', { name: `${mark} tag` });
  const shift = { name: `${mark} shift`, place: '', startsAt: START, endsAt: START + 1 };
  await call(server, admin, 'POST', '/v1/shifts', shift);
  const fact = seal(walk.phone, 'knock', { doorId: UNKNOWN }, START);
  await push(server, walk.phone, [{ ...fact, sha256: '0'.repeat(64) }]);
  await server.app.inject({ url: '/v1/exports/knocks.csv', headers: admin.headers });
  return { db, walk, ids: await readIds(db) };
}

beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), 'homeground-matrix-'));
  mkdirSync(join(files, 'assets'));
  writeFileSync(join(files, 'index.html'), '<!doctype html><title>Homeground</title>');
  server = await makeApp(null, { clientDir: files });
  oak = await makeFullTown('oakdale', 'Oak');
  elm = await makeFullTown('elmwood', 'Elm');
  callers = await makeCallers(server, oak.db, elm.db, oak.walk);
});
afterAll(async () => {
  await server.close();
  rmSync(files, { recursive: true, force: true });
});

const writes = ({ method }: RouteEntry): boolean => !['GET', 'HEAD'].includes(method);
const isOpen = (access: Access, acts: Caller | null): boolean =>
  access === 'anyone' || (acts !== null && access.includes(acts));
const nameOf = (route: RouteEntry, caller: CallerKind): string =>
  `${caller.name}: ${route.method} ${route.url}`;

function addressOf({ url, schema }: RouteEntry, id: string): string {
  const path = url.replaceAll(/:\w+/g, id).replace('*', '');
  const asked = makeValid(schema.querystring, id) as Record<string, string> | null;
  if (asked === null) return path;
  // The one question that only the server itself can write.
  if ('cursor' in asked) asked['cursor'] = oak.walk.phone.packet.cursor;
  return `${path}?${new URLSearchParams(asked).toString()}`;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

async function ask(
  route: RouteEntry,
  headers: CallerKind['headers'],
  id: string,
  payload?: unknown,
): Promise<Answer> {
  const wish = {
    method: route.method as 'GET',
    url: addressOf(route, id),
    headers: { ...headers, 'if-match': '1', ...(payload !== undefined && JSON_BODY) },
    ...(payload !== undefined && { payload: JSON.stringify(payload) }),
  };
  // This one never ends by itself.
  if (route.url === '/v1/live') {
    const live = await server.app.inject({ ...wish, payloadAsStream: true });
    const { statusCode } = live;
    if (statusCode === 200) {
      live.stream().destroy();
      return { status: 200, body: '' };
    }
  }
  const { statusCode: status, body } = await server.app.inject(wish);
  return { status, body };
}

const ADMIN_ALONE: Access = ['admin'];
const JSON_BODY = { 'content-type': 'application/json' };

/** Comes to a route with a body that no route takes: whoever may come in is told of the body. */
const knockAt = (route: RouteEntry, { headers }: CallerKind, id: string): Promise<Answer> =>
  ask(route, headers, id, writes(route) ? { unheard: 1 } : undefined);

const codeOf = (body: string): string =>
  (JSON.parse(body) as { problem: { code: string } }).problem.code;

test('the table has a row for every route, and every row a route', () => {
  const there = new Set(
    server.routes
      .filter(({ method }) => method !== 'HEAD')
      .map(({ method, url }) => `${method} ${url}`),
  );
  expect([...there].sort()).toEqual(Object.keys(ACCESS_TABLE).sort());
  expect(there.size).toBeGreaterThan(50);
});

test('a route without a row, or a row without a route, stops the server before it listens', async () => {
  const { default: Fastify } = await import('fastify');
  const { checkTable, collectRoutes } = await import('../../server/plugins/route-list.ts');
  const app = Fastify() as unknown as TestApp['app'];
  const routes = collectRoutes(app);
  expect(() => app.get('/v1/new', () => ({}))).toThrow('no row in access-table.ts');
  app.get('/v1/health', () => ({}));
  expect(() => checkTable(routes, false)).toThrow('rows without routes');
  expect(() => checkTable(server.routes, true)).not.toThrow();
});

test('every kind of caller at every route gets what the table says', async () => {
  const nowhere = await server.app.inject({ url: '/v1/nowhere' });
  let [opened, refused, unknown] = [0, 0, 0];
  for (const route of server.routes) {
    for (const caller of callers) {
      const said = nameOf(route, caller);
      if (route.access === 'anyone') continue;
      const answer = await knockAt(route, caller, UNKNOWN);
      const body = route.method === 'HEAD' ? '' : answer.body;
      if (caller.acts === null) {
        expect([said, answer.status]).toEqual([said, 401]);
        if (body !== '') expect([said, codeOf(body)]).toEqual([said, 'not-signed-in']);
        unknown += 1;
      } else if (!isOpen(route.access, caller.acts)) {
        expect([said, answer.status]).toEqual([said, 404]);
        if (body !== '') expect([said, body]).toEqual([said, nowhere.body]);
        refused += 1;
      } else if (writes(route)) {
        expect([said, answer.status]).toEqual([said, 400]);
        opened += 1;
      } else if (!route.url.includes(':')) {
        // Whoever holds nothing any more is told so; everybody else is answered.
        const gone = caller.ended && route.url !== '/v1/pull';
        const status = answer.status === 204 ? 200 : answer.status;
        expect([said, status]).toEqual([said, gone ? 404 : 200]);
        if (gone && body !== '') expect([said, codeOf(body)]).toEqual([said, 'no-turf']);
        opened += 1;
      }
    }
  }
  expect(Math.min(opened, refused, unknown)).toBeGreaterThan(150);
});

test('a body tells nobody whether a route is there that they may not call', async () => {
  for (const caller of callers) {
    if (caller.acts === null || isOpen(ADMIN_ALONE, caller.acts)) continue;
    const send = (url: string) =>
      server.app.inject({
        method: 'POST',
        url,
        headers: { ...caller.headers, ...JSON_BODY },
        payload: '{"name":',
      });
    const [there, never] = [await send('/v1/members'), await send('/v1/nowhere')];
    const said = ({ statusCode, headers, body }: typeof there) => [
      caller.name,
      statusCode,
      headers['content-type'],
      body,
    ];
    expect(said(there)).toEqual(said(never));
    expect(there.statusCode).toBe(404);
  }
});

/** For anyone, and who is signed in there reads who they are. Shown by a test of its own. */
const BY_SESSION = '/v1/signed-in';

test('a route for anyone answers everybody alike', async () => {
  for (const route of server.routes) {
    if (route.access !== 'anyone') continue;
    const answers = new Set<string>();
    for (const caller of callers) {
      if (route.url === BY_SESSION && STAFF.some((role) => role === caller.acts)) continue;
      // As a minute later, so that nobody pays for the tries of those before.
      server.time.now += 60_000;
      answers.add(JSON.stringify(await knockAt(route, caller, UNKNOWN)));
    }
    server.time.now = START;
    expect([route.url, [...answers]]).toEqual([route.url, [...answers].slice(0, 1)]);
  }
});

/** What is read by more than an id: approved by somebody, or made before. Shown by tests of its own. */
const BY_MORE: Readonly<Record<string, string>> = {
  '/v1/shares/:id/file.csv': 'shares.test.ts',
  '/v1/backups/:key/file': 'backups.test.ts',
  '/v1/roll/layers/drafts/:id/left-out.csv': 'layers.test.ts',
  '/v1/roll/uploads/:id': 'uploads.test.ts',
};

test('whoever may read something by its id reads it in their own chapter', async () => {
  for (const route of server.routes) {
    if (route.method !== 'GET' || !route.url.includes(':')) continue;
    const elsewhere = BY_MORE[route.url];
    if (elsewhere !== undefined) {
      const text = readFileSync(new URL(elsewhere, import.meta.url), 'utf8');
      expect(text).toContain(route.url.slice(route.url.lastIndexOf('/')));
      continue;
    }
    for (const caller of callers) {
      if (route.access === 'anyone' || !isOpen(route.access, caller.acts)) continue;
      const statuses = new Set<number>();
      for (const id of oak.ids) statuses.add((await ask(route, caller.headers, id)).status);
      const said = `${nameOf(route, caller)} with an id of a full chapter`;
      expect([said, statuses.has(200)]).toEqual([said, true]);
    }
  }
});

/** Everything that a chapter's database holds, as one digest. */
async function digestOf(db: ChapterDb): Promise<string> {
  const hash = createHash('sha256');
  for (const table of [
    ...NAMED,
    'ops',
    'held_ops',
    'assignments',
    'audit',
    'turf_doors',
  ] as const) {
    const rows: readonly object[] = await db.read.selectFrom(table).selectAll().execute();
    hash.update(JSON.stringify([table, rows.map((row) => JSON.stringify(row)).sort()]));
  }
  return hash.digest('hex');
}

/** An id of the same form and time that nothing has. */
const neverWas = (id: string): string => `${id.slice(0, -2)}${id.endsWith('00') ? '01' : '00'}`;

test('an id of another chapter answers as one that never was, wherever an id can stand', async () => {
  const before = await digestOf(elm.db);
  const foreign = [...elm.ids].filter((id) => !oak.ids.has(id));
  expect(foreign.length).toBeGreaterThan(15);
  let tried = 0;
  for (const route of server.routes) {
    const takesId = (id: string): boolean =>
      route.url.includes(':') || JSON.stringify(makeValid(route.schema.body, id)).includes(id);
    if (route.method === 'HEAD' || route.access === 'anyone' || !takesId(UNKNOWN)) continue;
    for (const acts of route.access) {
      const caller = callers.find((one) => one.acts === acts && !one.ended);
      if (caller === undefined) throw new Error(`Nobody acts as ${acts}.`);
      const send = async (id: string): Promise<Answer> => {
        const body = route.schema.body === undefined ? undefined : makeValid(route.schema.body, id);
        const answer = await ask(route, caller.headers, id, body);
        return { ...answer, body: answer.body.replaceAll(id, UNKNOWN) };
      };
      const said = nameOf(route, caller);
      for (const id of foreign) {
        const never = await send(neverWas(id));
        expect([said, id, await send(id)]).toEqual([said, id, never]);
        // 400: no id of this form is one of this thing.
        if (route.url.includes(':'))
          expect([said, [400, 404].includes(never.status)]).toEqual([said, true]);
        tried += 1;
      }
    }
  }
  expect(tried).toBeGreaterThan(500);
  expect(await digestOf(elm.db)).toBe(before);
});

test('nothing that any role can read of one chapter names another chapter’s people', async () => {
  for (const route of server.routes) {
    if (route.access === 'anyone' || route.method !== 'GET') continue;
    for (const caller of callers) {
      if (caller.acts === null || !isOpen(route.access, caller.acts)) continue;
      for (const id of route.url.includes(':') ? oak.ids : [UNKNOWN]) {
        const { body } = await ask(route, caller.headers, id);
        expect([nameOf(route, caller), body.includes('Elm')]).toEqual([
          nameOf(route, caller),
          false,
        ]);
      }
    }
  }
});

test('a role that changes counts from the next request on, up and down', async () => {
  const { headers, memberId } = await server.staff(oak.db, 'coordinator');
  const become = (role: 'coordinator' | 'research-lead' | 'admin') =>
    oak.db.write((trx) =>
      trx.updateTable('members').set({ role }).where('id', '=', memberId).execute(),
    );
  for (const role of ['research-lead', 'admin', 'coordinator'] as const) {
    await become(role);
    for (const route of server.routes) {
      if (route.access === 'anyone' || !writes(route)) continue;
      const caller = { name: role, acts: role, headers, ended: false };
      const { status } = await knockAt(route, caller, UNKNOWN);
      const said = nameOf(route, caller);
      expect([said, status]).toEqual([said, isOpen(route.access, role) ? 400 : 404]);
    }
  }
});
