import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeId, type AnswerId, type QuestionId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { ChainCheck } from '#shared/privacy/audit-chain.ts';
import type { WrittenEntry } from '#shared/privacy/audit-chain.ts';
import type { Script } from '#shared/model/script.ts';
import { checkSums } from '../../server/archive/check-sums.ts';
import { type Archived, writeArchive } from '../../server/archive/write-archive.ts';
import { BY_OPERATOR } from '../../server/audit/append-audit.ts';
import { restoreChapter } from '../../server/chapter/restore-chapter.ts';
import { restoreToPostgres } from '../../server/chapter/restore-to-postgres.ts';
import { sumTables } from '../../server/store/copy-tables.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { PostgresRegistry } from '../../server/store/postgres-registry.ts';
import type { Registry } from '../../server/store/registry.ts';
import { SqliteRegistry } from '../../server/store/sqlite-registry.ts';
import { makeDatabase, onPostgres } from '../postgres/test-server.ts';
import { everyFact } from './every-fact.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import { call, makeWalk, push, seal, sealKnock, type Walk } from './make-walk.ts';
import { checkPackage, readTable } from './read-package.ts';

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let dir: string;
let folder: string;
let archived: Archived;

const random = seededBytes(seededDice(19));
const EVIL = [
  '=HYPERLINK("x")',
  '+1',
  '-1',
  '@SUM(A1)',
  '\tx',
  '"quote", comma\r\nline',
  'ñ ☃ \u2028',
];

/** A frozen universe, a line of paper, a kept set, and a turf whose place the next pass took. */
async function fillTurf(
  admin: { readonly headers: { readonly cookie: string } },
  doorId: string,
): Promise<void> {
  const post = (url: string, body: object) => call(server, admin, 'POST', url, body);
  const { turf, universe } = walk;
  const { question } = universe;
  await post('/v1/universes', { name: '=Frozen', question, frozen: true });
  const wish = { start: [-50, 42], comeBack: true, oneSide: true, byHand: null };
  await db.write((trx) =>
    trx
      .updateTable('turfs')
      .set({ walk: JSON.stringify(wish), towers: '[]' })
      .execute(),
  );
  await post(`/v1/turfs/${turf.id}/paper`, {
    epoch: 'browser-one',
    walker: { id: makeId(START, random), name: '=Walker' },
    facts: [
      {
        opId: makeId(START, random),
        localSeq: 1,
        type: 'note',
        hlc: `${START.toString(16).padStart(12, '0')}-0000`,
        at: { ms: START, offset: 0 },
        scriptVersionId: null,
        supersedes: null,
        payload: { doorId, personId: null, text: '=Paper' },
      },
    ],
  });
  await post('/v1/turf-sets', { name: '@Set', turfIds: [turf.id] });
  await post(`/v1/turfs/${turf.id}/next-pass`, { doors: 'no-contact', publish: false });
}

async function fillChapter(): Promise<void> {
  await makeTown(db, 'Oak');
  walk = await makeWalk(server, db);
  const { phone } = walk;
  const admin = await server.staff(db, 'admin');
  const questionId = makeId<QuestionId>(START, random);
  const draft = {
    opening: '=Hello',
    questions: [
      {
        id: questionId,
        kind: 'one',
        prompt: '+Plans?',
        options: [
          { id: 'a', label: '=A' },
          { id: 'b', label: 'B' },
        ],
      },
    ],
    closing: '',
  };
  const script = await call<Script>(server, admin, 'POST', '/v1/scripts', { name: 'S', draft });
  await call(server, admin, 'POST', `/v1/scripts/${script.id}/publish`);
  const doors = phone.packet.doors;
  const [first, second] = doors;
  const who = phone.packet.people[0];
  if (first === undefined || second === undefined || who === undefined) throw new Error('no doors');
  const contact = { kind: 'contact' } as const;
  const facts = EVIL.map((note, i) =>
    sealKnock(
      phone,
      {
        doorId: doors[i % doors.length]?.id ?? first.id,
        personId: null,
        outcome: contact,
        answers: [
          { id: makeId<AnswerId>(START, random), questionId, given: { kind: 'text', text: note } },
          { id: makeId<AnswerId>(START, random), questionId, given: { kind: 'support', level: 2 } },
        ],
        note,
      },
      START + i * 60_000,
    ),
  );
  const undone = facts[0];
  const never = { kind: 'result', result: 'do-not-contact' } as const;
  facts.push(
    sealKnock(
      phone,
      { doorId: who.doorId, personId: who.id, outcome: never, answers: [], note: null },
      START,
    ),
    {
      ...sealKnock(
        phone,
        { doorId: second.id, personId: null, outcome: contact, answers: [], note: null },
        START,
      ),
      body: 'not a fact \0 \ud800',
    },
  );
  if (undone !== undefined) {
    facts.push(seal(phone, 'withdraw', { doorId: first.id, opId: undone.opId }, START + 3_600_000));
  }
  const { buildingId } = first;
  const every = everyFact({ doorId: who.doorId, buildingId, personId: who.id, word: 'Zebrawood' });
  facts.push(
    ...every.map(([type, payload], i) => seal(phone, type, payload, START + 7_200_000 + i)),
  );
  await push(server, phone, facts);
  await fillTurf(admin, second.id);
  await db.write((trx) =>
    trx.insertInto('sweeps').values({ at: START, report: '{"notes":0}' }).execute(),
  );
  await addBackupRow(db);
}

/** A row whose key the database gives out. */
function addBackupRow(to: ChapterDb): Promise<unknown> {
  const row = { at: START, kind: 'drill', file: 'x', state: 'bad', report: null } as const;
  return to.write((trx) =>
    trx
      .insertInto('backups')
      .values({ ...row, bytes: null, sha256: null })
      .execute(),
  );
}

beforeAll(async () => {
  server = await makeApp();
  dir = mkdtempSync(join(tmpdir(), 'homeground-archive-'));
  db = await server.makeChapter('oakdale');
  await fillChapter();
  folder = join(dir, 'archive');
  const { id: memberId } = await db.read
    .selectFrom('members')
    .select('id')
    .executeTakeFirstOrThrow();
  const taker = { db, memberId, actor: BY_OPERATOR };
  const means = { ...server.ports, onProgress: () => {} };
  const done = await writeArchive(taker, folder, means);
  if (!done.ok) throw new Error(done.problem.code);
  archived = done.value;
  const again = await writeArchive(taker, folder, means);
  expect(again).toMatchObject({ ok: false, problem: { code: 'not-valid' } });
});
afterAll(async () => {
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const linesOf = (name: string): Record<string, unknown>[] =>
  read(name)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('the dictionary is true of every cell of every row: columns, types, keys', () => {
  const { faults, rows } = checkPackage(folder);
  expect(faults).toEqual([]);
  expect(rows).toMatchObject({ people: 30, doors: 20, buildings: 10, voted: 15, turfs: 2 });
  expect(rows).toMatchObject({ knocks: EVIL.length + 4, answers: 2 * EVIL.length, held: 1 });
  expect(rows['opt-outs']).toBe(1);
  expect(rows).toMatchObject({ 'universe-people': 29, 'turf-sets': 1, 'turf-set-turfs': 1 });
  expect(rows).toMatchObject({ 'contact-consents': 2, corrections: 2, taggings: 1, promises: 1 });
  expect(rows).toMatchObject({ signatures: 1, 'building-memory': 2, 'turf-reports': 1 });
  expect(rows['members']).toBeGreaterThan(2);
  expect(rows['audit']).toBeGreaterThan(2);
});

test('no cell of any table is a formula, and nothing that is secret is in one', async () => {
  const { secret, seal_private: sealing } = await db.read
    .selectFrom('chapter')
    .select(['secret', 'seal_private'])
    .executeTakeFirstOrThrow();
  const tokens = await db.read.selectFrom('devices').select('token_hash as hash').execute();
  const hidden = [secret, sealing ?? secret, ...tokens.map(({ hash }) => hash)].flatMap((bytes) => [
    Buffer.from(bytes).toString('hex'),
    Buffer.from(bytes).toString('base64'),
  ]);
  for (const name of readdirSync(folder)) {
    if (name === 'chapter.db' || !name.includes('.')) continue;
    for (const one of hidden) expect(read(name).includes(one), name).toBe(false);
    if (!name.endsWith('.csv')) continue;
    for (const row of readTable(folder, name)) {
      for (const cell of Object.values(row)) {
        // A number that we made may be below zero.
        if (/^-\d+(\.\d+)?$/.test(cell)) continue;
        expect(cell, name).not.toMatch(/^[=+\-@\t\r]/);
      }
    }
  }
});

test('what stands and what was taken back, who asked to be left alone', () => {
  const knocks = readTable(folder, 'knocks.csv');
  expect(knocks.filter((row) => row['stands'] === 'false')).toHaveLength(1);
  const people = readTable(folder, 'people.csv');
  expect(people.filter((row) => row['do_not_contact'] === 'true')).toHaveLength(1);
  const [called] = knocks.filter((row) => row['result'] === 'voicemail');
  expect(called).toMatchObject({ contact_type: 'phone', language: '' });
  const [signed] = readTable(folder, 'signatures.csv');
  expect(read(signed?.['file'] ?? '')).toMatch(/^<svg .*<\/svg>\n$/);
  expect(readTable(folder, 'held.csv')[0]).toMatchObject({ decision: '' });
  expect(linesOf('held.jsonl')[0]).toMatchObject({
    body: { text: expect.stringContaining('not a') as string },
  });
});

test('log, audit chain and outlines are whole in forms of their own', () => {
  for (const { body, sha256 } of linesOf('log.jsonl')) {
    expect(createHash('sha256').update(String(body)).digest('hex')).toBe(sha256);
  }
  const check = new ChainCheck((text) => createHash('sha256').update(text).digest('hex'));
  for (const entry of linesOf('audit.jsonl')) {
    expect(check.takeWritten(entry as unknown as WrittenEntry)).toBe(null);
  }
  expect(check.head.seq).toBeGreaterThan(2);
  const turfs = JSON.parse(read('turfs.geojson')) as { features: { geometry: { type: string } }[] };
  expect(turfs.features.map(({ geometry }) => geometry.type)).toEqual(['Polygon', 'Polygon']);
  for (const { file } of readTable(folder, 'script_versions.csv')) {
    expect(JSON.parse(read(file ?? ''))).toMatchObject({ number: 1, body: { opening: '=Hello' } });
  }
  expect(linesOf('ledger.jsonl').some(({ kind }) => kind === 'archive')).toBe(true);
});

test('README.txt and the hand-over say what is what, and SHA256SUMS holds for every file', async () => {
  execFileSync('sha256sum', ['-c', '--strict', '--quiet', 'SHA256SUMS'], { cwd: folder });
  const sums = read('SHA256SUMS');
  const listed = sums
    .trim()
    .split('\n')
    .map((line) => line.slice(66));
  const there = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  expect(listed.sort()).toEqual(there.filter((name) => name !== 'SHA256SUMS').sort());
  for (const name of listed.filter((one) => !one.includes('/'))) {
    if (name !== 'README.txt') expect(read('README.txt')).toContain(name);
  }
  expect(read('README.txt')).toContain('AS SENSITIVE AS THE ROLL');
  expect(
    read('README.txt')
      .split('\n')
      .every((line) => line.length <= 84),
  ).toBe(true);
  expect(read('handover.txt')).toContain('HAND-OVER: oakdale');
  expect(archived.sha256).toBe(createHash('sha256').update(sums).digest('hex'));
  const ledger = await db.read
    .selectFrom('exports')
    .selectAll()
    .where('kind', '=', 'archive')
    .execute();
  expect(ledger).toMatchObject([{ sha256: archived.sha256, rows: archived.rows }]);
  const kinds = await db.read
    .selectFrom('audit')
    .select('kind')
    .orderBy('seq', 'desc')
    .limit(1)
    .execute();
  expect(kinds).toEqual([{ kind: 'archived' }]);
});

/** What the source wrote down while and after it wrote the archive. */
const OWN = ['chapter', 'exports', 'audit', 'audit_heads'];

async function restoreIn(registry: Registry, dataDir: string): Promise<ChapterDb> {
  const path = join(folder, 'chapter.db');
  const means = { clock: () => START, random: seededBytes(seededDice(3)) };
  const restored =
    registry instanceof PostgresRegistry
      ? await restoreToPostgres(path, { slug: null }, { registry, dataDir, ...means })
      : await restoreChapter(
          path,
          { slug: null },
          { registry: registry as SqliteRegistry, ...means },
        );
  expect(restored).toMatchObject({ ok: true, value: { slug: 'oakdale', keptAs: null } });
  const there = await registry.openChapter(db.id);
  if (there === null) throw new Error('It is not there.');
  return there;
}

test.each(onPostgres ? ['sqlite', 'postgres'] : ['sqlite'])(
  'another server makes an equal chapter from it, on %s',
  async (engine) => {
    const dataDir = mkdtempSync(join(dir, 'data-'));
    const registry =
      engine === 'sqlite'
        ? SqliteRegistry.open(dataDir)
        : await PostgresRegistry.open(new Map([['main', await makeDatabase()]]), dataDir);
    try {
      expect(await checkSums(folder)).toMatchObject({ ok: true });
      const there = await restoreIn(registry, dataDir);
      expect(there.engine).toBe(engine);
      const [source, copy] = [await sumTables(db.read), await sumTables(there.read)];
      for (const [table, sum] of source) {
        if (!OWN.includes(table)) expect({ table, ...copy.get(table) }).toEqual({ table, ...sum });
      }
      const chapterOf = async (one: ChapterDb) => {
        const row = await one.read.selectFrom('chapter').selectAll().executeTakeFirstOrThrow();
        return { ...row, incarnation: '' };
      };
      expect(await chapterOf(there)).toEqual(await chapterOf(db));
      const chainOf = (one: ChapterDb) =>
        one.read.selectFrom('audit').selectAll().orderBy('seq').execute();
      const [ours, theirs] = [await chainOf(db), await chainOf(there)];
      const restored = theirs.pop();
      expect(restored?.kind).toBe('restored');
      expect(theirs).toEqual(ours.slice(0, theirs.length));
      // What came after the copy is the archive's own end in the books.
      expect(ours.slice(theirs.length).map(({ kind }) => kind)).toEqual(['exported', 'archived']);
      const ledgerOf = (one: ChapterDb) =>
        one.read.selectFrom('exports').select(['id', 'kind', 'at']).orderBy('id').execute();
      expect(await ledgerOf(there)).toEqual(await ledgerOf(db));
      // And it goes on from there.
      await addBackupRow(there);
    } finally {
      await registry.close();
    }
  },
);

test('an archive of which a single letter was changed, or a file is missing, is refused', async () => {
  appendFileSync(join(folder, 'people.csv'), ' ');
  expect(await checkSums(folder)).toMatchObject({
    ok: false,
    problem: { facts: { reason: 'people.csv is not as it was when the archive was written' } },
  });
  rmSync(join(folder, 'people.csv'));
  expect(await checkSums(folder)).toMatchObject({ ok: false });
  writeFileSync(join(folder, 'SHA256SUMS'), `${'0'.repeat(64)}  ../../etc/passwd\n`);
  expect(await checkSums(folder)).toMatchObject({ ok: false });
  expect(existsSync(`${folder}.part`)).toBe(false);
});
