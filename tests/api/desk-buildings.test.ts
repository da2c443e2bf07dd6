import { afterEach, beforeEach, expect, test } from 'vitest';
import { rememberBuildings } from '#shared/canvass/building-memory.ts';
import { type BuildingId, makeId, type OpId } from '#shared/kernel/ids.ts';
import type { BuildingPage } from '#shared/model/desk-buildings.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { PullAnswer } from '#shared/sync/protocol.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { START, type TestApp } from './make-app.ts';
import { makeKnock } from './make-knock.ts';
import { makeOakdale } from './make-oakdale.ts';
import { call, push, seal, sealKnock, type Walk } from './make-walk.ts';

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let desk: { headers: { cookie: string } };
beforeEach(async () => {
  ({ server, db, walk, desk } = await makeOakdale());
});
afterEach(() => server.close());

const newOp = (): OpId =>
  makeId<OpId>(server.time.now, (size) => crypto.getRandomValues(new Uint8Array(size)));
const list = (typed = '') =>
  call<BuildingPage>(server, desk, 'GET', `/v1/buildings?q=${encodeURIComponent(typed)}`);
const correct = (id: string, body: object) =>
  call(server, desk, 'POST', `/v1/buildings/${id}/memory`, { opId: newOp(), ...body });
const packetNow = async () => call<Packet>(server, await walk.phone.reader(), 'GET', '/v1/packet');
const read = ({ body }: { readonly body: string }) => JSON.parse(body) as Operation;

function firstDoor() {
  const [door] = walk.phone.packet.doors;
  const building = walk.phone.packet.buildings.find(({ id }) => id === door?.buildingId);
  if (door === undefined || building === undefined) throw new Error('an empty packet');
  return { door, building };
}
const tell = (about: string, text: string | null, more: object = {}, at = START) => {
  const { door, building } = firstDoor();
  const payload = { doorId: door.id, buildingId: building.id, about, text, ...more };
  return seal(walk.phone, 'building', payload, at);
};

test('the desk reads what was learnt at doors, puts it right as a fact with its history, and phones pull it', async () => {
  const { door, building } = firstDoor();
  const { phone } = walk;
  const place = { lon: building.lon ?? 0, lat: building.lat ?? 0 };
  await push(server, phone, [
    tell('access', 'Code 12'),
    tell('entrance', 'Round the back', place),
    sealKnock(phone, makeKnock(door.id), START),
  ]);
  const [before] = (await list()).buildings;
  expect(before).toMatchObject({
    id: building.id,
    street: building.street,
    known: [
      { about: 'access', text: 'Code 12', seenBy: 1, who: 'Cleo', onMap: false },
      { about: 'entrance', text: 'Round the back', onMap: true },
    ],
  });

  const body = { opId: newOp(), about: 'access', text: ' Code 34 ' };
  await correct(building.id, body);
  // A lost answer: the same again is the same.
  await correct(building.id, body);
  await correct(building.id, { about: 'entrance', text: 'By the garage' });
  const [after] = (await list(`${building.number} ${building.street}`.slice(0, -2))).buildings;
  expect(after?.known).toMatchObject([
    { about: 'access', text: 'Code 34', seenBy: 1 },
    { about: 'entrance', text: 'By the garage', onMap: true },
  ]);
  expect(after?.told.filter(({ about }) => about === 'access')).toMatchObject([
    { text: 'Code 34', atDesk: true },
    { text: 'Code 12', atDesk: false, who: 'Cleo' },
  ]);

  const path = `/v1/pull?cursor=${encodeURIComponent(phone.packet.cursor)}`;
  const pulled = await call<PullAnswer>(server, await phone.reader(), 'GET', path);
  const remembered = (facts: readonly { readonly body: string }[]) =>
    rememberBuildings(facts.map(read))
      .get(building.id)
      ?.map(({ text }) => text);
  expect(remembered(pulled.changes)).toEqual(['Code 34', 'By the garage']);
  expect(remembered((await packetNow()).history)).toEqual(['Code 34', 'By the garage']);

  // Whoever walks there still has the last word, and the desk the next.
  await push(server, phone, [tell('access', 'Open', {}, START + 60_000)]);
  await correct(building.id, { about: 'entrance', text: null });
  const [last] = (await list()).buildings;
  expect(last?.known.map(({ about, text }) => [about, text])).toEqual([['access', 'Open']]);
  expect(last?.told[0]).toMatchObject({ about: 'entrance', text: null, atDesk: true });
});

test('a correction comes after a fact of a phone whose clock runs ahead', async () => {
  const { building } = firstDoor();
  const { phone } = walk;
  const { door } = firstDoor();
  const payload = { doorId: door.id, buildingId: building.id, about: 'buzzer', text: 'Top row' };
  await push(server, phone, [seal(phone, 'building', payload, START + 4 * 60_000)]);
  await correct(building.id, { about: 'buzzer', text: 'Bottom row' });
  expect((await list()).buildings[0]?.known[0]).toMatchObject({ text: 'Bottom row' });
});

test('the desk writes down what it knows of a building of which nothing is known, and a turf with its other doors has it', async () => {
  const { building } = firstDoor();
  expect((await list()).total).toBe(0);
  const { buildings } = await list(building.street);
  const found = buildings.find(({ id }) => id === building.id);
  expect(found).toMatchObject({ known: [], told: [] });
  // A unit of it that no turf walks: it is not at this one that it is said.
  await correct(building.id, { about: 'warning', text: 'Loose dog' });
  const { history, turf } = await packetNow();
  expect(history.map(read)).toMatchObject([{ type: 'building', scopeId: turf.id }]);
  expect((await list()).buildings).toHaveLength(1);
  const devices = await db.read.selectFrom('devices').select('entered_by').execute();
  expect(devices.filter((row) => row.entered_by !== null)).toHaveLength(1);
});

test('no phone is told of a building that the chapter does not have, and nobody writes an empty word', async () => {
  const { building } = firstDoor();
  const post = (id: string, body: object) =>
    server.app.inject({
      method: 'POST',
      url: `/v1/buildings/${id}/memory`,
      headers: desk.headers,
      payload: { opId: newOp(), ...body },
    });
  const gone = await post(newOp(), { about: 'buzzer', text: 'x' });
  expect(gone.statusCode).toBe(404);
  for (const text of ['', ' ', 'x'.repeat(301)]) {
    expect((await post(building.id, { about: 'buzzer', text })).statusCode).toBe(400);
  }
});

test('a search finds every building page by page, and a sign of the database is a sign', async () => {
  const { building } = firstDoor();
  const row = await db.read.selectFrom('buildings').selectAll().limit(1).executeTakeFirstOrThrow();
  const { key: _, ...like } = row;
  const more = Array.from({ length: 260 }, (_, n) => ({
    ...like,
    id: makeId<BuildingId>(START + n, (size) => crypto.getRandomValues(new Uint8Array(size))),
    address_key: `long ${n}`,
    number: String(n + 1),
    street: 'Long Lane',
  }));
  await db.write((trx) => trx.insertInto('buildings').values(more).execute());
  const numbers: string[] = [];
  let after: number | null = 0;
  while (after !== null) {
    const path = `/v1/buildings?q=long%20l&after=${after}`;
    const page: BuildingPage = await call(server, desk, 'GET', path);
    expect(page.total).toBe(260);
    numbers.push(...page.buildings.map(({ number }) => number));
    after = page.next;
  }
  expect(numbers).toEqual(more.map(({ number }) => number));
  expect((await list('260 Long')).buildings).toMatchObject([{ street: 'Long Lane' }]);
  expect((await list(building.street)).total).toBeGreaterThan(0);
  for (const sign of ['%', '_', '\\']) expect((await list(sign)).total).toBe(0);
});
