import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DiffPage, RollDiff, RollImport } from '#shared/model/roll.ts';
import { DEMO_TERMS } from '#shared/model/rules.ts';
import { erasePerson } from '../../server/privacy/erase-person.ts';
import { BY_OPERATOR } from '../../server/audit/append-audit.ts';
import { findRollFiles } from '../../server/roll/find-roll-files.ts';
import { importRollFile } from '../../server/roll/import-roll-file.ts';
import { proposeMapping } from '../../server/roll/inspect-upload.ts';
import { loadPlace } from '../../server/roll/load-place.ts';
import { RollImports } from '../../server/roll/roll-imports.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, type TestApp } from './make-app.ts';

const LARKFIELD = fileURLToPath(new URL('../../fixtures/larkfield', import.meta.url));
const HEADER =
  'Voter File VANID,LastName,FirstName,Age,Party,StreetNo,StreetName,StreetType,AptNo,City,Zip5,General22\n';
const row = (id: string, rest = 'Doe,Jo,40,D,100,Alder,Ave,,Larkfield,42,P'): string =>
  `${id},${rest}\n`;

let server: TestApp;
let db: ChapterDb;
let lead: { cookie: string };
let coordinator: { cookie: string };

beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('larkfield');
  lead = (await server.staff(db, 'research-lead')).headers;
  coordinator = (await server.staff(db, 'coordinator')).headers;
  await loadPlace(db, findRollFiles(LARKFIELD).place);
});
afterAll(() => server.close());

async function ask<T>(method: 'GET' | 'POST' | 'DELETE', path: string, headers = lead): Promise<T> {
  const answer = await server.app.inject({ method, url: `/v1/roll/imports/${path}`, headers });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<T>();
}

async function begin(text: string): Promise<{ status: number; body: RollImport }> {
  const put = await server.app.inject({
    method: 'PUT',
    url: '/v1/roll/uploads?name=roll.csv',
    headers: { ...lead, 'content-type': 'application/octet-stream' },
    payload: Buffer.from(text),
  });
  const { uploadId, inspection } = put.json<{ uploadId: string; inspection: never }>();
  const payload = { uploadId, mapping: proposeMapping(inspection), terms: DEMO_TERMS };
  const url = '/v1/roll/imports';
  const answer = await server.app.inject({ method: 'POST', url, headers: lead, payload });
  return { status: answer.statusCode, body: answer.json<RollImport>() };
}

async function ended(id: string): Promise<RollImport> {
  await expect
    .poll(async () => (await ask<RollImport>('GET', id)).state, { timeout: 20_000 })
    .not.toBe('running');
  return ask<RollImport>('GET', id);
}

async function roll(): Promise<unknown> {
  const read = db.read.selectFrom('voters').innerJoin('people', 'people.key', 'voters.person_key');
  const people = await read
    .selectAll('voters')
    .select('people.door_key')
    .orderBy('people.key')
    .execute();
  const rows = await db.read
    .selectFrom('universe_rows')
    .selectAll()
    .orderBy('person_key')
    .execute();
  const of = await db.read.selectFrom('universe_rows_of').selectAll().execute();
  return { people, rows, of };
}

const A = HEADER + row('V1') + row('V2') + row('V3') + row('V4');
const B =
  HEADER +
  row('V1', 'Doe,Jo,40,D,102,Alder,Ave,,Larkfield,42,P') +
  row('V2', 'Roe,Jo,40,R,100,Alder,Ave,,Larkfield,42,') +
  row('V4') +
  row('V5');

test('a newer file is compared and waits; applied, taken back and applied again it says who did it', async () => {
  expect(await ended((await begin(A)).body.id)).toMatchObject({ state: 'done', canUndo: false });
  const before = await roll();
  const { body: started } = await begin(B);
  const waits = await ended(started.id);
  expect(waits).toMatchObject({
    state: 'ready',
    report: { people: 4, added: 1, changed: 1, moved: 1, same: 1, gone: 1 },
  });
  expect(await roll()).toEqual(before);
  expect((await begin(B)).status).toBe(409);

  const diff = await ask<RollDiff>('GET', `${started.id}/diff`);
  expect(diff.counts).toEqual({ new: 1, changed: 1, moved: 1, gone: 1, same: 1 });
  expect(diff.fields).toEqual({ 'last-name': 1, party: 1, votes: 1, address: 1 });
  expect(diff.samples.moved).toMatchObject([
    { sourceId: 'V1', from: '100 Alder Ave, Larkfield', to: '102 Alder Ave, Larkfield' },
  ]);
  const page = await ask<DiffPage>('GET', `${started.id}/diff/people?kind=changed&after=0`);
  expect(page.after).toBe(null);
  expect(page.people).toMatchObject([
    {
      sourceId: 'V2',
      name: 'Jo Roe',
      fields: [
        { field: 'last-name', before: 'Doe', after: 'Roe' },
        { field: 'party', before: 'D', after: 'R' },
        { field: 'votes', before: expect.stringContaining('22'), after: null },
      ],
    },
  ]);
  const csv = await server.app.inject({
    url: `/v1/roll/imports/${started.id}/diff.csv`,
    headers: lead,
  });
  expect(csv.body.trim().split('\r\n')).toHaveLength(1 + 1 + 3 + 1 + 1);
  const refused = await server.app.inject({
    method: 'POST',
    url: `/v1/roll/imports/${started.id}/apply`,
    headers: coordinator,
  });
  expect(refused.statusCode).toBe(404);

  await ask('POST', `${started.id}/apply`);
  expect(await ended(started.id)).toMatchObject({ state: 'done', canUndo: true });
  const after = await roll();
  expect(after).not.toEqual(before);
  expect((await ask<RollDiff>('GET', `${started.id}/diff`)).samples.gone).toHaveLength(1);
  await ask('POST', `${started.id}/undo`);
  expect(await ended(started.id)).toMatchObject({ state: 'ready', canUndo: false });
  expect(await roll()).toEqual(before);
  await ask('POST', `${started.id}/apply`);
  await ended(started.id);
  expect(await roll()).toEqual(after);
  const entries = await db.read
    .selectFrom('audit')
    .select(['kind', 'actor'])
    .where('kind', 'in', ['roll-imported', 'roll-applied', 'roll-undone'])
    .orderBy('seq')
    .execute();
  expect(entries.map(({ kind }) => kind)).toEqual([
    'roll-imported',
    'roll-imported',
    'roll-applied',
    'roll-undone',
    'roll-applied',
  ]);
  expect(entries.every(({ actor }) => actor.includes('research-lead'))).toBe(true);
});

test('a roll that waits is there after a restart; who is erased meanwhile is in neither; thrown away it is gone', async () => {
  const places = async (): Promise<number[]> => [
    (await db.read.selectFrom('doors').select('key').execute()).length,
    (await db.read.selectFrom('buildings').select('key').execute()).length,
  ];
  const known = async (sourceId: string): Promise<number | undefined> =>
    (
      await db.read.selectFrom('people').select('key').where('source_id', '=', sourceId).execute()
    )[0]?.key;
  const had = await places();
  const { body } = await begin(A + row('V8') + row('V9', 'Poe,Al,40,D,9,Oak,St,,Larkfield,42,'));
  await ended(body.id);
  expect(await places()).toEqual(had.map((n) => n + 1));
  const key = (await known('V8')) ?? 0;
  await db.write((trx) =>
    trx
      .insertInto('opt_outs')
      .values({ person_key: key, op_id: 'x' as never, at: 1 })
      .execute(),
  );
  const next = new RollImports(server.ports);
  expect(await next.waiting(db)).toMatchObject({ id: body.id, state: 'ready' });
  const before = await roll();
  const { id } = await db.read
    .selectFrom('people')
    .select('id')
    .where('source_id', '=', 'V3')
    .executeTakeFirstOrThrow();
  const by = { actor: BY_OPERATOR, name: 'x', why: 'y' };
  expect((await erasePerson(db, id, by, server.ports)).ok).toBe(true);
  const { samples } = await ask<RollDiff>('GET', `${body.id}/diff`);
  expect(samples.new.map(({ sourceId }) => sourceId ?? '').sort()).toEqual(['V8', 'V9']);
  expect(await ask<RollImport>('DELETE', body.id)).toMatchObject({ state: 'cancelled' });
  expect(await next.waiting(db)).toBe(null);
  expect(await roll()).toEqual(before);
  // Nobody is left of it but who asked to be left alone.
  expect(await places()).toEqual(had);
  expect([await known('V8'), await known('V9')]).toEqual([key, undefined]);
  expect((await begin(B)).status).toBe(200);
});

test('a file that the command brings takes the place of the one that waits, once it is known for one', async () => {
  const other = await server.makeChapter('ashby');
  const dir = mkdtempSync(join(tmpdir(), 'homeground-refresh-'));
  const path = join(dir, 'roll.csv');
  const bring = async (text: string): Promise<string> => {
    writeFileSync(path, text);
    const options = { ...server.ports, terms: DEMO_TERMS, replaces: true };
    const ended = await importRollFile(other, path, options);
    return ended.ok ? ended.value.state : ended.problem.code;
  };
  const waiting = async (): Promise<number | undefined> =>
    (await new RollImports(server.ports).waiting(other))?.report?.people;
  expect(await bring(HEADER + row('V1'))).toBe('done');
  expect(await bring(HEADER + row('V1') + row('V2'))).toBe('ready');
  expect(await bring('%PDF-1.7')).toBe('roll-not-text');
  expect(await waiting()).toBe(2);
  expect(await bring(HEADER + row('V1') + row('V2') + row('V3'))).toBe('ready');
  expect(await waiting()).toBe(3);
  rmSync(dir, { recursive: true });
});

test('what no law is known to allow is in no list of faults, and a child is still known for one', async () => {
  const other = await server.makeChapter('bexley');
  const dir = mkdtempSync(join(tmpdir(), 'homeground-unread-'));
  const path = join(dir, 'roll.csv');
  writeFileSync(
    path,
    'voter_id,email,first_name,last_name,address,date_of_birth\nA1,a@b.org,Ann,Lee,1 Main St,1990-02-03\nA2,c@d.org,Bob,Kid,2 Main St,2015-05-06\n',
  );
  const terms = { ...DEMO_TERMS, state: 'not-known' } as const;
  const ended = await importRollFile(other, path, { ...server.ports, terms });
  expect(ended.ok && ended.value.report).toMatchObject({ people: 2, minors: 1 });
  const faults = await other.read.selectFrom('import_faults').select('cells').execute();
  expect(faults.length).toBeGreaterThan(1);
  expect(JSON.stringify(faults)).not.toMatch(/@|1990|2015/);
  const voters = await other.read
    .selectFrom('voters')
    .select(['last_name', 'age', 'birth_year', 'email', 'adult_on'])
    .orderBy('last_name')
    .execute();
  const unread = { age: null, birth_year: null, email: null };
  expect(voters).toEqual([
    { ...unread, last_name: 'Kid', adult_on: '2033-05-06' },
    { ...unread, last_name: 'Lee', adult_on: null },
  ]);
  rmSync(dir, { recursive: true });
});
