import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RollImport, RollInspection } from '#shared/model/roll.ts';
import type { PointCandidate, UnmatchedPage } from '#shared/model/unmatched.ts';
import { findRollFiles } from '../../server/roll/find-roll-files.ts';
import { proposeMapping } from '../../server/roll/inspect-upload.ts';
import { loadPlace } from '../../server/roll/load-place.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { SAID_TERMS } from './said-terms.ts';

const LARKFIELD = fileURLToPath(new URL('../../fixtures/larkfield', import.meta.url));
const FILE = `Voter File VANID,LastName,FirstName,StreetNo,StreetName,StreetType,City,Zip5,PrecinctName
U1,Doe,Jo,9,Nowhere,Walk,Larkfield,00042,
U2,Doe,Al,9,Nowhere,Walk,Larkfield,00042,
U3,Poe,Di,100,Alder,Ave,Larkfield,00042,
`;

let server: TestApp;
let db: ChapterDb;
let lead: { cookie: string };

/** The same file again, as an upload. */
async function importAll(): Promise<void> {
  const uploaded = await server.app.inject({
    method: 'PUT',
    url: '/v1/roll/uploads?name=roll.csv',
    headers: { ...lead, 'content-type': 'application/octet-stream' },
    payload: Buffer.from(FILE),
  });
  const { uploadId, inspection } = uploaded.json<{
    uploadId: string;
    inspection: RollInspection;
  }>();
  const started = await server.app.inject({
    method: 'POST',
    url: '/v1/roll/imports',
    headers: lead,
    payload: { uploadId, mapping: proposeMapping(inspection), terms: SAID_TERMS },
  });
  expect(started.statusCode, started.body).toBe(200);
  const { id } = started.json<RollImport>();
  for (;;) {
    const { state } = await ask<{ state: string }>(`/v1/roll/imports/${id}`);
    if (state === 'done') return;
    expect(state).not.toMatch(/failed|cancelled/);
    // A roll waits beside the one that stands until somebody says so.
    if (state === 'ready') {
      const url = `/v1/roll/imports/${id}/apply`;
      await server.app.inject({ method: 'POST', url, headers: lead });
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

async function ask<T>(url: string): Promise<T> {
  const answer = await server.app.inject({ url, headers: lead });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<T>();
}
const list = (state: string): Promise<UnmatchedPage> =>
  ask(`/v1/roll/unmatched?state=${state}&like=&from=0`);
const call = (method: 'PUT' | 'DELETE', id: string, payload?: object) =>
  server.app.inject({
    method,
    url: `/v1/roll/unmatched/${id}`,
    headers: lead,
    ...(payload && { payload }),
  });

beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('unmatched');
  lead = (await server.staff(db, 'research-lead')).headers;
  const loaded = await loadPlace(db, findRollFiles(LARKFIELD).place);
  expect(loaded.ok).toBe(true);
  await importAll();
});
afterAll(() => server.close());

async function placed(): Promise<number> {
  const row = await db.read
    .selectFrom('universe_rows')
    .select((eb) => eb.fn.count('person_key').as('n'))
    .where('placed', '=', 1)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

test('an address that was settled stands there at once and after the next import', async () => {
  const open = await list('open');
  expect(open).toMatchObject({ addresses: 1, people: 2 });
  const [place] = open.places;
  if (place === undefined) throw new Error('nothing unmatched');
  expect(place).toMatchObject({ number: '9', people: 2, doors: 1, grade: 'none', lon: null });
  expect(place.reason).toBe('street-unknown');
  expect(await placed()).toBe(1);

  const [point] = await ask<PointCandidate[]>('/v1/roll/address-points?like=100%20Aldr%20Av');
  expect(point).toMatchObject({ number: '100', street: 'Alder Ave', addressId: 'L0001' });
  const { lon, lat, addressId } = point ?? { lon: 0, lat: 0, addressId: null };
  expect((await call('PUT', place.id, { lon, lat, addressId })).statusCode).toBe(200);
  expect(await list('open')).toMatchObject({ addresses: 0 });
  expect(await placed()).toBe(3);

  await importAll();
  expect(await list('open')).toMatchObject({ addresses: 0 });
  const settled = await list('settled');
  expect(settled).toMatchObject({ addresses: 1, people: 2 });
  expect(settled.places[0]).toMatchObject({ id: place.id, grade: 'settled', lon, lat });
  expect(await placed()).toBe(3);

  expect((await call('DELETE', place.id)).statusCode).toBe(200);
  expect(await list('open')).toMatchObject({ addresses: 1, people: 2 });
  expect(await placed()).toBe(1);
  expect((await call('DELETE', place.id)).statusCode).toBe(404);
  const kinds = await db.read
    .selectFrom('audit')
    .select('kind')
    .where('subject', '=', place.id)
    .orderBy('seq')
    .execute();
  expect(kinds.map(({ kind }) => kind)).toEqual(['place-settled', 'place-taken-back']);
});

test('a point that the list does not have there settles nothing', async () => {
  const [place] = (await list('open')).places;
  const wish = { lon: -50, lat: 42, addressId: 'L0001' };
  expect((await call('PUT', place?.id ?? '', wish)).statusCode).toBe(404);
  expect((await call('PUT', place?.id ?? '', { ...wish, lon: 500 })).statusCode).toBe(400);
  expect(await list('settled')).toMatchObject({ addresses: 0 });
});

test('whoever has no place is in the file for calling', async () => {
  const answer = await server.app.inject({ url: '/v1/roll/unmatched.csv', headers: lead });
  expect(answer.statusCode, answer.body).toBe(200);
  const lines = answer.body.trim().split(/\r?\n/);
  expect(lines).toHaveLength(3);
  const cells = lines.slice(1).map((line) => line.split(','));
  expect(new Set(cells.map(([, voter]) => voter))).toEqual(new Set(['U1', 'U2']));
  for (const [use] of cells) expect(use).toContain('own use');
});
