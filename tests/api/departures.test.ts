import Fastify from 'fastify';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ArchiveState } from '#shared/model/archive.ts';
import type { AskShare } from '#shared/model/ask-share.ts';
import type { ImportId } from '#shared/kernel/ids.ts';
import { FACT_EXPORT_NAMES } from '#shared/model/fact-export.ts';
import type { Petition } from '#shared/model/petition.ts';
import type { Share } from '#shared/model/share.ts';
import { appendAudit, BY_SERVER } from '../../server/audit/append-audit.ts';
import { createChapter } from '../../server/chapter/create-chapter.ts';
import { exportCommand } from '../../server/cli/export.ts';
import type { DepartureBook } from '../../server/export/ledger.ts';
import { streamOut } from '../../server/export/stream-out.ts';
import type { App } from '../../server/plugins/app-type.ts';
import { installDownloads, isDownload } from '../../server/plugins/send-download.ts';
import { nextAuditRow } from '../../server/store/audit-row.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { SqliteRegistry } from '../../server/store/sqlite-registry.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { type LayerWish, appendLayer } from './append-layer.ts';
import { makeTown } from './make-town.ts';
import { call, makeWalk, push, sealKnock } from './make-walk.ts';

interface Staff {
  readonly headers: { readonly cookie: string };
}
let here: TestApp;
let db: ChapterDb;
let admin: Staff;
let lead: Staff;
let printed: string;
const IMPORT = '0190a0a0-0000-7000-8000-000000000001' as ImportId;

beforeAll(async () => {
  here = await makeApp();
  db = await here.makeChapter('oakdale');
  await makeTown(db, 'oakdale');
  admin = await here.staff(db, 'admin');
  lead = await here.staff(db, 'research-lead');
  const { phone, turf } = await makeWalk(here, db);
  printed = turf.id;
  const door = phone.packet.doors[0];
  if (door === undefined) throw new Error('no door');
  const outcome = { kind: 'result', result: 'not-home' } as const;
  const knock = { doorId: door.id, personId: null, outcome, answers: [], note: null };
  await push(here, phone, [sealKnock(phone, knock, here.time.now)]);
  await db.write((trx) =>
    trx
      .insertInto('imports')
      .values({
        id: IMPORT,
        file_name: 'roll.csv',
        sha256: '00',
        bytes: 1,
        mapping: JSON.stringify({ header: ['a'] }),
        state: 'done',
        started_by: 'x',
        started_at: 1,
        finished_at: 2,
        report: null,
        problem: null,
        step: 'reading',
      })
      .execute(),
  );
});
afterAll(() => here.close());

async function approvedShare(): Promise<string> {
  const wish: AskShare = {
    recipient: 'A printer',
    legalKind: 'vendor',
    purpose: 'Letters',
    agreement: 'Contract',
    basis: { kind: 'service', what: '' },
    cents: null,
    fields: ['last_name'],
    universeId: null,
  };
  const { id } = await call<Share>(here, lead, 'POST', '/v1/shares', wish);
  await call(here, admin, 'POST', `/v1/shares/${id}/approve`);
  return `/v1/shares/${id}/file.csv`;
}

async function madeArchive(): Promise<string> {
  await call(here, admin, 'POST', '/v1/archive');
  for (;;) {
    const { making } = await call<ArchiveState>(here, admin, 'GET', '/v1/archive');
    if (making === null) return '/v1/archive/file.zip';
    await sleep(20);
  }
}

/** A list of which one row is nobody's, appended once and looked at once more. */
const layers = (): Promise<{ readonly layer: string; readonly draft: string }> => {
  made ??= appendLayer(here, admin.headers, NOBODYS, 'Model');
  return made;
};
const NOBODYS: LayerWish = {
  text: 'id,score\nnobody,1\n',
  who: [[0, 'voter-id']],
  columns: [{ column: 1, name: 'Score', kind: 'number' }],
};
let made: Promise<{ readonly layer: string; readonly draft: string }> | undefined;

async function petition(): Promise<string> {
  const wish = { kind: 'pledge', title: 'Vote', wording: 'I will vote.' };
  return (await call<Petition>(here, admin, 'POST', '/v1/petitions', wish)).id;
}

/** Every download that there is, and the address of one. */
const DOWNLOADS: Readonly<Record<string, () => string | Promise<string>>> = {
  '/v1/exports/knocks.csv': () => '/v1/exports/knocks.csv',
  '/v1/exports/answers.csv': () => '/v1/exports/answers.csv',
  '/v1/exports/layers.csv': () => '/v1/exports/layers.csv',
  ...Object.fromEntries(
    FACT_EXPORT_NAMES.map((kind) => [`/v1/exports/${kind}.csv`, () => `/v1/exports/${kind}.csv`]),
  ),
  '/v1/petitions/:id/signatures.csv': async () =>
    `/v1/petitions/${await petition()}/signatures.csv`,
  '/v1/petitions/:id/signatures.pdf': async () =>
    `/v1/petitions/${await petition()}/signatures.pdf`,
  '/v1/roll/imports/:id/rejected.csv': () => `/v1/roll/imports/${IMPORT}/rejected.csv`,
  '/v1/roll/imports/:id/unplaced.csv': () => `/v1/roll/imports/${IMPORT}/unplaced.csv`,
  '/v1/roll/imports/:id/diff.csv': () => `/v1/roll/imports/${IMPORT}/diff.csv`,
  '/v1/roll/layers/:id/left-out.csv': async () =>
    `/v1/roll/layers/${(await layers()).layer}/left-out.csv`,
  '/v1/roll/layers/drafts/:id/left-out.csv': async () =>
    `/v1/roll/layers/drafts/${(await layers()).draft}/left-out.csv`,
  '/v1/roll/unmatched.csv': () => '/v1/roll/unmatched.csv',
  '/v1/archive/file.zip': madeArchive,
  '/v1/audit/chain.jsonl': () => '/v1/audit/chain.jsonl',
  '/v1/turfs/:id/paper.pdf': () => `/v1/turfs/${printed}/paper.pdf`,
  '/v1/shares/:id/file.csv': approvedShare,
};

/** Every row of the ledger with the hash of what left. */
async function readLedger(): Promise<(string | null)[]> {
  const exports = await db.read.selectFrom('exports').select('sha256').execute();
  const shares = await db.read
    .selectFrom('shares')
    .select('sha256')
    .where('taken_at', 'is not', null)
    .execute();
  return [...exports, ...shares].map(({ sha256 }) => sha256);
}

test('no route is a download that this test does not know', async () => {
  const found = here.routes
    .filter(
      ({ method, url }) => method === 'GET' && /\.(csv|tsv|jsonl|json|zip|pdf|geojson)$/.test(url),
    )
    .map(({ url }) => url)
    .filter((url) => url.startsWith('/v1/'));
  expect(found.sort()).toEqual(Object.keys(DOWNLOADS).sort());
  // Whatever a route is called: what it answers to somebody who may call it is no file.
  for (const { method, url } of here.routes) {
    if (method !== 'GET' || url.includes(':') || url in DOWNLOADS || url === '/v1/live') continue;
    const answer = await here.app.inject({ method: 'GET', url, headers: admin.headers });
    const getHeader = (name: string) => answer.headers[name];
    expect([url, isDownload({ getHeader })]).toEqual([url, false]);
  }
});

test('law 9: whatever leaves leaves exactly one row in the ledger, with the hash of the file', async () => {
  for (const [name, address] of Object.entries(DOWNLOADS)) {
    const url = await address();
    const before = await readLedger();
    const { headers } = name.startsWith('/v1/shares') ? lead : admin;
    const file = await here.app.inject({ method: 'GET', url, headers });
    expect([name, file.statusCode]).toEqual([name, 200]);
    const after = await readLedger();
    expect([name, after.length]).toEqual([name, before.length + 1]);
    const hash = createHash('sha256').update(file.rawPayload).digest('hex');
    const added =
      after.filter((one) => one === hash).length - before.filter((one) => one === hash).length;
    expect([name, added]).toEqual([name, 1]);
  }
});

test('the ordinary export says that it is for the chapter’s own use', async () => {
  const rows = await db.read.selectFrom('exports').select('purpose').execute();
  expect(new Set(rows.map(({ purpose }) => purpose))).toEqual(
    new Set(['own use · purpose not known']),
  );
});

/** Makes the audit chain long enough that no buffer on the way takes all of it. */
async function growChain(entries: number): Promise<void> {
  await db.write(async (trx) => {
    await appendAudit(trx, { at: 1, kind: 'swept', actor: BY_SERVER });
    let last = await trx
      .selectFrom('audit')
      .select(['seq', 'hash'])
      .orderBy('seq', 'desc')
      .executeTakeFirst();
    for (let from = 0; from < entries; from += 500) {
      const rows = Array.from({ length: 500 }, () => {
        const details = { why: 'x'.repeat(400) };
        return (last = nextAuditRow(last, { at: 1, kind: 'swept', actor: BY_SERVER, details }));
      });
      await trx.insertInto('audit').values(rows).execute();
    }
  });
}

test('a download that breaks off has its one row too, and says that it broke', async () => {
  await growChain(40_000);
  const before = await readLedger();
  const known = await db.read.selectFrom('exports').select('id').execute();
  await here.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = here.app.server.address() as AddressInfo;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const url = `http://127.0.0.1:${port}/v1/audit/chain.jsonl`;
    get(url, { headers: admin.headers }, resolve).on('error', reject);
  });
  await new Promise((resolve) => answer.once('data', resolve));
  answer.destroy();
  const row = () =>
    db.read
      .selectFrom('exports')
      .selectAll()
      .where(
        'id',
        'not in',
        known.map(({ id }) => id),
      )
      .executeTakeFirstOrThrow();
  let found = await row();
  for (let tries = 0; found.sha256 === null && tries < 100; tries++) {
    await sleep(50);
    found = await row();
  }
  expect(await readLedger()).toHaveLength(before.length + 1);
  expect(found).toMatchObject({ kind: 'audit', broken: 1 });
  expect(found.rows).toBeLessThan(40_000);
  expect(found.bytes).toBeGreaterThan(0);
});

test('what left before the break is in the book, by its hash', async () => {
  const noted: unknown[] = [];
  const book: DepartureBook = {
    begin: () => Promise.resolve(void noted.push('begin')),
    end: (left) => Promise.resolve(void noted.push(left)),
  };
  const line = { text: `${'x'.repeat(70_000)}\n`, rows: 1 } as const;
  const out = streamOut(book, [line, line, line]);
  const first = await out.next();
  await out.return(undefined);
  const chunk = first.value as Buffer;
  const sha256 = createHash('sha256').update(chunk).digest('hex');
  expect(noted).toEqual(['begin', { rows: 1, bytes: chunk.length, sha256, broken: true }]);
});

test('nothing leaves when it cannot be written down', async () => {
  const book: DepartureBook = {
    begin: () => Promise.reject(new Error('the disk is full')),
    end: () => Promise.resolve(),
  };
  await expect(streamOut(book, [{ text: 'Ada', rows: 1 }]).next()).rejects.toThrow('disk is full');
});

test('a route that sends rows past the book fails instead', async () => {
  const app = Fastify() as unknown as App;
  installDownloads(app);
  app.get('/v1/forgotten.csv', (_, reply) => reply.type('text/csv').send('name\r\nAda\r\n'));
  app.get('/v1/named', (_, reply) =>
    reply.header('content-disposition', 'attachment; filename="x"').send('Ada'),
  );
  for (const url of ['/v1/forgotten.csv', '/v1/named']) {
    const answer = await app.inject({ method: 'GET', url });
    expect([url, answer.statusCode, answer.body.includes('Ada')]).toEqual([url, 500, false]);
  }
  await app.close();
});

test('law 9 on the command line: one row for each file, with its hash', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'homeground-departures-'));
  const outer = { DATA_DIR: process.env['DATA_DIR'], DATABASE_URL: process.env['DATABASE_URL'] };
  try {
    const registry = SqliteRegistry.open(dataDir);
    const means = { registry, clock: here.ports.clock, random: here.ports.random };
    const wish = { slug: 'birch', name: 'Birch', timeZone: 'UTC', campaign: 'Spring', demo: false };
    const made = await createChapter(wish, means);
    if (!made.ok) throw new Error(made.problem.code);
    await registry.close();
    process.env['DATA_DIR'] = dataDir;
    delete process.env['DATABASE_URL'];
    const [out, answers] = [join(dataDir, 'knocks.csv'), join(dataDir, 'answers.csv')];
    const words = ['contacts', '--chapter', 'birch', '--out', out, '--answers', answers, '--json'];
    await exportCommand(words);
    const again = SqliteRegistry.open(dataDir);
    const birch = await again.openChapter(made.value.db.id);
    const rows = await birch?.read.selectFrom('exports').select('sha256').orderBy('id').execute();
    const hashes = [out, answers].map((path) =>
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    );
    expect(rows?.map(({ sha256 }) => sha256)).toEqual(hashes);
    await again.close();
  } finally {
    for (const [name, value] of Object.entries(outer)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(dataDir, { recursive: true, force: true });
  }
});

/**
 * Commands whose files are no export: a backup, an archive, and the copy for the one person whom it
 * is about. Each enters the audit chain under a kind of its own.
 */
const OTHER_FILES = ['backup.ts', 'archive.ts', 'person.ts'];

test('no command writes a file of rows past the book', () => {
  const folder = fileURLToPath(new URL('../../server/cli', import.meta.url));
  const past = readdirSync(folder).filter((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const writes = /\b(createWriteStream|writeFile|writeFileSync|appendFile)\b/.test(text);
    const isTest = name.endsWith('.test.ts');
    return writes && !isTest && !text.includes('streamOut(') && !OTHER_FILES.includes(name);
  });
  expect(past).toEqual([]);
});
