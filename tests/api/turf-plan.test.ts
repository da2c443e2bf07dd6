import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeId, type BuildingId, type TurfId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { MultiPolygon } from '#shared/model/geojson.ts';
import type { KeepPlan, KeepTurf, KeptPlan, PlanSize } from '#shared/model/turf-plan.ts';
import type { TurfWalk } from '#shared/model/turf-walk.ts';
import type { Turf } from '#shared/model/turf.ts';
import { EVERYONE, type Universe, type UniverseDoors } from '#shared/model/universe.ts';
import { keptAtFirst, wishOf } from '#shared/turf/plan/keep-wish.ts';
import { moveDoors } from '#shared/turf/plan/move-doors.ts';
import { planDoorsOf } from '#shared/turf/plan/plan-doors.ts';
import { startPlan } from '#shared/turf/plan/start-plan.ts';
import { askNewcomers } from '../../server/roll/ask-newcomers.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { keepPlan } from '../../server/turf/keep-plan.ts';
import { listTurfs as listOpen } from '../../server/turf/list-turfs.ts';
import { refreshUniverseRows } from '../../server/store/universe-rows.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { redrawPublished } from './redraw-published.ts';
import { around, makeTown } from './make-town.ts';
import { call, joinPhone, launch, makeWalk, push, sealKnock } from './make-walk.ts';

const HOUR = 3_600_000;
const random = seededBytes(seededDice(7));
const newId = (): TurfId => makeId<TurfId>(START, random);

let server: TestApp;
let db: ChapterDb;
let lead: { headers: { cookie: string } };
let universe: Universe;
let columns: UniverseDoors;
beforeEach(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  lead = await server.staff(db, 'coordinator');
  universe = await call(server, lead, 'POST', '/v1/universes', { name: 'All', question: EVERYONE });
  columns = await readColumns();
});
afterEach(() => server.close());

const readColumns = () =>
  call<UniverseDoors>(server, lead, 'GET', `/v1/universes/${universe.id}/doors`);
const listTurfs = () => call<Turf[]>(server, lead, 'GET', `/v1/turfs?universe=${universe.id}`);
const keep = (plan: Partial<KeepPlan>, of = universe.id) =>
  server.app.inject({
    method: 'PUT',
    url: `/v1/universes/${of}/plan`,
    headers: lead.headers,
    payload: { turfs: [], removed: [], ...plan },
  });
const kept = async (plan: Partial<KeepPlan>): Promise<KeptPlan> => {
  const answer = await keep(plan);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json();
};
const building = (index: number): BuildingId => columns.buildings[index] as BuildingId;
const turf = (
  name: string,
  first: number,
  last: number,
  more: Partial<KeepTurf> = {},
): KeepTurf => ({
  id: newId(),
  version: 0,
  name,
  hue: 3,
  outline: around(first, last),
  buildings: Array.from({ length: last - first + 1 }, (_, i) => building(first + i)),
  towers: [],
  about: { how: 'cut', metres: 120, minutes: 40, crosses: ['major'], why: ['island'] },
  ...more,
});
const publish = (id: TurfId) => call<Turf>(server, lead, 'POST', `/v1/turfs/${id}/publish`);

test('the size that turfs were cut to is kept with the plan, and stays when none is said', async () => {
  const size: PlanSize = {
    by: 'minutes',
    doors: 45,
    minutes: 90,
    turfs: 40,
    tolerance: 15,
    wholePrecincts: true,
    wholeFaces: false,
    tidy: 30,
    barriers: ['water'],
  };
  const read = async () =>
    (await call<Universe[]>(server, lead, 'GET', '/v1/universes')).map(({ planSize }) => planSize);
  expect(await read()).toEqual([null]);
  await kept({ turfs: [turf('A', 0, 3)], size });
  expect(await read()).toEqual([size]);
  await kept({ turfs: [turf('B', 4, 6)] });
  expect(await read()).toEqual([size]);
  expect((await keep({ size: { ...size, minutes: 0 } })).statusCode).toBe(400);
  // Also when it is all that changed.
  await kept({ size: { ...size, minutes: 60 } });
  expect(await read()).toEqual([{ ...size, minutes: 60 }]);
});

test('a draft with another name keeps how far its walk is; one with other doors does not', async () => {
  const a = turf('A', 0, 3);
  await kept({ turfs: [a] });
  const { metres } = await call<TurfWalk>(server, lead, 'GET', `/v1/turfs/${a.id}/walk`);
  const listed = async () => (await listTurfs()).map(({ name, onFoot }) => [name, onFoot]);
  expect(await listed()).toEqual([['A', metres]]);
  await kept({ turfs: [{ ...a, version: 1, name: 'North' }] });
  expect(await listed()).toEqual([['North', metres]]);
  const fewer = { ...a, version: 2, buildings: a.buildings.slice(1) };
  await kept({ turfs: [fewer] });
  expect(await listed()).toEqual([['A', null]]);
});

test('a plan is kept whole: turfs come, change and go in one step, and read back as they were', async () => {
  const [a, b] = [turf('A', 0, 3), turf('B', 4, 6)];
  const first = await kept({ turfs: [b, a] });
  expect(first.leftOut).toBe(0);
  expect(first.turfs).toMatchObject([
    { id: b.id, version: 1, doors: 6, people: 9, hue: 3, about: b.about, outline: b.outline },
    { id: a.id, version: 1, doors: 8, people: 12 },
  ]);
  // Turfs move doors between them, and one is gone for a new one, at once.
  const c = turf('C', 2, 4);
  const wider = { ...a, version: 1, buildings: [building(1), building(0)] };
  const then = await kept({ turfs: [wider, c], removed: [{ id: b.id, version: 1 }] });
  expect(then.turfs).toMatchObject([
    { id: a.id, version: 2, doors: 4 },
    { id: c.id, version: 1, doors: 6 },
  ]);
  columns = await readColumns();
  expect(columns.turf.map((at) => (at < 0 ? 'uncut' : columns.turfs[at]))).toEqual(
    [a.id, a.id, c.id, c.id, c.id].concat(Array.from({ length: 5 }, () => 'uncut' as TurfId)),
  );
  expect(columns.position.slice(0, 5)).toEqual([3, 1, 1, 3, 5]);
  expect((await listTurfs()).map(({ name }) => name).sort()).toEqual(['A', 'C']);
});

test('the browser’s plan and the server’s are one: read, edited, sent, read again', async () => {
  await kept({ turfs: [turf('A', 0, 3), turf('B', 4, 6)] });
  const read = async () => {
    const [latest, turfs] = [await readColumns(), await listTurfs()];
    const doors = planDoorsOf(latest);
    return { doors, turfs, plan: startPlan(doors, latest, turfs) };
  };
  const { doors, turfs, plan } = await read();
  const [a, b] = plan.turfs;
  const moved = moveDoors(plan, doors, [3, 8], b?.key ?? '');
  if (!moved.ok) throw new Error(moved.problem.code);
  const wish = wishOf(keptAtFirst(plan, turfs), moved.value, doors);
  expect(wish?.turfs.map(({ id, version }) => [id, version])).toEqual([
    [a?.key, 1],
    [b?.key, 1],
  ]);
  await kept(wish ?? {});
  const again = await read();
  expect(again.plan.turfs).toMatchObject(
    moved.value.turfs.map(({ order, counts, outline, about }) => ({
      order,
      counts: { buildings: counts.buildings, doors: counts.doors },
      outline,
      about,
    })),
  );
  expect(again.plan.uncut).toEqual(moved.value.uncut);
});

test('a plan whose answer was lost is sent again and changes nothing; an older one is refused', async () => {
  const [a, b] = [turf('A', 0, 3), turf('B', 4, 6)];
  await kept({ turfs: [a, b] });
  const wish = { turfs: [{ ...a, version: 1, buildings: [building(0)] }] };
  const removed = [{ id: b.id, version: 1 }];
  const once = await kept({ ...wish, removed });
  expect(await kept({ ...wish, removed })).toEqual(once);
  // The same words for other doors are another wish.
  const other = await keep({ turfs: [{ ...a, version: 1, buildings: [building(1)] }] });
  expect([other.statusCode, other.json()]).toMatchObject([
    409,
    { problem: { code: 'turf-taken-over', facts: { turf: 'A' } } },
  ]);
});

test('one refusal and nothing of a plan is kept; it says the turf’s name', async () => {
  const [a, b] = [turf('A', 0, 3), turf('B', 4, 6)];
  await kept({ turfs: [a, b] });
  await publish(b.id);
  const before = await listTurfs();
  const stranger = newId();
  const refused: readonly [Partial<KeepPlan>, object][] = [
    [{ turfs: [turf('C', 3, 3)] }, { code: 'building-in-two-turfs', facts: { turfs: 'A' } }],
    [
      { turfs: [turf('C', 8, 9), turf('D', 9, 9)] },
      { code: 'building-in-two-turfs', facts: { turfs: 'C, D' } },
    ],
    [
      { turfs: [{ ...a, version: 9, name: 'New' }] },
      { code: 'turf-taken-over', facts: { turf: 'A' } },
    ],
    [{ turfs: [{ ...b, version: 2 }] }, { code: 'turf-fixed', facts: { turf: 'B' } }],
    [{ removed: [{ id: b.id, version: 2 }] }, { code: 'turf-fixed', facts: { turf: 'B' } }],
    [{ removed: [{ id: a.id, version: 7 }] }, { code: 'turf-taken-over', facts: { turf: 'A' } }],
    [{ turfs: [turf('C', 8, 8, { id: stranger, version: 3 })] }, { code: 'turf-taken-over' }],
    [{ turfs: [a], removed: [{ id: a.id, version: 1 }] }, { code: 'turf-twice' }],
    [{ turfs: [turf('C', 8, 8, { outline: shifted(200) })] }, { code: 'outline-off-map' }],
  ];
  for (const [plan, problem] of refused) {
    // Beside something that could be kept by itself.
    const answer = await keep({ ...plan, turfs: [...(plan.turfs ?? []), turf('Fine', 7, 7)] });
    expect(answer.json()).toMatchObject({ problem });
  }
  expect((await keep({ turfs: [a] }, newId() as never)).statusCode).toBe(404);
  expect(await listTurfs()).toEqual(before);
});

const shifted = (lon: number): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [lon, 0],
        [lon + 1, 0],
        [lon, 1],
        [lon, 0],
      ],
    ],
  ],
});

test('a plan that is too much for one turn is seen all at once; of one that comes too late nothing stays', async () => {
  const means = { clock: () => START };
  const few = { ...means, rowsAtOnce: 8 };
  const names = async (): Promise<string[]> =>
    (await listOpen(db, universe.id, START)).map(({ name }) => name).sort();
  const rows = async (): Promise<number> =>
    (await db.read.selectFrom('turf_doors').select('turf_id').execute()).length;
  const first = [turf('A', 0, 1), turf('B', 2, 3), turf('C', 4, 5)];
  const write = db.write.bind(db);
  const seen: number[] = [];
  const watch = vi.spyOn(db, 'write').mockImplementation(async (work) => {
    seen.push((await names()).length);
    return write(work);
  });
  expect(await keepPlan(db, universe.id, { turfs: first, removed: [] }, few)).toMatchObject({
    ok: true,
    value: { turfs: [{ name: 'A', doors: 4 }, { name: 'B' }, { name: 'C', people: 6 }] },
  });
  expect(new Set(seen)).toEqual(new Set([0]));
  const then = [turf('D', 0, 3), turf('E', 4, 4)];
  const removed = first.map(({ id }) => ({ id, version: 1 }));
  expect(await keepPlan(db, universe.id, { turfs: then, removed }, few)).toMatchObject({
    ok: true,
  });
  expect([await names(), await rows()]).toEqual([['D', 'E'], 10]);
  // Somebody takes a building while the next plan is being written.
  let turns = 0;
  watch.mockImplementation(async (work) => {
    turns += 1;
    if (turns === 2)
      await keepPlan(db, universe.id, { turfs: [turf('R', 9, 9)], removed: [] }, means);
    return write(work);
  });
  const late = { turfs: [turf('F', 6, 7), turf('G', 8, 9)], removed: [] };
  expect(await keepPlan(db, universe.id, late, few)).toMatchObject({
    problem: { code: 'building-in-two-turfs', facts: { turfs: 'R' } },
  });
  watch.mockRestore();
  expect([await names(), await rows()]).toEqual([['D', 'E', 'R'], 12]);
});

test('buildings that the universe no longer has are left out and counted', async () => {
  const gone = '0190a0a0-0000-7000-8000-00000000dead' as BuildingId;
  const wish = turf('A', 0, 1, { buildings: [gone, building(0), building(0)] });
  const answer = await kept({ turfs: [wish] });
  expect(answer).toMatchObject({ leftOut: 1, turfs: [{ doors: 2 }] });
});

test('of a tower each turf has its own units; publishing takes no others; whole buildings take newcomers', async () => {
  const tower = building(0);
  const low = turf('Low', 1, 1, { towers: [{ building: tower, units: ['1'] }] });
  const high = turf('High', 2, 2, { buildings: [], towers: [{ building: tower, units: ['2'] }] });
  await kept({ turfs: [low, high] });
  const read = await readColumns();
  expect(read.shared).toMatchObject([
    [
      0,
      [
        [0, ['1']],
        [1, ['2']],
      ],
    ],
  ]);
  const twice = await keep({
    turfs: [turf('C', 3, 3, { towers: [{ building: tower, units: ['2', '9'] }] })],
  });
  expect(twice.json()).toMatchObject({ problem: { facts: { turfs: 'High' } } });
  await addDoor(1);
  await addDoor(2);
  expect(await publish(low.id)).toMatchObject({ state: 'published', doors: 4 });
  expect(await publish(high.id)).toMatchObject({ doors: 1, people: 1 });
});

test('publishing keeps the listed doors, wherever the outline is', async () => {
  const wish = turf('A', 0, 1, { outline: around(8, 9) });
  await kept({ turfs: [wish] });
  expect(await publish(wish.id)).toMatchObject({ doors: 4, outline: wish.outline });
  const doors = await call<{ buildingId: string }[]>(
    server,
    lead,
    'GET',
    `/v1/turfs/${wish.id}/doors`,
  );
  expect(new Set(doors.map(({ buildingId }) => buildingId))).toEqual(
    new Set([building(0), building(1)]),
  );
});

test('whom the roll brings to the doors of a planned turf is asked for there too', async () => {
  const wish = turf('A', 0, 1);
  await kept({ turfs: [wish] });
  await publish(wish.id);
  await addPerson(1);
  // What an import leaves of the difference between two rolls.
  await db.write(async (trx) => {
    await sql`create table roll_changes (from_door bigint, to_door bigint)`.execute(trx);
    await sql`insert into roll_changes values (null, 1)`.execute(trx);
  });
  await askNewcomers(db);
  expect(await listTurfs()).toMatchObject([{ doors: 4, people: 7, version: 3 }]);
});

test('an outline of several parts goes to phones whole, and its largest part to older ones', async () => {
  const parts: MultiPolygon = {
    type: 'MultiPolygon',
    coordinates: [around(0, 0).coordinates, around(1, 3).coordinates],
  };
  const wish = turf('A', 0, 3, { outline: parts });
  await kept({ turfs: [wish] });
  await publish(wish.id);
  const phone = await joinPhone(server, (await launch(server, db, wish.id)).code);
  expect(phone.packet.turf).toMatchObject({ outline: around(1, 3), parts });
});

test('knocks of a turf that was cut again while the phone was away are kept, late, and after days are held', async () => {
  const { turf: walked, phone, universe: all } = await makeWalk(server, db);
  universe = all;
  const doorId = phone.packet.doors.at(-1)?.id;
  if (doorId === undefined) throw new Error('no door');
  // Its last buildings go to a turf of another plan, which somebody else walks.
  await redrawPublished(db, walked.id, around(0, 1), START);
  const next = turf('Next', 2, 4);
  await kept({ turfs: [next] });
  await publish(next.id);
  const outcome = { kind: 'result', result: 'not-home' } as const;
  const knock = { doorId, personId: null, outcome, answers: [], note: null };
  server.time.now = START + 2 * HOUR;
  const soon = await push(server, phone, [sealKnock(phone, knock, START + HOUR)]);
  expect(soon.results).toMatchObject([{ status: 'applied', late: true }]);
  // The door has that knock whoever holds it now; the turf it has come to was not walked by it.
  const other = (await listTurfs()).find(({ id }) => id === next.id);
  expect(other).toMatchObject({ tally: { doors: 6, knocks: 0, remaining: 6 } });
  server.time.now = START + 99 * HOUR;
  const late = await push(server, phone, [sealKnock(phone, knock, START + 98 * HOUR)]);
  expect(late.results).toMatchObject([{ status: 'held', reason: 'scope' }]);
});

/** Somebody new behind a door, by its key. */
async function addPerson(doorKey: number): Promise<void> {
  await db.write(async (trx) => {
    const id = newId() as string;
    const { key: made } = await trx
      .insertInto('people')
      .values({ id: id as never, kind: 'voter', source_id: id, door_key: doorKey })
      .returning('key')
      .executeTakeFirstOrThrow();
    const like = await trx.selectFrom('voters').selectAll().limit(1).executeTakeFirstOrThrow();
    await trx
      .insertInto('voters')
      .values({ ...like, person_key: made })
      .execute();
  });
  await db.write(refreshUniverseRows);
}

/** A third door with somebody behind it in a building, by its key. */
async function addDoor(buildingKey: number): Promise<void> {
  const { key } = await db.write((trx) =>
    trx
      .insertInto('doors')
      .values({ id: newId() as never, building_key: buildingKey, unit: '3', unit_key: '3' })
      .returning('key')
      .executeTakeFirstOrThrow(),
  );
  await addPerson(key);
}
