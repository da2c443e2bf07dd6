import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Layer, LayerDraft, LayerFacet, LayerFilter } from '#shared/model/layer.ts';
import { EVERYONE, type UniverseCount, type UniverseFacets } from '#shared/model/universe.ts';
import { BY_OPERATOR } from '../../server/audit/append-audit.ts';
import { copyPerson } from '../../server/privacy/copy-person.ts';
import { erasePerson } from '../../server/privacy/erase-person.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { beginLayer, LAYER_TERMS, layerEnded, type LayerWish, matchLayer } from './append-layer.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import { makeWalk } from './make-walk.ts';

let server: TestApp;
let db: ChapterDb;
let lead: { cookie: string };
let coordinator: { cookie: string };

beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('oak');
  await makeTown(db, 'Oak');
  lead = (await server.staff(db, 'research-lead')).headers;
  coordinator = (await server.staff(db, 'coordinator')).headers;
});
afterAll(() => server.close());

type Method = 'GET' | 'POST' | 'DELETE';

async function ask(method: Method, path: string, payload?: object, headers = lead) {
  const given = payload === undefined ? {} : { payload };
  return server.app.inject({ method, url: `/v1/${path}`, headers, ...given });
}
async function got<T>(method: Method, path: string, payload?: object): Promise<T> {
  const answer = await ask(method, path, payload);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<T>();
}

const matched = (wish: LayerWish): Promise<LayerDraft> => matchLayer(server, lead, wish);

async function keep(id: string, name: string, replaces: string | null = null): Promise<LayerDraft> {
  await got('POST', `roll/layers/drafts/${id}/keep`, { name, terms: LAYER_TERMS, replaces });
  return layerEnded(server, lead, id);
}

const people = async (layers: readonly LayerFilter[]): Promise<number> =>
  (await got<UniverseCount>('POST', 'universes/count', { ...EVERYONE, layers })).people;

const SCORES: LayerWish = {
  text: 'id,score,group\nOak-QZX2,0.25,warm\nOak-QZX3,75%,cold\nOak-QZX4,=1+1,warm\nnobody,0.5,\n',
  who: [[0, 'voter-id']],
  columns: [
    { column: 1, name: 'Score', kind: 'number' },
    { column: 2, name: 'Group', kind: 'word' },
  ],
};

test('a score by id is shown before it is kept, asked for by universes, replaced in one flip and deleted', async () => {
  const draft = await matched(SCORES);
  expect(draft).toMatchObject({
    state: 'matched',
    preview: { counts: { rows: 4, byId: 3, unmatched: 1, leftOutByReason: { 'id-unknown': 1 } } },
  });
  const none = await db.read.selectFrom('layer_values').select('place').execute();
  expect(none).toEqual([]);
  const csv = await ask('GET', `roll/layers/drafts/${draft.id}/left-out.csv`);
  expect(csv.body).toContain('nobody,0.5');
  expect(csv.body).toContain(`value-odd`);
  expect(csv.body).toContain(`,'=1+1,`);

  const kept = await keep(draft.id, 'Model');
  expect(kept.state).toBe('kept');
  const { layers } = await got<{ layers: Layer[] }>('GET', 'roll/layers');
  expect(layers).toMatchObject([
    { name: 'Model', by: 'The research-lead', terms: LAYER_TERMS, fileName: 'list.csv.gz' },
  ]);
  const [layer] = layers;
  const id = layer?.id ?? ('' as never);
  const facets = (await got<UniverseFacets>('GET', 'universes/facets')).layers ?? [];
  const facet = (name: string): LayerFacet | undefined =>
    facets.find((one) => one.name === name && one.layer === id);
  expect(facet('Score')).toMatchObject({ given: 2, range: { least: 0.25, most: 75 } });
  expect(facet('Group')?.words).toEqual([
    { value: 'warm', people: 2 },
    { value: 'cold', people: 1 },
  ]);
  const filter = { layer: id, not: false, min: null, max: null, words: [] };
  expect(await people([{ ...filter, column: 1, max: 1 }])).toBe(1);
  const warm = { ...filter, column: 2, words: ['warm'] };
  expect(await people([warm])).toBe(2);
  expect(await people([{ ...warm, not: true }])).toBe(30 - 2);
  expect(await people([{ ...filter, column: 0, not: true }])).toBe(30 - 3);

  const saved = await ask('POST', 'universes', {
    name: 'Warm',
    question: { ...EVERYONE, layers: [warm] },
  });
  const universe = saved.json<{ id: string }>();
  expect((await ask('DELETE', `roll/layers/${id}`)).json()).toMatchObject({
    problem: { code: 'layer-in-use' },
  });
  // What could not be kept is not lost: it waits, with the reason, to be kept otherwise.
  const without = await matched({ ...SCORES, columns: SCORES.columns?.slice(0, 1) ?? [] });
  expect(await keep(without.id, 'Model', id)).toMatchObject({
    state: 'matched',
    preview: { counts: { byId: 3 } },
    problem: { code: 'layer-in-use' },
  });
  const other = await keep(without.id, 'Another');
  expect(other).toMatchObject({ state: 'kept', problem: null });
  expect((await ask('DELETE', `roll/layers/${other.layerId}`)).statusCode).toBe(204);
  const newer = await matched({
    text: 'id,group\nOak-QZX5,warm\nOak-QZX5,warm\nOak-QZX6,warm\nOak-QZX6,cold\n',
    who: [[0, 'voter-id']],
    columns: [{ column: 1, name: 'group', kind: 'word' }],
  });
  expect(newer.preview?.counts).toMatchObject({ byId: 1, repeated: 1, ambiguous: 2 });
  const taken = { name: 'Model', terms: LAYER_TERMS, replaces: null };
  expect((await ask('POST', `roll/layers/drafts/${newer.id}/keep`, taken)).statusCode).toBe(409);
  expect(await keep(newer.id, 'Model', id)).toMatchObject({ state: 'kept', layerId: id });
  expect(await people([warm])).toBe(1);
  const sets = await db.read.selectFrom('layer_sets').select('key').execute();
  expect(sets).toHaveLength(1);

  await ask('DELETE', `universes/${universe.id}`);
  expect((await ask('DELETE', `roll/layers/${id}`)).statusCode).toBe(204);
  for (const table of ['layer_values', 'layer_left_out', 'layer_sets'] as const) {
    const left = await db.read.selectFrom(table).selectAll().execute();
    expect(left).toEqual([]);
  }
  const kinds = await db.read
    .selectFrom('audit')
    .select('kind')
    .where('subject', '=', id)
    .orderBy('seq')
    .execute();
  expect(kinds.map(({ kind }) => kind)).toEqual(['layer-kept', 'layer-replaced', 'layer-removed']);
});

test('the member list is for research lead and admin alone, and no phone ever gets it', async () => {
  const draft = await matched({
    text: 'first,last,address,zip,since\nFirst2,"Oak, Jr",1 Main Street #1,1,2019\nFirst9,Nobody,9 Elm St,1,2020\n',
    who: [
      [0, 'first-name'],
      [1, 'last-name'],
      [2, 'address-line'],
      [3, 'zip'],
    ],
    columns: [{ column: 4, name: 'Member since', kind: 'text' }],
    how: 'name',
    members: true,
  });
  expect(draft.preview?.counts).toMatchObject({ rows: 2, unmatched: 1 });
  const { layerId } = await keep(draft.id, 'Members');
  const id = layerId ?? ('' as never);
  // Nobody is lost: who is in no roll is listed.
  const rest = await got<{ rows: { cells: string[] }[] }>('GET', `roll/layers/${id}/left-out`);
  expect(rest.rows.map(({ cells }) => cells[1])).toContain('Nobody');

  const asked = {
    ...EVERYONE,
    layers: [{ layer: id, column: 0, not: false, min: null, max: null, words: [] }],
  };
  expect(await people(asked.layers)).toBe(1);
  for (const path of ['universes/count', 'universes/doors']) {
    const refused = await ask('POST', path, asked, coordinator);
    expect(refused.json()).toMatchObject({ problem: { code: 'layer-not-yours' } });
  }
  const save = { name: 'x', question: asked };
  expect((await ask('POST', 'universes', save, coordinator)).statusCode).toBe(403);
  expect((await ask('GET', 'roll/layers', undefined, coordinator)).statusCode).toBe(404);
  const theirs = await ask('GET', 'universes/facets', undefined, coordinator);
  expect(theirs.body).not.toContain('Member');

  const walk = await makeWalk(server, db);
  const { headers } = await walk.phone.reader();
  const cursor = encodeURIComponent(walk.phone.packet.cursor);
  for (const path of ['packet', `pull?cursor=${cursor}`]) {
    const phone = await server.app.inject({ url: `/v1/${path}`, headers });
    expect(phone.statusCode, phone.body).toBe(200);
    if (path === 'packet') expect(phone.body).toContain('First2');
    expect(phone.body).not.toMatch(/Member|layer|2019/);
  }
});

test('what is erased is in no layer, and what nobody may keep is not taken', async () => {
  const kept = await keep((await matched(SCORES)).id, 'Again');
  expect(kept.state).toBe('kept');
  const { id } = await db.read
    .selectFrom('people')
    .select('id')
    .where('source_id', '=', 'Oak-QZX2')
    .executeTakeFirstOrThrow();
  const copy = await copyPerson(db, id, BY_OPERATOR, START);
  expect(copy.ok && copy.value.copy.layers).toContainEqual({
    layer: 'Again',
    column: 'Score',
    value: '0.25',
    from: 'list.csv.gz',
  });
  const waits = await matched(SCORES);
  const by = { actor: BY_OPERATOR, name: 'x', why: 'they asked' };
  expect((await erasePerson(db, id, by, server.ports)).ok).toBe(true);
  const left = await db.read
    .selectFrom('layer_values')
    .innerJoin('people', 'people.key', 'layer_values.person_key')
    .select('people.id')
    .execute();
  expect(left.length).toBeGreaterThan(0);
  expect(left.map((one) => one.id)).not.toContain(id);
  const late = { name: 'Late', terms: LAYER_TERMS, replaces: null };
  expect((await ask('POST', `roll/layers/drafts/${waits.id}/keep`, late)).statusCode).toBe(404);
  expect((await matched(SCORES)).preview?.counts).toMatchObject({ byId: 2, erased: 1 });

  for (const [name, cell] of [
    ['SSN', '1'],
    ['x', '123-45-6789'],
    ['Bank account no', '1'],
    ['Date of birth', '1990-01-02'],
    ['HealthPlan', 'x'],
  ] as const) {
    const refused = await beginLayer(server, lead, {
      text: `id,${name}\nOak-QZX2,${cell}\nOak-QZX3,${cell}\n`,
      who: [[0, 'voter-id']],
      columns: [{ column: 1, name: 'x', kind: 'text' }],
    });
    expect(refused.json(), name).toMatchObject({ problem: { code: 'layer-column-refused' } });
  }
});
