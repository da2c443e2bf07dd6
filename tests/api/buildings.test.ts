import { afterEach, beforeEach, expect, test } from 'vitest';
import { rememberBuildings } from '#shared/canvass/building-memory.ts';
import { withFoundDoors } from '#shared/canvass/found-doors.ts';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { Turf, TurfDoor } from '#shared/model/turf.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { START, type TestApp } from './make-app.ts';
import { makeKnock } from './make-knock.ts';
import { makeOakdale } from './make-oakdale.ts';
import { around } from './make-town.ts';
import { redrawPublished } from './redraw-published.ts';
import { call, joinPhone, push, seal, sealKnock, type Walk } from './make-walk.ts';

const FOUND = '0190a0a0-0000-7000-8000-00000000f0d1' as DoorId;
let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let desk: { headers: { cookie: string } };
beforeEach(async () => {
  ({ server, db, walk, desk } = await makeOakdale());
});
afterEach(() => server.close());

const turfOf = async () => (await call<Turf[]>(server, desk, 'GET', '/v1/turfs'))[0];
const readPacket = async () => call<Packet>(server, await walk.phone.reader(), 'GET', '/v1/packet');
const read = ({ body }: { readonly body: string }) => JSON.parse(body) as Operation;

function firstBuilding() {
  const [door] = walk.phone.packet.doors;
  if (door === undefined) throw new Error('an empty packet');
  return door.buildingId;
}

test('a door found on the way is the turf’s: at its building, counted, walked by the next phone, and gone when taken back', async () => {
  const { phone } = walk;
  const buildingId = firstBuilding();
  const before = phone.packet.doors;
  const payload = { doorId: FOUND, buildingId, unit: '3', floor: null };
  const door = seal(phone, 'door', payload, START);
  const knock = sealKnock(phone, makeKnock(FOUND), START);
  const { results } = await push(server, phone, [knock, door]);
  expect(results.map((one) => one.status)).toEqual(['applied', 'applied']);

  const { packet } = await joinPhone(server, await walk.code(), 'Ida');
  expect(packet.turf.version).toBe(phone.packet.turf.version);
  const own = { id: FOUND, buildingId, unit: '3', position: before.length + 1 };
  expect(packet.doors).toEqual([before[0], before[1], own, ...before.slice(2)]);
  // What a phone makes of the facts alone is the same list.
  const facts = new Map([[FOUND, packet.history.map(read)]]);
  expect(withFoundDoors(before, facts)).toEqual(packet.doors);
  expect((await turfOf())?.tally).toMatchObject({ doors: before.length + 1, knocked: 1 });

  for (const { opId } of [knock, door]) {
    await push(server, phone, [seal(phone, 'withdraw', { doorId: FOUND, opId }, START)]);
  }
  expect((await readPacket()).doors).toEqual(before);
  const turf = await turfOf();
  expect(turf?.tally).toMatchObject({ doors: before.length, knocked: 0 });
  const listed = await call<TurfDoor[]>(server, desk, 'GET', `/v1/turfs/${turf?.id}/doors`);
  expect(listed.map(({ doorId }) => doorId)).toEqual(before.map(({ id }) => id));
});

test('the next pass of a turf keeps a door that was found, though no universe has it', async () => {
  const { phone, turf } = walk;
  const payload = { doorId: FOUND, buildingId: firstBuilding(), unit: '3', floor: null };
  const knock = sealKnock(phone, makeKnock(FOUND), START);
  await push(server, phone, [seal(phone, 'door', payload, START), knock]);
  const next = await call<{ readonly turfId: string }>(
    server,
    desk,
    'POST',
    `/v1/turfs/${turf.id}/next-pass`,
    {
      doors: 'no-contact',
      publish: false,
    },
  );
  await call(server, desk, 'POST', `/v1/turfs/${next.turfId}/publish`);
  const listed = await call<TurfDoor[]>(server, desk, 'GET', `/v1/turfs/${next.turfId}/doors`);
  expect(listed.map(({ doorId }) => doorId)).toContain(FOUND);
  expect(listed).toHaveLength(phone.packet.doors.length + 1);
});

test('a found door leaves a turf with its building, and comes back with it', async () => {
  const { phone, turf } = walk;
  const doors = async () => (await readPacket()).doors.map(({ id }) => id);
  const last = phone.packet.doors.at(-1);
  if (last === undefined) throw new Error('an empty packet');
  const payload = { doorId: FOUND, buildingId: last.buildingId, unit: '3', floor: null };
  await push(server, phone, [seal(phone, 'door', payload, START)]);
  const whole = await doors();
  expect(whole).toContain(FOUND);
  const cut = (to: number) => redrawPublished(db, turf.id, around(0, to), server.time.now);
  await cut(2);
  expect(await doors()).not.toContain(FOUND);
  await cut(3);
  expect(await doors()).toEqual(whole);
});

test('what was learnt of a building at any of its doors comes with the packet, with its other units and nobody’s name', async () => {
  const { phone } = walk;
  const buildingId = firstBuilding();
  const door = seal(phone, 'door', { doorId: FOUND, buildingId, unit: '3', floor: null }, START);
  const told = (text: string | null) =>
    seal(phone, 'building', { doorId: FOUND, buildingId, about: 'access', text }, START);
  const [wrong, right] = [told('Ring twice'), told('Code 12')];
  const undo = seal(phone, 'withdraw', { doorId: FOUND, opId: wrong.opId }, START);
  const flag = sealKnock(phone, makeKnock(FOUND, 'do-not-contact'), START);
  await push(server, phone, [door, wrong, undo, right, flag]);
  expect(await readPacket()).not.toHaveProperty('memory');
  // Another campaign's turf has the building without this door.
  await db.write((trx) =>
    trx
      .deleteFrom('turf_doors')
      .where('door_key', '=', (of) => of.selectFrom('doors').select('key').where('id', '=', FOUND))
      .execute(),
  );
  const { memory, units } = await readPacket();
  expect(units).toEqual([{ id: FOUND, buildingId, unit: '3', doNotContact: true }]);
  expect(memory?.map(({ opId }) => opId)).toEqual([right.opId]);
  expect(rememberBuildings((memory ?? []).map(read)).get(buildingId)).toMatchObject([
    { about: 'access', text: 'Code 12', seenBy: 1 },
  ]);
});
