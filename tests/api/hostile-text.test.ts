import { hash } from 'node:crypto';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer, Knock } from '#shared/model/fact.ts';
import type { OperationType } from '#shared/model/operation.ts';
import type { Petition } from '#shared/model/petition.ts';
import type { MapLayers } from '#shared/model/place.ts';
import type { RollInspection } from '#shared/model/roll.ts';
import type { Script } from '#shared/model/script.ts';
import { type Share, SHARE_FIELD_NAMES } from '#shared/model/share.ts';
import { EVERYONE, type Universe } from '#shared/model/universe.ts';
import type { SealedOp } from '#shared/sync/protocol.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { formulaCells, markupTexts } from './corpora.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { appendLayer } from './append-layer.ts';
import { makeTown } from './make-town.ts';
import {
  call,
  joinPhone,
  makeWalk,
  push,
  seal,
  sealKnock,
  type Phone,
  type Walk,
} from './make-walk.ts';

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let admin: { headers: { cookie: string } };
beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  walk = await makeWalk(server, db);
  admin = await server.staff(db, 'admin');
});
afterAll(() => server.close());

/** A good answer that a browser can take for nothing but data. */
async function readData(url: string, headers = admin.headers): Promise<unknown> {
  const answer = await server.app.inject({ url, headers });
  expect([url, answer.statusCode]).toEqual([url, 200]);
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  return answer.json();
}

const MARKUP = markupTexts();

test('500 texts of markup in names and scripts come back as the letters that they are', async () => {
  expect(MARKUP).toHaveLength(500);
  const half = (text: string): string => text.slice(0, 80);
  const [universes, turfs, options] = [
    MARKUP.slice(0, 60),
    MARKUP.slice(60, 120),
    MARKUP.slice(120, 300),
  ];
  for (const name of universes) {
    await call(server, admin, 'POST', '/v1/universes', { name, question: EVERYONE });
  }
  const shown = (await readData('/v1/universes')) as Universe[];
  for (const name of universes) expect(shown.map((one) => one.name)).toContain(name);

  for (const name of turfs) {
    const seen = (await readData('/v1/turfs')) as { id: string; version: number }[];
    const turf = seen.find((one) => one.id === walk.turf.id);
    const answer = await server.app.inject({
      method: 'PATCH',
      url: `/v1/turfs/${walk.turf.id}`,
      headers: { ...admin.headers, 'if-match': String(turf?.version) },
      payload: { name: half(name) },
    });
    expect([name, answer.statusCode]).toEqual([name, 200]);
    expect(answer.json()).toMatchObject({ name: half(name).trim() });
  }

  const questions = Array.from({ length: 6 }, (_, q) => ({
    id: `0190a0a0-0000-7000-8000-00000000000${q}`,
    kind: 'one',
    prompt: MARKUP[300 + q] ?? '',
    options: Array.from({ length: 30 }, (_, o) => ({
      id: `o${o}`,
      label: options[30 * q + o] ?? '',
    })),
  }));
  const draft = { opening: MARKUP[310] ?? '', questions, closing: MARKUP[311] ?? '' };
  const wish = { name: MARKUP[312] ?? '', draft };
  const made = await call<Script>(server, admin, 'POST', '/v1/scripts', wish);
  await call(server, admin, 'POST', `/v1/scripts/${made.id}/publish`);
  const [script] = ((await readData('/v1/scripts')) as Script[]).filter(({ id }) => id === made.id);
  expect([script?.name, script?.draft]).toEqual([wish.name, draft]);
});

test('markup in the headers and cells of a voter file, in its name, and on the map stays text', async () => {
  const columns = MARKUP.slice(320, 420).map((text) => text.replaceAll(/[\r\n\t]/g, ' '));
  const known = ['VANID', 'LastName', 'FirstName', 'Age', 'StreetNo', 'StreetName', 'City', 'Zip5'];
  const voter = ['1', MARKUP[7] ?? '', MARKUP[8] ?? '', '40', '1', 'Main St', 'Larkfield', '00001'];
  const cells = MARKUP.slice(400, 500);
  const payload = Papa.unparse([
    [...known, ...columns],
    [...voter, ...cells],
  ]);
  const answer = await server.app.inject({
    method: 'PUT',
    url: `/v1/roll/uploads?name=${encodeURIComponent(`${MARKUP[3]}.csv`)}`,
    headers: { ...admin.headers, 'content-type': 'application/octet-stream' },
    payload,
  });
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  const { inspection } = answer.json<{ inspection: RollInspection }>();
  const seen = JSON.stringify(inspection);
  for (const text of columns) {
    expect(seen).toContain(JSON.stringify(text.trim()).slice(1, -1));
  }

  const street = (name: string, i: number) => ({
    type: 'Feature',
    properties: { name, class: 'street' },
    geometry: {
      type: 'LineString',
      coordinates: [
        [-50, 42],
        [-50 + i * 1e-5, 42],
      ],
    },
  });
  const layer = { type: 'FeatureCollection', features: MARKUP.map(street) };
  await db.write((trx) =>
    trx
      .insertInto('map_layers')
      .values({ name: 'streets', geojson: JSON.stringify(layer) })
      .onConflict((old) => old.column('name').doUpdateSet({ geojson: JSON.stringify(layer) }))
      .execute(),
  );
  const map = (await readData('/v1/map')) as MapLayers;
  expect(map.streets.features.map(({ properties }) => properties['name'])).toEqual(MARKUP);
});

const QUESTION = '0190a0a0-0000-7000-8000-0000000000aa';

/** A talk with the first person of the turf, of whom a text is noted and given as an answer. */
function sayAtDoor({ packet }: Phone, text: string): Knock {
  const [person] = packet.people;
  if (person === undefined) throw new Error('An empty turf.');
  answers += 1;
  const id = `0190a0a2-0000-7000-8000-${String(answers).padStart(12, '0')}` as Answer['id'];
  const given = { kind: 'text', text } as const;
  const answer = { id, questionId: QUESTION as Answer['questionId'], given };
  const outcome = { kind: 'contact' } as const;
  return { doorId: person.doorId, personId: person.id, outcome, answers: [answer], note: text };
}
let answers = 0;

/** What is said at a door in other ways than by an answer, with one of the texts wherever one fits. */
function sayOtherwise(phone: Phone, petition: Petition, cells: readonly string[]): SealedOp[] {
  const [person] = phone.packet.people;
  const [building] = phone.packet.buildings;
  if (person === undefined || building === undefined) throw new Error('An empty turf.');
  const at = { doorId: person.doorId, personId: person.id };
  const wording = cells[13] ?? '';
  const wordingHash = hash('sha256', wording);
  const made = cells.slice(0, 39).flatMap((text): readonly (readonly [OperationType, object])[] => [
    ['note', { ...at, text }],
    ['correct', { ...at, field: 'lastName', value: text }],
    ['follow-up', { ...at, text, whoId: null, by: null }],
    ['building', { doorId: at.doorId, buildingId: building.id, about: 'buzzer', text }],
    ['turf-report', { doorId: at.doorId, problems: [], rating: null, note: text }],
  ]);
  const signed = { ...at, petitionId: petition.id, wording, wordingHash, strokes: [[1, 2, 3, 4]] };
  return [['signature', signed] as const, ...made].map(([type, payload], n) =>
    seal(phone, type, payload as never, START + 9000 + n),
  );
}

/** What a spreadsheet takes for the beginning of a formula. */
const RUNS = /^[=+\-@\t\r]/;

test('100 formula cells run in no file that leaves', async () => {
  const cells = formulaCells();
  expect(cells).toHaveLength(100);
  const question = { id: QUESTION, kind: 'text', prompt: cells[5] ?? '', options: [] };
  const draft = { opening: 'Hello', questions: [question], closing: 'Bye' };
  const wish = { name: cells[6] ?? '', draft };
  const script = await call<Script>(server, admin, 'POST', '/v1/scripts', wish);
  await call(server, admin, 'POST', `/v1/scripts/${script.id}/publish`);
  for (const [i, name] of ['=1+1', '@SUM(A1)', "-cmd|' /C calc'!A0"].entries()) {
    const walker = await joinPhone(server, await walk.code(), name);
    await push(
      server,
      walker,
      cells.map((cell, at) => sealKnock(walker, sayAtDoor(walker, cell), START + 1000 * i + at)),
    );
  }
  const words = { kind: 'petition', title: cells[12] ?? '', wording: cells[13] ?? '' };
  const petition = await call<Petition>(server, admin, 'POST', '/v1/petitions', words);
  await call(
    server,
    { headers: { ...admin.headers, 'if-match': '"1"' } },
    'POST',
    `/v1/petitions/${petition.id}/open`,
  );
  const signer = await joinPhone(server, await walk.code(), '+SIGNER');
  const said = await push(server, signer, sayOtherwise(signer, petition, cells));
  expect(new Set(said.results.map(({ status }) => status))).toEqual(new Set(['applied']));
  const importId = '0190a0a1-0000-7000-8000-000000000001';
  await db.write(async (trx) => {
    await trx
      .insertInto('imports')
      .values({
        id: importId as never,
        file_name: '=1+1.csv',
        sha256: '0'.repeat(64),
        bytes: 1,
        mapping: JSON.stringify({ header: cells }),
        state: 'failed',
        started_by: '=1+1',
        started_at: START,
        finished_at: START,
        report: null,
        problem: null,
      })
      .execute();
    for (const kind of ['rejected', 'unplaced'] as const) {
      const fault = { import_id: importId as never, kind, reason: 'no-address' };
      await trx
        .insertInto('import_faults')
        .values(
          cells.map((cell, line) => ({ ...fault, line: line + 1, cells: JSON.stringify([cell]) })),
        )
        .execute();
    }
    const [first] = await trx.selectFrom('voters').select('person_key').limit(1).execute();
    const names = { first_name: cells[0] ?? '', last_name: cells[1] ?? '' };
    await trx
      .updateTable('voters')
      .set(names)
      .where('person_key', '=', first?.person_key ?? 0)
      .execute();
    const streets = { street: cells[2] ?? '', city: cells[3] ?? '', number: '=1+1' };
    await trx.updateTable('buildings').set(streets).execute();
    await trx
      .updateTable('turfs')
      .set({ name: cells[4] ?? '' })
      .execute();
  });
  const share = await call<Share>(server, admin, 'POST', '/v1/shares', {
    recipient: cells[7],
    legalKind: 'vendor',
    purpose: cells[8],
    agreement: cells[9],
    basis: { kind: 'service', what: '' },
    cents: null,
    fields: SHARE_FIELD_NAMES.filter((field) => !field.startsWith('consent')),
    universeId: null,
  });
  const second = await server.staff(db, 'admin');
  await call(server, second, 'POST', `/v1/shares/${share.id}/approve`);
  const quoted = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`);
  const list = {
    text: `id,${quoted[10] ?? ''}\n${quoted.map((cell) => `${cell},${cell}\n`).join('')}`,
    who: [[0, 'voter-id']],
    columns: [{ column: 1, name: cells[11] ?? '', kind: 'text' }],
  } as const;
  const made = await appendLayer(server, admin.headers, list, 'Model');
  const idIn = (url: string): string => {
    if (url.startsWith('/v1/shares')) return share.id;
    if (url.startsWith('/v1/petitions')) return petition.id;
    if (url.startsWith('/v1/roll/layers/drafts')) return made.draft;
    return url.startsWith('/v1/roll/layers') ? made.layer : importId;
  };
  let read = 0;
  for (const { method, url } of server.routes) {
    if (method !== 'GET' || !url.endsWith('.csv')) continue;
    const id = idIn(url);
    const answer = await server.app.inject({
      url: url.replace(':id', id),
      headers: admin.headers,
    });
    expect([url, answer.statusCode]).toEqual([url, 200]);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[\w-]+\.csv"$/);
    const text = answer.body.replace(/^\uFEFF/, '');
    const { data } = Papa.parse<string[]>(text, {
      delimiter: ',',
      newline: '\r\n',
      skipEmptyLines: true,
    });
    for (const cell of data.flat()) {
      // Numbers of our own, such as -71.05, are no formula.
      if (/^-?\d+(\.\d+)?$/.test(cell)) continue;
      expect([url, cell, RUNS.test(cell)]).toEqual([url, cell, false]);
      read += 1;
    }
  }
  expect(read).toBeGreaterThan(1000);
});
