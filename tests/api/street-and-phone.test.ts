import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeId, type PersonId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { LaunchBoard } from '#shared/model/launch.ts';
import type { PlannedShift } from '#shared/model/next-shift.ts';
import type { SaidOfTurf } from '#shared/model/said-of-turf.ts';
import type { MadeTurfs } from '#shared/model/turf-kind.ts';
import type { Turf } from '#shared/model/turf.ts';
import type { Universe, UniverseDoors } from '#shared/model/universe.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { listTurfs } from '../../server/turf/list-turfs.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import {
  call,
  joinPhone,
  launch,
  makeWalk,
  push,
  seal,
  type Phone,
  type Walk,
} from './make-walk.ts';

const HOUR = 3_600_000;
const random = seededBytes(seededDice(41));

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let desk: { headers: { cookie: string } };
beforeEach(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  walk = await makeWalk(server, db);
  desk = await server.staff(db, 'coordinator');
});
afterEach(() => server.close());

type Says = Parameters<typeof seal>[1];
const say = (phone: Phone, type: Says, payload: Parameters<typeof seal>[2], at = START) =>
  push(server, phone, [seal(phone, type, payload, at)]);
const open = async ({ turfIds }: MadeTurfs, at = 0): Promise<Phone> => {
  const [id] = turfIds.slice(at);
  if (id === undefined) throw new Error('no turf was made');
  return joinPhone(server, (await launch(server, db, id)).code, `Walker ${at}`);
};

test('a stall is no turf to be planned with; whom it meets is at the stall for the next phone', async () => {
  const wish = { name: 'Saturday stall', place: 'Farmers’ market', lon: -50, lat: 42 };
  const made = await call<MadeTurfs>(server, desk, 'POST', '/v1/stalls', wish);
  const phone = await open(made);
  expect(phone.packet.turf).toMatchObject({ name: wish.name, kind: 'stall' });
  expect(phone.packet.buildings).toMatchObject([{ street: wish.place, lon: -50, lat: 42 }]);
  const [door] = phone.packet.doors;
  if (door === undefined) throw new Error('a stall has a door');
  const personId = makeId<PersonId>(START, random);
  const met = { personId, doorId: door.id, firstName: 'Ana', lastName: '' };
  expect(await say(phone, 'resident', met)).toMatchObject({ results: [{ status: 'applied' }] });
  const spoke = { personId, outcome: { kind: 'contact' }, answers: [], note: null, by: 'street' };
  await say(phone, 'knock', { doorId: door.id, ...spoke });

  const { packet } = await open(made);
  expect(packet.people).toMatchObject([{ id: personId, kind: 'resident', firstName: 'Ana' }]);
  const universes = await call<Universe[]>(server, desk, 'GET', '/v1/universes');
  expect(universes.map(({ name }) => name)).toEqual(['Everyone']);
  const turfs = await call<Turf[]>(server, desk, 'GET', '/v1/turfs');
  expect(turfs.find(({ kind }) => kind === 'stall')?.tally).toMatchObject({ contacts: 1 });

  const url = (id: string | undefined) => `/v1/turfs/${id}/close`;
  await call(server, desk, 'POST', url(made.turfIds[0]));
  const { rows } = await call<LaunchBoard>(server, desk, 'GET', '/v1/launch');
  expect(rows.find(({ turfId }) => turfId === made.turfIds[0])?.closedAt).toBe(START);
  // A turf that is walked ends by its next pass alone.
  const walked = { method: 'POST', url: url(walk.turf.id), headers: desk.headers } as const;
  expect((await server.app.inject(walked)).statusCode).toBe(404);
});

test('call lists have whoever has a telephone once, by household, and leave walked turf alone', async () => {
  const calls = { name: 'Calls', universeId: walk.universe.id, perList: 5 };
  const post = () =>
    server.app.inject({
      method: 'POST',
      url: '/v1/call-lists',
      headers: desk.headers,
      payload: calls,
    });
  expect((await post()).json()).toMatchObject({ problem: { code: 'nobody-to-call' } });
  const withPhone = [1, 2, 3, 4, 5, 6, 10];
  await db.write((trx) =>
    trx.updateTable('voters').set({ phone: '5550100' }).where('line', 'in', withPhone).execute(),
  );
  const asks = {
    doorId: walk.phone.packet.people.find((one) => one.firstName === 'First6')?.doorId,
  };
  if (asks.doorId === undefined) throw new Error('the sixth lives on the turf');
  const never = { kind: 'result', result: 'do-not-contact' };
  const stop = { doorId: asks.doorId, personId: null, outcome: never, answers: [], note: null };
  await say(walk.phone, 'knock', stop);

  const made: MadeTurfs = (await post()).json();
  expect(made).toMatchObject({ people: 6, more: false });
  expect(made.turfIds).toHaveLength(2);
  const phone = await open(made);
  expect(phone.packet.turf).toMatchObject({ name: 'Calls 1', kind: 'calls' });
  const targets = phone.packet.people.filter(({ target }) => target);
  expect(targets.every((one) => one.phone === '5550100')).toBe(true);
  const [first] = targets;
  if (first === undefined) throw new Error('somebody is to be called');
  const voicemail = { kind: 'result', result: 'voicemail' };
  const called = { personId: first.id, outcome: voicemail, answers: [], note: null, by: 'phone' };
  expect(await say(phone, 'knock', { doorId: first.doorId, ...called })).toMatchObject({
    results: [{ status: 'applied' }],
  });
  // Everybody is on an open list now, and the plan of the universe knows of no list.
  expect((await post()).json()).toMatchObject({ problem: { code: 'nobody-to-call' } });
  const url = `/v1/universes/${walk.universe.id}/doors`;
  const plan = await call<UniverseDoors>(server, desk, 'GET', url);
  expect(plan.turfs).toEqual([walk.turf.id]);
});

test('whoever said that nobody may call them, or that there is no number, is on no call list', async () => {
  const people = walk.phone.packet.people;
  const ids = people.slice(0, 4).map(({ id }) => id);
  const keys = db.read.selectFrom('people').select('key').where('id', 'in', ids);
  await db.write((trx) =>
    trx.updateTable('voters').set({ phone: '5550100' }).where('person_key', 'in', keys).execute(),
  );
  const [never, gone, other, may] = people;
  const fresh = people[5];
  if (!never || !gone || !other || !may || !fresh) throw new Error('people live there');
  const words = { wording: 'May we call you?', wordingHash: 'a'.repeat(64) };
  const of = ({ id, doorId }: typeof never) => ({ personId: id, doorId });
  const refuse = (who: typeof never, channel: string) =>
    say(walk.phone, 'contact-consent', { ...of(who), channel, given: false, ...words });
  await refuse(never, 'call');
  await refuse(may, 'text');
  await say(walk.phone, 'correct', { ...of(gone), field: 'phone', value: '' });
  await say(walk.phone, 'correct', { ...of(fresh), field: 'phone', value: '5550199' });
  const wish = { name: 'Calls', universeId: walk.universe.id, perList: 50 };
  const post = () => call<MadeTurfs>(server, desk, 'POST', '/v1/call-lists', wish);
  // Two people at the desk press at once: still nobody is on two lists.
  const made = await Promise.allSettled([post(), post()]);
  const done = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  expect(done).toMatchObject([{ people: 3 }]);
  const [list] = done;
  if (list === undefined) throw new Error('no list was made');
  const { packet } = await open(list);
  const called = packet.people.flatMap((one) => (one.target ? [one.id] : []));
  expect(called.sort()).toEqual([other.id, may.id, fresh.id].sort());
});

test('who said yes to a shift and what was said of a turf: the last word counts, at every door', async () => {
  const shift = {
    name: 'Next Saturday',
    place: 'Hall',
    startsAt: START + HOUR,
    endsAt: START + 2 * HOUR,
  };
  const backwards = { ...shift, endsAt: START };
  const refused = {
    method: 'POST',
    url: '/v1/shifts',
    headers: desk.headers,
    payload: backwards,
  } as const;
  expect((await server.app.inject(refused)).statusCode).toBe(400);
  const { id } = await call<{ id: string }>(server, desk, 'POST', '/v1/shifts', shift);
  const phone = await joinPhone(server, await walk.code(), 'Bo');
  expect(phone.packet.shifts).toEqual([{ ...shift, id, coming: null }]);
  const [one, two] = phone.packet.doors.map((door) => door.id);
  if (one === undefined || two === undefined) throw new Error('the turf has doors');
  await say(phone, 'sign-up', { doorId: two, shiftId: id, coming: false }, START);
  await say(phone, 'sign-up', { doorId: one, shiftId: id, coming: true }, START + 10);
  const listed = () => call<PlannedShift[]>(server, desk, 'GET', '/v1/shifts');
  expect(await listed()).toMatchObject([{ id, coming: [{ name: 'Bo' }], notComing: [] }]);
  const again = await call<{ shifts: unknown[] }>(
    server,
    await phone.reader(),
    'GET',
    '/v1/packet',
  );
  expect(again.shifts).toMatchObject([{ coming: true }]);

  const report = (rating: number) => ({ doorId: one, problems: ['dogs'], rating, note: null });
  await say(phone, 'turf-report', report(2), START + 20);
  await say(phone, 'turf-report', report(4), START + 30);
  const said = await call<SaidOfTurf[]>(server, desk, 'GET', '/v1/turf-reports');
  expect(said).toMatchObject([{ turfId: walk.turf.id, name: 'Bo', rating: 4, problems: ['dogs'] }]);

  await call(server, desk, 'DELETE', `/v1/shifts/${id}`);
  expect(await listed()).toMatchObject([{ cancelled: true }]);
  const last = await call<object>(server, await phone.reader(), 'GET', '/v1/packet');
  expect(last).not.toHaveProperty('shifts');
});

test('where everybody said that nobody may come by no cut leads, and nothing is left to do on a walk', async () => {
  const { people, doors } = walk.phone.packet;
  const door = doors.find(({ id }) => people.filter(({ doorId }) => doorId === id).length === 2);
  const [ann, bo] = people.filter(({ doorId }) => doorId === door?.id);
  if (!door || !ann || !bo) throw new Error('two people live behind one door');
  const asked = { wording: 'May we come by?', wordingHash: 'a'.repeat(64), channel: 'door' };
  const answer = (who: typeof ann, given: boolean) =>
    say(walk.phone, 'contact-consent', { doorId: door.id, personId: who.id, given, ...asked });
  const url = `/v1/universes/${walk.universe.id}/doors`;
  const count = async () => {
    const plan = await call<UniverseDoors>(server, desk, 'GET', url);
    const sum = (of: readonly number[]) => of.reduce((all, one) => all + one, 0);
    const [turf] = await listTurfs(db, [walk.turf.id], START);
    return [sum(plan.doors), sum(plan.people), turf?.tally.remaining];
  };
  const [all = 0, everybody = 0, toDo = 0] = await count();
  await answer(ann, false);
  // Somebody else there may still be asked.
  expect(await count()).toEqual([all, everybody - 1, toDo]);
  const next = await joinPhone(server, await walk.code(), 'Ivo');
  const targets = next.packet.people.flatMap(({ id, target }) => (target ? [id] : []));
  expect([targets.includes(ann.id), targets.includes(bo.id)]).toEqual([false, true]);

  await answer(bo, false);
  expect(await count()).toEqual([all - 1, everybody - 2, toDo - 1]);
  await answer(bo, true);
  expect(await count()).toEqual([all, everybody - 1, toDo]);
});
