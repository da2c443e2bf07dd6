import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeId, type BuildingId, type TurfId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { PassTurf } from '#shared/model/launch.ts';
import type { TurfSet } from '#shared/model/turf-library.ts';
import type { KeepTurf, KeptPlan } from '#shared/model/turf-plan.ts';
import type { Turf } from '#shared/model/turf.ts';
import { EVERYONE, type Universe, type UniverseDoors } from '#shared/model/universe.ts';
import { planDoorsOf } from '#shared/turf/plan/plan-doors.ts';
import { startPlan } from '#shared/turf/plan/start-plan.ts';
import { BY_SERVER } from '../../server/audit/append-audit.ts';
import { sweepChapter } from '../../server/privacy/sweep-chapter.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { UNSEEN } from '../../server/turf/stage-turfs.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeKnock } from './make-knock.ts';
import { around, makeTown } from './make-town.ts';
import { call, makeWalk, push, sealKnock } from './make-walk.ts';

const random = seededBytes(seededDice(11));

let server: TestApp;
let db: ChapterDb;
let lead: { headers: { cookie: string } };
beforeEach(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  lead = await server.staff(db, 'coordinator');
});
afterEach(() => server.close());

const post = <T>(url: string, payload?: object): Promise<T> =>
  call<T>(server, lead, 'POST', url, payload);
const saveUniverse = (name: string, question: object = EVERYONE) =>
  post<Universe>('/v1/universes', { name, question });
const columnsOf = ({ id }: Universe) =>
  call<UniverseDoors>(server, lead, 'GET', `/v1/universes/${id}/doors`);
const keep = ({ id }: Universe, ...turfs: KeepTurf[]) =>
  call<KeptPlan>(server, lead, 'PUT', `/v1/universes/${id}/plan`, { turfs, removed: [] });
const turf = (name: string, more: Partial<KeepTurf>): KeepTurf => ({
  id: makeId<TurfId>(START, random),
  version: 0,
  name,
  hue: 1,
  outline: around(0, 0),
  buildings: [],
  towers: [],
  about: null,
  ...more,
});

test('a next pass that is a draft has only the doors left, also once it is planned with and published', async () => {
  const { phone, turf: first, universe } = await makeWalk(server, db);
  const spoken = phone.packet.doors[0]?.id ?? '';
  const contact = { ...makeKnock(spoken), outcome: { kind: 'contact' } } as const;
  await push(server, phone, [sealKnock(phone, contact, START)]);
  const wish = { doors: 'no-contact', publish: false };
  const { turfId, doors } = await post<PassTurf>(`/v1/turfs/${first.id}/next-pass`, wish);
  const columns = await columnsOf(universe);
  const turfs = await call<Turf[]>(server, lead, 'GET', `/v1/turfs?universe=${universe.id}`);
  expect(startPlan(planDoorsOf(columns), columns, turfs).turfs).toMatchObject([
    { key: turfId, counts: { buildings: 4, doors } },
  ]);
  expect(await post<Turf>(`/v1/turfs/${turfId}/publish`)).toMatchObject({ doors, people: 10 });
  const walked = await call<{ doorId: string }[]>(server, lead, 'GET', `/v1/turfs/${turfId}/doors`);
  expect(walked.map(({ doorId }) => doorId)).not.toContain(spoken);
});

test('a door that another open turf came to hold stays there when a turf is published', async () => {
  const some = { ...EVERYONE, parties: ['D'] };
  const universe = await saveUniverse('Some', some);
  const { buildings, doors } = await columnsOf(universe);
  const half = doors.indexOf(1);
  const building = buildings[half] as BuildingId;
  const [whole] = (await keep(universe, turf('Whole', { buildings: [building] }))).turfs;
  await server.app.inject({
    method: 'PATCH',
    url: `/v1/universes/${universe.id}`,
    headers: { ...lead.headers, 'if-match': '"1"' },
    payload: { question: EVERYONE },
  });
  const held = await db.read
    .selectFrom('turf_doors')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .select('doors.unit')
    .execute();
  const units = ['1', '2'].filter((unit) => unit !== held[0]?.unit);
  const [part] = (await keep(universe, turf('Part', { towers: [{ building, units }] }))).turfs;
  for (const one of [whole, part]) {
    expect(await post<Turf>(`/v1/turfs/${one?.id ?? ''}/publish`)).toMatchObject({ doors: 1 });
  }
});

test('turfs of two passes that were kept as one set share the units of a tower among them', async () => {
  const universe = await saveUniverse('All');
  const building = (await columnsOf(universe)).buildings[0] as BuildingId;
  const tower = turf('Tower', { towers: [{ building, units: ['1', '2'] }] });
  await keep(universe, tower);
  await post(`/v1/turfs/${tower.id}/publish`);
  const wish = { doors: 'no-contact', publish: true };
  const next = await post<PassTurf>(`/v1/turfs/${tower.id}/next-pass`, wish);
  const set = { name: 'Both', turfIds: [tower.id, next.turfId] };
  const { id } = await post<TurfSet>('/v1/turf-sets', set);
  const { id: universeId } = await saveUniverse('Again');
  const used = await post(`/v1/turf-sets/${id}/use`, { universeId });
  expect(used).toMatchObject({ turfs: 1, buildings: 1, empty: 1 });
});

test('what a server that fell over has left unseen is in nobody’s way, and is swept', async () => {
  const universe = await saveUniverse('All');
  const buildings = (await columnsOf(universe)).buildings.slice(0, 2) as BuildingId[];
  const [a, b] = buildings.map((one, n) => turf(`Left ${n}`, { buildings: [one] }));
  if (a === undefined || b === undefined) throw new Error('no buildings');
  await keep(universe, a, b);
  await db.write((trx) => trx.updateTable('turfs').set({ closed_at: UNSEEN }).execute());
  const listed = await call<Universe[]>(server, lead, 'GET', '/v1/universes');
  expect(listed).toMatchObject([{ turfs: 0 }]);
  const publish = { method: 'POST', url: `/v1/turfs/${a.id}/publish`, ...lead } as const;
  expect((await server.app.inject(publish)).statusCode).toBe(404);
  const count = async () => (await db.read.selectFrom('turfs').select('id').execute()).length;
  await sweepChapter(db, BY_SERVER, () => START);
  expect(await count()).toBe(2);
  server.time.now += 3_600_000;
  await db.write((trx) =>
    trx.updateTable('turfs').set({ created_at: server.time.now }).where('id', '=', b.id).execute(),
  );
  await sweepChapter(db, BY_SERVER, () => server.time.now);
  expect(await count()).toBe(1);
  server.time.now += 3_600_000;
  await call(server, lead, 'DELETE', `/v1/universes/${universe.id}`);
  expect(await count()).toBe(0);
});
