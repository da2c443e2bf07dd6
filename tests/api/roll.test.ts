import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeId, type ImportId } from '#shared/kernel/ids.ts';
import { sayProblem } from '#shared/kernel/problem.ts';
import type { ImportReport, RollImport, RollInspection, RollSummary } from '#shared/model/roll.ts';
import type { SavedMapping } from '#shared/model/saved-mapping.ts';
import { fingerprintOf } from '#shared/roll/saved-mapping.ts';
import { importRollFile } from '../../server/roll/import-roll-file.ts';
import type { MapLayers } from '#shared/model/place.ts';
import { loadPlace } from '../../server/roll/load-place.ts';
import { findRollFiles } from '../../server/roll/find-roll-files.ts';
import { proposeMapping } from '../../server/roll/inspect-upload.ts';
import { RollImports } from '../../server/roll/roll-imports.ts';
import { findUpload, receiveUpload, uploadsDir } from '../../server/roll/upload.ts';
import { prepareStage as preparePostgresStage } from '../../server/store/postgres-roll.ts';
import { leftovers, prepareStage } from '../../server/store/roll-sides.ts';
import { addImport } from '../../server/store/roll-rows.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { SAID_TERMS } from './said-terms.ts';

const LARKFIELD = fileURLToPath(new URL('../../fixtures/larkfield', import.meta.url));
const HEADER =
  'Voter File VANID,LastName,FirstName,Age,Party,StreetNo,StreetName,StreetType,AptNo,City,Zip5,General22\n';

let server: TestApp;
let db: ChapterDb;
let lead: { cookie: string };
let coordinator: { cookie: string };

beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('larkfield');
  lead = (await server.staff(db, 'research-lead')).headers;
  coordinator = (await server.staff(db, 'coordinator')).headers;
  const loaded = await loadPlace(db, findRollFiles(LARKFIELD).place);
  expect(loaded.ok && loaded.value.addresses).toBe(986);
});
afterAll(() => server.close());

interface Uploaded {
  uploadId: string;
  bytes: number;
  inspection: RollInspection;
}

async function put(body: string | Uint8Array, headers = lead, name = 'roll.csv') {
  return server.app.inject({
    method: 'PUT',
    url: `/v1/roll/uploads?name=${encodeURIComponent(name)}`,
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    payload: Buffer.from(body as string),
  });
}

async function start(uploaded: Uploaded, apply = true): Promise<RollImport> {
  const answer = await server.app.inject({
    method: 'POST',
    url: '/v1/roll/imports',
    headers: lead,
    payload: {
      uploadId: uploaded.uploadId,
      mapping: proposeMapping(uploaded.inspection),
      terms: SAID_TERMS,
      apply,
    },
  });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<RollImport>();
}

async function waitFor(id: string): Promise<RollImport> {
  for (;;) {
    const answer = await server.app.inject({ url: `/v1/roll/imports/${id}`, headers: coordinator });
    const found = answer.json<RollImport>();
    if (found.state !== 'running') return found;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

async function importText(body: string | Uint8Array): Promise<ImportReport> {
  const answer = await put(body);
  expect(answer.statusCode, answer.body).toBe(200);
  const ended = await waitFor((await start(answer.json<Uploaded>())).id);
  expect(ended.state, JSON.stringify(ended.problem)).toBe('done');
  if (ended.report === null) throw new Error('no report');
  return ended.report;
}

/** Everything that stands of the roll, in an order of its own. */
/** Tables that an import leaves behind when it breaks off. */
function stagedTables(): Promise<unknown[]> {
  if (db.engine === 'sqlite') return db.exclusive((sqlite) => leftovers(sqlite));
  return db.exclusive((session) =>
    session.query(`select tablename from pg_tables where schemaname = current_schema()
      and tablename like '%!_next' escape '!'`),
  );
}

async function readAll(): Promise<unknown> {
  const people = await db.read
    .selectFrom('voters')
    .innerJoin('people', 'people.key', 'voters.person_key')
    .innerJoin('doors', 'doors.key', 'people.door_key')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .select(['people.id', 'people.source_id', 'doors.id as door', 'buildings.id as building'])
    .select(['first_name', 'last_name', 'birth_year', 'party', 'voters.precinct', 'grade', 'lon'])
    .orderBy('people.id')
    .execute();
  const voted = await db.read
    .selectFrom('voted')
    .innerJoin('people', 'people.key', 'voted.person_key')
    .select(['people.id', 'election', 'method'])
    .orderBy('people.id')
    .orderBy('election')
    .execute();
  return { people, voted };
}

const row = (id: string, rest = 'Doe,Jo,40,D,100,Alder,Ave,,Larkfield,42,P'): string =>
  `${id},${rest}\n`;

test('streets come in the map’s own classes, whatever their source calls them', async () => {
  const stored = await db.read
    .selectFrom('map_layers')
    .select('geojson')
    .where('name', '=', 'streets')
    .executeTakeFirstOrThrow();
  const { features } = JSON.parse(stored.geojson) as MapLayers['streets'];
  const counted = (cls: string) => features.filter((street) => street.properties['cls'] === cls);
  expect(counted('major')).toHaveLength(9);
  expect(counted('secondary')).toHaveLength(16);
  expect(counted('residential')).toHaveLength(108);
});

test('a file imported twice changes nothing, and no row is lost', async () => {
  const { readFile } = await import('node:fs/promises');
  const file = await readFile(join(LARKFIELD, 'voters.csv'));
  const first = await importText(file);
  expect(first).toMatchObject({ rows: 2030, people: 2030, doors: 1063, added: 2030, unplaced: 0 });
  expect(first.rows).toBe(first.people + first.repeated + first.rejected);
  const before = await readAll();
  const second = await importText(file);
  expect(second).toMatchObject({ people: 2030, added: 0, changed: 0, same: 2030, gone: 0 });
  expect(await readAll()).toEqual(before);
  const summary = await server.app.inject({ url: '/v1/roll', headers: coordinator });
  expect(summary.json<RollSummary>()).toMatchObject({
    people: 2030,
    doors: 1063,
    placedDoors: 1063,
  });
  await expect.poll(() => readdirSync(uploadsDir(db))).toEqual([]);
});

test('a newer roll moves, adds and drops people and touches nothing learnt at a door', async () => {
  await importText(HEADER + row('V1') + row('V2') + row('V3'));
  const person = await db.read
    .selectFrom('people')
    .select(['key', 'id', 'door_key'])
    .where('source_id', '=', 'V1')
    .executeTakeFirstOrThrow();
  await db.write(async (trx) => {
    await trx
      .insertInto('opt_outs')
      .values({ person_key: person.key, op_id: 'x' as never, at: 1 })
      .execute();
  });
  const report = await importText(
    HEADER + row('V1', 'Doe,Jo,40,D,102,Alder,Ave,,Larkfield,42,P') + row('V3') + row('V4'),
  );
  expect(report).toMatchObject({ people: 3, added: 1, changed: 0, moved: 1, same: 1, gone: 1 });
  const after = await db.read
    .selectFrom('people')
    .select(['key', 'id', 'door_key'])
    .where('source_id', '=', 'V1')
    .executeTakeFirstOrThrow();
  expect(after.id).toBe(person.id);
  expect(after.door_key).not.toBe(person.door_key);
  const ofPerson = db.read.selectFrom('opt_outs').selectAll().where('person_key', '=', person.key);
  expect(await ofPerson.execute()).toHaveLength(1);
  expect(
    await db.read.selectFrom('people').select('id').where('source_id', '=', 'V2').execute(),
  ).toHaveLength(1);
  expect(await db.read.selectFrom('roll_moves').selectAll().execute()).toEqual([]);
});

test('three spellings of an apartment and a lost zero are one door', async () => {
  const report = await importText(
    `${HEADER}A1,Doe,Jo,40,D,305,Ivy,Ave,Apt 3A,Larkfield,00042,P
A2,Doe,Al,41,D,305,IVY,AVENUE,#3a,Larkfield,42,
A3,Doe,Di,42,D,305,Ivy Ave Unit 3-A,,,LARKFIELD ,42,
`,
  );
  expect(report).toMatchObject({ people: 3, doors: 1, buildings: 1, placed: { exact: 3 } });
});

test('rejected and unplaced rows are listed whole, with reasons, as harmless CSV', async () => {
  const answer = await put(
    `${HEADER}${row('B1')}${row('B1')},Doe,Jo,40,D,100,Alder,Ave,,Larkfield,42,P
B2,Doe,Jo,40,D,100,Alder
B3,Doe,Jo,40,D,100,Alder,Ave,,Larkfield,42,P,more
B4,,,40,D,100,Alder,Ave,,Larkfield,42,P
B5,Doe,Jo,40,D,,,,,Larkfield,42,P
B6,Doe,=1+1,40,D,9,Nowhere,Blvd,,Larkfield,42,P
`,
  );
  const ended = await waitFor((await start(answer.json<Uploaded>())).id);
  expect(ended.report).toMatchObject({
    rows: 8,
    people: 2,
    repeated: 1,
    rejected: 5,
    unplaced: 1,
    rejectedByReason: {
      'no-id': 1,
      'too-few-cells': 1,
      'too-many-cells': 1,
      'no-name': 1,
      'no-address': 1,
    },
    unplacedByReason: { 'street-unknown': 1 },
  });
  const base = `/v1/roll/imports/${ended.id}`;
  const rejected = await server.app.inject({ url: `${base}/rejected.csv`, headers: lead });
  expect(rejected.headers['content-disposition']).toContain('rejected.csv');
  const lines = rejected.body.trim().split('\r\n');
  expect(lines).toHaveLength(6);
  expect(lines[0]).toContain(
    'use,line,in_the_roll,reason,column,what_happened,what_to_do,Voter File VANID',
  );
  expect(lines[1]).toMatch(
    /^for the chapter’s own use · [^,]+,4,no,no-id,Voter File VANID,The row has no voter id\./,
  );
  const unplaced = await server.app.inject({ url: `${base}/unplaced.csv`, headers: lead });
  expect(unplaced.body).toContain("'=1+1");
  const refused = await server.app.inject({ url: `${base}/unplaced.csv`, headers: coordinator });
  expect(refused.statusCode).toBe(404);
  const ledger = await server.app.inject({ url: '/v1/exports', headers: lead });
  expect(ledger.json<{ kind: string; rows: number }[]>()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'rejected', rows: 5 }),
      expect.objectContaining({ kind: 'unplaced', rows: 1 }),
    ]),
  );
});

test('Latin-1, a byte order mark and UTF-16 give the same people', async () => {
  const text = `${HEADER}C1,Peña,José,40,D,100,Alder,Ave,,Larkfield,42,P\n`;
  const wide = Buffer.from(`\uFEFF${text}`, 'utf16le');
  for (const bytes of [Buffer.from(text, 'latin1'), Buffer.from(`\uFEFF${text}`), wide]) {
    expect(await importText(bytes)).toMatchObject({ rows: 1, people: 1, rejected: 0 });
    const [person] = await db.read
      .selectFrom('voters')
      .select(['first_name', 'last_name'])
      .execute();
    expect(person).toEqual({ first_name: 'José', last_name: 'Peña' });
  }
});

test.each([
  ['an archive cut off', Buffer.from('PK\u0003\u0004 and more'), 'roll-archive-odd'],
  ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'roll-not-text'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), 'roll-not-text'],
  ['nothing', '', 'roll-empty'],
  ['blank lines', '\n\n \n', 'roll-empty'],
])('%s is refused with a sentence, and nothing of it stays', async (_, body, code) => {
  const answer = await put(body);
  const { problem, text } = answer.json<{
    problem: { code: 'roll-empty'; facts: object };
    text: string;
  }>();
  expect(problem.code).toBe(code);
  expect(answer.statusCode).toBe(400);
  expect(text).toMatch(/Nothing was changed\..+\.$/);
  await expect.poll(() => readdirSync(uploadsDir(db))).toEqual([]);
});

test('a mark left open and a NUL cost their own rows alone', async () => {
  const report = await importText(
    `${HEADER}${row('F1')}F2,"Doe,Jo,40,D,1,Alder,Ave,,Larkfield,42,P\n${row('F3')}${row(
      'F4',
      'Do\0e,Jo,40,D,100,Alder,Ave,,Larkfield,42,P',
    )}Total,,,,,,,,,,,4\n`,
  );
  expect(report).toMatchObject({ rows: 5, people: 2 });
  expect(report.rejectedByReason).toEqual({ 'open-quote': 1, 'has-nul': 1, totals: 1 });
});

test('a file that comes packed is unpacked, and its columns by place are known', async () => {
  const line = (id: string): string =>
    ['OAK', id, 'DOE', '', 'JO', '', 'N', '100 ALDER AVE', '', 'LARKFIELD', 'MA', '00042']
      .concat(Array<string>(7).fill(''), ['F', '9', '01/02/1980', '03/04/2010', 'NPA', '1'])
      .concat(['', '', '', 'ACT', '', '', '', '', '', '617', '5550100', '', ''])
      .join('\t');
  const report = await importText(gzipSync(`${line('G0001')}\r\n${line('G0002')}\r\n`));
  expect(report).toMatchObject({ rows: 2, people: 2, rejected: 0 });
  const voter = await db.read
    .selectFrom('voters')
    .select(['phone', 'birth_year', 'registered_on'])
    .executeTakeFirst();
  expect(voter).toEqual({ phone: '6175550100', birth_year: 1980, registered_on: '2010-03-04' });
});

test('a file whose rows are all rejected does not empty the roll', async () => {
  await importText(HEADER + row('E1') + row('E2'));
  const before = await readAll();
  const answer = await put(HEADER + row('') + row(''));
  const ended = await waitFor((await start(answer.json<Uploaded>())).id);
  expect(ended.problem?.code).toBe('roll-no-people');
  expect(ended.problem?.text).toContain('None of the 2 rows');
  expect(await readAll()).toEqual(before);
});

test('a server that stops leaves the roll as it was, and the next one begins the import once more', async () => {
  await importText(HEADER + row('E1') + row('E2'));
  const before = await readAll();
  const answer = await put(
    HEADER + Array.from({ length: 12_000 }, (_, i) => row(`J${i}`)).join(''),
  );
  const { uploadId, inspection } = answer.json<Uploaded>();
  const imports = new RollImports(server.ports);
  const upload = await findUpload(db, uploadId, START);
  if (!upload.ok) throw new Error(upload.problem.code);
  const mapping = proposeMapping(inspection);
  const begun = await imports.start(db, upload.value, {
    mapping,
    startedBy: 'test',
    terms: SAID_TERMS,
    onProgress: ({ rowsRead }) => void (rowsRead > 0 && imports.close()),
  });
  if (!begun.ok) throw new Error(begun.problem.code);
  const second = await imports.start(db, upload.value, {
    mapping,
    startedBy: 'test',
    terms: SAID_TERMS,
  });
  expect(!second.ok && second.problem.code).toBe('import-running');
  const ended = await begun.value.finished;
  expect(ended).toMatchObject({ state: 'running', problem: null });
  expect(await readAll()).toEqual(before);
  const next = new RollImports(server.ports);
  await expect
    .poll(async () => (await next.find(db, ended.id))?.state, { timeout: 20_000 })
    .toBe('ready');
  expect(await readAll()).toEqual(before);
  expect(await next.cancel(db, ended.id)).toMatchObject({ state: 'cancelled' });
  expect(await stagedTables()).toEqual([]);
  await expect.poll(async () => (await findUpload(db, uploadId, START)).ok).toBe(false);
});

test('an import that ran when the server stopped is shown as failed at the next start', async () => {
  await importText(HEADER + row('E1') + row('E2'));
  const before = await readAll();
  const id = makeId<ImportId>(server.time.now, server.ports.random);
  await addImport(db, {
    id,
    fileName: 'roll.csv',
    sha256: '',
    bytes: 1,
    mapping: { encoding: 'utf-8', delimiter: ',', layout: null, columns: [], header: [] },
    startedBy: 'test',
    startedAt: server.time.now,
  });
  if (db.engine === 'sqlite') await db.exclusive((sqlite) => prepareStage(sqlite));
  else await preparePostgresStage(db);
  const found = await new RollImports(server.ports).find(db, id);
  expect(found).toMatchObject({ state: 'failed', problem: { code: 'import-interrupted' } });
  expect(await stagedTables()).toEqual([]);
  expect(await readAll()).toEqual(before);
});

test('a file without a column for the address is refused before anything starts', async () => {
  const answer = await put('Voter ID,Last Name,First Name\n1,Doe,Jo\n');
  const { uploadId, inspection } = answer.json<Uploaded>();
  const started = await server.app.inject({
    method: 'POST',
    url: '/v1/roll/imports',
    headers: lead,
    payload: { uploadId, mapping: proposeMapping(inspection), terms: SAID_TERMS },
  });
  expect(started.statusCode).toBe(400);
  expect(started.json<{ text: string }>().text).toContain('street address');
});

test('two columns of one name are told of before the import', async () => {
  const answer = await put('Voter ID,Last,Last,Address\n1,Doe,Dough,100 Alder Ave\n');
  expect(answer.json<Uploaded>().inspection.notices).toEqual([
    { code: 'roll-duplicate-header', facts: { name: 'Last' } },
  ]);
});

test('3 GB are refused at once by what the request announces', async () => {
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const address = server.app.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const status = await new Promise<{ code: number; body: string }>((resolve, reject) => {
    const request = httpRequest(
      {
        port: address.port,
        method: 'PUT',
        path: '/v1/roll/uploads?name=big.csv',
        headers: {
          ...lead,
          'content-type': 'application/octet-stream',
          'content-length': 3 * 1024 ** 3,
        },
      },
      (answer) => {
        let body = '';
        answer.on('data', (part: Buffer) => (body += part.toString()));
        answer.on('end', () => resolve({ code: answer.statusCode ?? 0, body }));
      },
    );
    request.on('error', reject);
    request.write('a,b\n');
  });
  expect(status.code).toBe(413);
  expect(status.body).toMatch(/roll-too-large|body-too-large/);
});

const means = () => ({
  clock: () => server.time.now,
  random: server.ports.random,
  announced: null,
});

test('a body that is no file is refused with a sentence', async () => {
  const answer = await server.app.inject({
    method: 'PUT',
    url: '/v1/roll/uploads?name=a.csv',
    headers: lead,
    payload: { rows: [] },
  });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ problem: { code: 'not-valid' } });
});

test('a file that grows past the limit is cut off, and nothing of it stays', async () => {
  const before = readdirSync(uploadsDir(db));
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(1024, 'a');
    })(),
  );
  const got = await receiveUpload(db, 'x.csv', endless, { ...means(), limit: 100_000 });
  expect(!got.ok && got.problem.code).toBe('roll-too-large');
  expect(readdirSync(uploadsDir(db))).toEqual(before);
});

test('a full disk is told, and nothing of the file stays', async () => {
  const full = () =>
    new Writable({
      write: (_chunk, _encoding, done) =>
        done(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })),
    });
  const body = Readable.from([Buffer.from(HEADER)]);
  const got = await receiveUpload(db, 'x.csv', body, { ...means(), openFile: full });
  expect(!got.ok && got.problem.code).toBe('disk-full');
  expect(!got.ok && sayProblem(got.problem)).toMatch(/disk/);
});

test('an upload that breaks off is removed', async () => {
  const before = readdirSync(uploadsDir(db));
  const body = new Readable({ read() {} });
  body.push(HEADER);
  setTimeout(() => body.destroy(), 20);
  const got = await receiveUpload(db, 'x.csv', body, means());
  expect(!got.ok && got.problem.code).toBe('upload-broken');
  expect(readdirSync(uploadsDir(db))).toEqual(before);
});

test('a canvasser and a coordinator cannot import', async () => {
  expect((await put(HEADER, coordinator)).statusCode).toBe(404);
  expect((await put(HEADER, { cookie: '' })).statusCode).toBe(401);
});

test('cancelled: the roll before stands, and the next import works', async () => {
  await importText(HEADER + row('G1'));
  const dir = mkdtempSync(join(tmpdir(), 'homeground-roll-'));
  const path = join(dir, 'long.csv');
  const { writeFileSync } = await import('node:fs');
  writeFileSync(path, HEADER + Array.from({ length: 12_000 }, (_, i) => row(`H${i}`)).join(''));
  const stop = new AbortController();
  const ended = await importRollFile(
    db,
    path,
    { ...means(), terms: SAID_TERMS },
    ({ rowsRead }) => {
      if (rowsRead > 0) stop.abort();
    },
    stop.signal,
  );
  expect(ended.ok && ended.value.state).toBe('cancelled');
  expect(await db.read.selectFrom('voters').select('line').execute()).toHaveLength(1);
  rmSync(dir, { recursive: true });
  expect(await importText(HEADER + row('G1'))).toMatchObject({ same: 1, added: 0 });
});

test('how a file was read by hand is kept, and languages and districts are stored', async () => {
  const answer = await put('Kennziffer,Name,Strasse,Sprache,CD\nS1,"Doe, Jo",100 Alder Ave,es,7\n');
  const uploaded = answer.json<Uploaded>();
  const columns = (
    ['voter-id', 'full-name', 'address-line', 'language', 'congressional-district'] as const
  ).map((field, column) => ({ column, field }));
  const started = await server.app.inject({
    method: 'POST',
    url: '/v1/roll/imports',
    headers: lead,
    payload: {
      uploadId: uploaded.uploadId,
      mapping: { ...proposeMapping(uploaded.inspection), columns },
      terms: SAID_TERMS,
      apply: true,
    },
  });
  expect(started.statusCode, started.body).toBe(200);
  expect((await waitFor(started.json<RollImport>().id)).state).toBe('done');
  const voter = db.read.selectFrom('voters').select(['language', 'districts', 'last_name']);
  expect(await voter.executeTakeFirst()).toEqual({
    language: 'es',
    districts: '{"congressional":"7"}',
    last_name: 'Doe',
  });
  const kept = await server.app.inject({ url: '/v1/roll/mappings', headers: lead });
  const fingerprint = fingerprintOf(['Kennziffer', 'Name', 'Strasse', 'Sprache', 'CD']);
  const mapping = kept.json<SavedMapping[]>().find((one) => one.fingerprint === fingerprint);
  expect(mapping?.name).toBe('roll.csv');
  expect(mapping?.columns[2]).toEqual({ name: 'Strasse', column: 2, field: 'address-line' });
});
