import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foldDoor } from '#shared/canvass/door-state.ts';
import { findTwins, joinTwins, withFoundDoors } from '#shared/canvass/found-doors.ts';
import {
  type DoorId,
  idFromDigest,
  type ImportId,
  makeId,
  type PersonId,
} from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import { normaliseUnit } from '#shared/model/unit-name.ts';
import { joinTwinDoors } from '../../server/store/join-twins.ts';
import { settleHeld } from '../../server/sync/settle-held.ts';
import { makePushAcceptor } from '../../server/sync/accept-push.ts';
import { readList } from '../../server/turf/read-packet.ts';
import { CommitNotices } from '../../server/sync/notify.ts';
import { onPostgres } from '../postgres/test-server.ts';
import { hashedBytes } from './hashed-bytes.ts';
import { type MadeChapter, type MadeDevice, makeChapter, START } from './make-chapter.ts';
import { makeOperation, makePush, resultKnock, seal } from './make-operation.ts';

const accept = makePushAcceptor(new CommitNotices());
const random = hashedBytes('found doors');
const DAY = 86_400_000;
let made: MadeChapter;
beforeAll(async () => {
  made = await makeChapter(7);
});
afterAll(() => made.remove());

async function makeTurf() {
  const doors = await made.addDoors(2);
  const turf = await made.addTurf(doors);
  const devices = [await made.addDevice([turf]), await made.addDevice([turf])] as const;
  const [home, other] = doors;
  if (home === undefined || other === undefined) throw new Error('no doors');
  return { turf, devices, home, other };
}
type Turf = Awaited<ReturnType<typeof makeTurf>>;

const found = (
  { turf, devices, home }: Turf,
  doorId: DoorId,
  phone: 0 | 1 = 0,
  buildingId = home.buildingId,
  unit = '3A',
): Operation =>
  makeOperation(made, {
    device: devices[phone],
    turf,
    type: 'door',
    payload: { doorId, buildingId, unit, floor: '3' },
  });
const newDoor = (): DoorId => makeId<DoorId>(START, random);

async function push(device: MadeDevice, facts: readonly Operation[], now = START) {
  const { deviceKey, deviceId, member } = device;
  const sealed = await Promise.all(facts.map(seal));
  const phone = { deviceKey, deviceId, memberId: member.id };
  return (await accept(made.db(), phone, makePush({ ...made, random }, device, sealed), now))
    .results;
}

const knockAt = (
  { turf, devices }: Turf,
  doorId: DoorId,
  phone: 0 | 1,
  more: { at?: number; result?: 'not-home' | 'do-not-contact' } = {},
): Operation =>
  makeOperation(made, {
    device: devices[phone],
    turf,
    type: 'knock',
    payload: resultKnock({ id: doorId }, more.result ?? 'not-home'),
    atMs: more.at ?? START,
  });

const readLog = (ids: readonly DoorId[]) =>
  made
    .db()
    .read.selectFrom('ops')
    .innerJoin('doors', 'doors.key', 'ops.door_key')
    .select(['doors.id', 'ops.op_id', 'ops.late'])
    .where('doors.id', 'in', [...ids])
    .execute();
const readHeld = (ops: readonly Operation[]) =>
  made
    .db()
    .read.selectFrom('held_ops')
    .select(['key', 'reason', 'decision', 'as_seq'])
    .where(
      'op_id',
      'in',
      ops.map((op) => op.opId),
    )
    .execute();
const readTurfDoors = (turf: Turf['turf']) =>
  made
    .db()
    .read.selectFrom('turf_doors')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .select(['doors.id', 'turf_doors.position', 'turf_doors.removed_seq'])
    .where('turf_id', '=', turf.id)
    .orderBy('position')
    .execute();

interface Plan {
  readonly kind: 'found' | 'knock' | 'flag' | 'withdraw';
  readonly door: 0 | 1;
  readonly phone: 0 | 1;
}
const plan = fc.record<Plan>({
  kind: fc.constantFrom('found', 'knock', 'knock', 'flag', 'withdraw'),
  door: fc.constantFrom(0, 1),
  phone: fc.constantFrom(0, 1),
});

test('no knock at a found door is lost or doubled, whatever comes first, in whichever batches, however often', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(plan, { minLength: 1, maxLength: 10 }),
      fc.infiniteStream(fc.nat(1_000)),
      async (plans, dice) => {
        const turf = await makeTurf();
        const ids = [newDoor(), newDoor()] as const;
        // Somebody has found each of them, sooner or later; often both phones have.
        const units = new Map([
          [ids[0], '3A'],
          [ids[1], '3B'],
        ]);
        const find = (id: DoorId, phone: 0 | 1 = 0) =>
          found(turf, id, phone, turf.home.buildingId, units.get(id));
        const facts: Operation[] = ids.map((id) => find(id));
        for (const { kind, door, phone } of plans) {
          const id = ids[door];
          if (kind === 'found') facts.push(find(id, phone));
          else if (kind === 'withdraw') {
            const target = facts[door];
            if (target === undefined) throw new Error('nothing to take back');
            const payload = { doorId: id, opId: target.opId };
            const wish = { device: turf.devices[phone], turf: turf.turf, payload };
            facts.push(makeOperation(made, { ...wish, type: 'withdraw' }));
          } else {
            const result = kind === 'flag' ? 'do-not-contact' : 'not-home';
            facts.push(knockAt(turf, id, phone, { result }));
          }
        }
        const next = (): number => dice.next().value ?? 0;
        const left = [...facts, ...facts.filter(() => next() % 3 === 0)];
        while (left.length > 0) {
          const batch = Array.from({ length: 1 + (next() % 3) }, () =>
            left.splice(next() % Math.max(1, left.length), 1),
          ).flat();
          // At once, as two phones do: they may share a commit.
          await Promise.all(
            turf.devices.map((device) =>
              push(
                device,
                batch.filter((fact) => fact.deviceId === device.deviceId),
              ),
            ),
          );
        }
        const log = await readLog(ids);
        expect(log.map((row) => Buffer.from(row.op_id).toString('hex')).sort()).toEqual(
          facts.map((fact) => fact.opId.replaceAll('-', '')).sort(),
        );
        expect((await readHeld(facts)).every((row) => row.decision === 'accepted')).toBe(true);
        const doors = await readTurfDoors(turf.turf);
        expect(doors.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
        expect(doors.map(({ id }) => id).sort()).toEqual(
          [turf.home.id, turf.other.id, ...ids].sort(),
        );
      },
    ),
    { numRuns: onPostgres ? 15 : 60 },
  );
});

test('a door found in a turf that was taken back meanwhile stands in it as its building does', async () => {
  const turf = await makeTurf();
  const id = newDoor();
  await made.db().write(async (trx) => {
    await trx
      .updateTable('turf_doors')
      .set({ removed_seq: 1, removed_at: START + 1000 })
      .where('turf_id', '=', turf.turf.id)
      .where('door_key', '=', turf.home.key)
      .execute();
  });
  const heir = await made.addTurf([turf.home]);
  const facts = [
    knockAt(turf, id, 0, { at: START + 500 }),
    found(turf, id),
    knockAt(turf, id, 1, { at: START + 5000 }),
  ];
  for (const fact of facts) {
    const device = fact.deviceId === turf.devices[0].deviceId ? turf.devices[0] : turf.devices[1];
    await push(device, [fact], START + DAY);
  }
  const late = (await readLog([id])).filter((row) => row.late === 1);
  expect([late.length, (await readLog([id])).length]).toEqual([1, 3]);
  expect((await readTurfDoors(turf.turf)).at(-1)).toMatchObject({ id, removed_seq: 1 });
  expect(await readTurfDoors(heir)).toMatchObject([
    { id: turf.home.id },
    { id, position: 2, removed_seq: null },
  ]);
});

test('nobody finds a door where they do not walk, nor one of another building; a coordinator may say it is so', async () => {
  const [turf, far] = [await makeTurf(), await makeTurf()];
  const [id, taken] = [newDoor(), newDoor()];
  const outside = found(turf, id, 0, far.home.buildingId);
  const knock = knockAt(turf, id, 0);
  expect(await push(turf.devices[0], [outside, knock])).toMatchObject([
    { status: 'held', reason: 'unknown-door' },
    { status: 'held', reason: 'unknown-door' },
  ]);
  expect(await readTurfDoors(far.turf)).toHaveLength(2);
  expect(await push(turf.devices[0], [found(turf, taken)])).toMatchObject([{ status: 'applied' }]);
  expect(await push(turf.devices[0], [found(turf, taken, 0, turf.other.buildingId)])).toMatchObject(
    [{ status: 'held', reason: 'id-reuse' }],
  );
  const [row] = await readHeld([outside]);
  const { deviceKey, deviceId, member } = turf.devices[0];
  const sealed = await seal(outside);
  const settled = await settleHeld(
    made.db(),
    {
      key: row?.key ?? 0,
      device: { deviceKey, deviceId, memberId: member.id },
      decision: 'accepted',
      by: null,
      why: '',
      happened: null,
      toApply: () => sealed,
    },
    START,
  );
  expect(settled.ok).toBe(true);
  // The door is there now; that this phone was never sent to it is for a person to judge.
  expect(await readHeld([knock])).toMatchObject([{ reason: 'scope', decision: null }]);
});

test('a door that the chapter knew and no turf held comes into the turf with its past', async () => {
  const turf = await makeTurf();
  const id = idFromDigest<DoorId>(random(16));
  await made.db().write(async (trx) => {
    const { building_key: building } = await trx
      .selectFrom('doors')
      .select('building_key')
      .where('key', '=', turf.home.key)
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('doors')
      .values({ id, building_key: building, unit: '3A', unit_key: '3A' })
      .execute();
  });
  const knock = knockAt(turf, id, 0);
  expect(await push(turf.devices[0], [knock])).toMatchObject([{ reason: 'scope' }]);
  expect(await push(turf.devices[0], [found(turf, id), found(turf, id)])).toMatchObject([
    { status: 'applied' },
    { status: 'applied' },
  ]);
  expect(await readLog([id])).toHaveLength(3);
  const version = () =>
    made
      .db()
      .read.selectFrom('turfs')
      .select('version')
      .where('id', '=', turf.turf.id)
      .executeTakeFirst();
  expect(await version()).toEqual({ version: 2 });
  // Found by its name alone it is the same door, and needs no new packet.
  const twin = newDoor();
  expect(await push(turf.devices[1], [found(turf, twin, 1)])).toMatchObject([
    { status: 'applied' },
  ]);
  expect(await version()).toEqual({ version: 2 });
  expect((await readTurfDoors(turf.turf)).map((row) => row.id)).toEqual([
    turf.home.id,
    turf.other.id,
    id,
  ]);
});

test('a unit of letters that no database holds is a door like any other, and keeps nobody waiting', async () => {
  const turf = await makeTurf();
  const units = ['3\0A', '\ud800', '\u202e=1+1'];
  for (const unit of units) {
    const id = newDoor();
    const { buildingId } = turf.home;
    const payload = { doorId: id, buildingId, unit, floor: null };
    const fact = makeOperation(made, {
      device: turf.devices[0],
      turf: turf.turf,
      type: 'door',
      payload,
    });
    const results = await push(turf.devices[0], [
      fact,
      knockAt(turf, id, 0),
      knockAt(turf, turf.home.id, 0),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied']);
  }
});

test('a dwelling of the roll that another open turf has is found by nobody; one that both found is', async () => {
  const turf = await makeTurf();
  const beside = { ...turf.home, unit: 'x' };
  const id = idFromDigest<DoorId>(random(16));
  const key = await made.db().write(async (trx) => {
    const { building_key: building } = await trx
      .selectFrom('doors')
      .select('building_key')
      .where('key', '=', turf.home.key)
      .executeTakeFirstOrThrow();
    const row = { id, building_key: building, unit: '3A', unit_key: '3A' };
    const door = await trx
      .insertInto('doors')
      .values(row)
      .returning('key')
      .executeTakeFirstOrThrow();
    return door.key;
  });
  const other = await made.addTurf([{ ...beside, id, key }]);
  expect(await push(turf.devices[0], [found(turf, id), knockAt(turf, id, 0)])).toMatchObject([
    { status: 'held', reason: 'scope' },
    { status: 'held', reason: 'scope' },
  ]);
  expect((await readTurfDoors(turf.turf)).map((row) => row.id)).not.toContain(id);
  // When that turf is over, the door is free.
  await made
    .db()
    .write((trx) =>
      trx.updateTable('turfs').set({ closed_at: START }).where('id', '=', other.id).execute(),
    );
  expect(await push(turf.devices[0], [found(turf, id)])).toMatchObject([{ status: 'applied' }]);
});

/** A door of the roll in the first building of a turf, with somebody of the roll behind it. */
async function addRollDoor(turf: Turf, unit: string) {
  const id = idFromDigest<DoorId>(random(16));
  const personId = idFromDigest<PersonId>(random(16));
  const key = await made.db().write(async (trx) => {
    const { building_key: building } = await trx
      .selectFrom('doors')
      .select('building_key')
      .where('key', '=', turf.home.key)
      .executeTakeFirstOrThrow();
    const row = { id, building_key: building, unit, unit_key: normaliseUnit(unit) };
    const door = await trx
      .insertInto('doors')
      .values(row)
      .returning('key')
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('people')
      .values({ id: personId, kind: 'voter', source_id: id, door_key: door.key })
      .execute();
    return door.key;
  });
  return { ...turf.home, id, key, unit };
}
const packetOf = (turf: Turf['turf']) =>
  made
    .db()
    .read.transaction()
    .execute((trx) => readList(trx, turf.id, 'walk'));
const read = ({ body }: { readonly body: string }) => JSON.parse(body) as Operation;
function factsByDoor(history: readonly { readonly body: string }[]) {
  const facts = new Map<DoorId, Operation[]>();
  for (const fact of history.map(read)) {
    facts.set(fact.entityId, [...(facts.get(fact.entityId) ?? []), fact]);
  }
  return facts;
}

interface TwinPlan {
  readonly kind: 'knock' | 'flag' | 'resident' | 'find' | 'undo';
  readonly twin: 0 | 1;
  readonly phone: 0 | 1;
}
const twinPlan = fc.record<TwinPlan>({
  kind: fc.constantFrom('knock', 'knock', 'resident', 'find', 'flag', 'undo'),
  twin: fc.constantFrom(0, 1),
  phone: fc.constantFrom(0, 1),
});

test('one dwelling that two phones find under two names is one door with all that was said at either, in any order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(twinPlan, { maxLength: 8 }),
      fc.constantFrom('none', 'in', 'beside'),
      fc.infiniteStream(fc.nat(1_000)),
      async (plans, roll, dice) => {
        const turf = await makeTurf();
        const { buildingId } = turf.home;
        const known = roll === 'none' ? null : await addRollDoor(turf, '#4-B');
        if (known !== null && roll === 'in') {
          await made
            .db()
            .write((trx) =>
              trx
                .insertInto('turf_doors')
                .values({ turf_id: turf.turf.id, door_key: known.key, position: 3 })
                .execute(),
            );
        }
        const ids = [newDoor(), newDoor()] as const;
        const names = ['Apt 4B', '4 b'] as const;
        const find = (twin: 0 | 1, phone: 0 | 1) =>
          found(turf, ids[twin], phone, buildingId, names[twin]);
        const facts: Operation[] = [find(0, 0), find(1, 1)];
        for (const { kind, twin, phone } of plans) {
          const id = ids[twin];
          const device = turf.devices[phone];
          const wish = { device, turf: turf.turf };
          if (kind === 'find') facts.push(find(twin, phone));
          else if (kind === 'undo') {
            const target = facts.findLast((fact) => fact.entityId === id && fact.type === 'knock');
            if (target === undefined) continue;
            const payload = { doorId: id, opId: target.opId };
            facts.push(makeOperation(made, { ...wish, type: 'withdraw', payload }));
          } else if (kind === 'resident') {
            const personId = makeId<PersonId>(START, random);
            const payload = { doorId: id, personId, firstName: 'Io', lastName: '' };
            facts.push(makeOperation(made, { ...wish, type: 'resident', payload }));
          } else {
            const result = kind === 'flag' ? 'do-not-contact' : 'not-home';
            facts.push(knockAt(turf, id, phone, { result }));
          }
        }
        const next = (): number => dice.next().value ?? 0;
        const left = [...facts, ...facts.filter(() => next() % 3 === 0)];
        while (left.length > 0) {
          const batch = Array.from({ length: 1 + (next() % 4) }, () =>
            left.splice(next() % Math.max(1, left.length), 1),
          ).flat();
          await Promise.all(
            turf.devices.map((device) =>
              push(
                device,
                batch.filter((fact) => fact.deviceId === device.deviceId),
              ),
            ),
          );
        }
        const packet = await packetOf(turf.turf);
        expect(packet.doors).toHaveLength(3);
        const door = packet.doors.find((one) => one.unit !== '');
        if (door === undefined) throw new Error('no such door');
        if (known !== null) expect(door.id).toBe(known.id);
        else expect(ids).toContain(door.id);
        // Nothing is lost and nothing twice.
        const sent = facts.map(({ opId }) => opId).sort();
        expect(packet.history.map(({ opId }) => opId).sort()).toEqual(sent);
        expect(await readLog([door.id])).toHaveLength(facts.length);
        // A phone makes one door of it, and so does one that has only the facts.
        const said = factsByDoor(packet.history);
        for (const doors of [packet.doors, packet.doors.filter((one) => one !== door)]) {
          const twins = findTwins(doors, said);
          const joined = joinTwins(said, twins);
          expect(withFoundDoors(doors, joined)).toHaveLength(3);
          expect(joined.size).toBe(1);
          const [[id, all] = [door.id, []]] = [...joined];
          const state = foldDoor({ doorId: id, people: [], turfId: turf.turf.id }, all);
          const alike = facts.map((fact) => ({ ...fact, entityId: id }));
          const whole = foldDoor({ doorId: id, people: [], turfId: turf.turf.id }, alike);
          expect(state).toEqual(whole);
          const kept = await made
            .db()
            .read.selectFrom('residents')
            .innerJoin('people', 'people.key', 'residents.person_key')
            .innerJoin('doors', 'doors.key', 'people.door_key')
            .select('people.id')
            .where('doors.id', '=', door.id)
            .execute();
          const met = new Set(whole.residents.map(({ personId }) => personId));
          expect(kept.map((row) => row.id).sort()).toEqual([...met].sort());
        }
      },
    ),
    { numRuns: onPostgres ? 15 : 60 },
  );
});

test('what is said at a door of the roll that another turf walks follows to it, and nobody’s name comes back', async () => {
  const turf = await makeTurf();
  const known = await addRollDoor(turf, '4');
  const theirs = await made.addTurf([known]);
  const id = newDoor();
  const unit = 'Apt 4';
  const facts = [
    knockAt(turf, id, 0),
    found(turf, id, 0, turf.home.buildingId, unit),
    found(turf, newDoor(), 1, turf.home.buildingId, '#4'),
  ];
  for (const fact of facts) {
    const device = turf.devices[fact.deviceId === turf.devices[0].deviceId ? 0 : 1];
    await push(device, [fact]);
  }
  expect((await readLog([known.id])).length).toBe(3);
  expect((await readHeld(facts)).every((row) => row.decision === 'accepted')).toBe(true);
  const { doors, units, people, history } = await packetOf(turf.turf);
  expect(doors.map((door) => door.id)).toEqual([turf.home.id, turf.other.id]);
  expect(units).toMatchObject([{ id: known.id, held: true }]);
  expect(people.map((one) => one.doorId)).not.toContain(known.id);
  // The finder's own list leaves it to them.
  const own = factsByDoor([...history, ...facts.map((fact) => ({ body: JSON.stringify(fact) }))]);
  expect(withFoundDoors(doors, own, units)).toHaveLength(2);
  expect((await packetOf(theirs)).history).toHaveLength(3);
});

test('a door that was found while a roll was read is that roll’s, with all that was said there', async () => {
  const turf = await makeTurf();
  const importId = makeId<ImportId>(START, random);
  const run = (state: 'running' | 'done') =>
    made.db().write(async (trx) => {
      await trx.deleteFrom('imports').execute();
      const by = { started_by: turf.devices[0].member.id, started_at: START };
      const file = { file_name: 'roll.csv', sha256: '', bytes: 0, mapping: '{}' };
      await trx
        .insertInto('imports')
        .values({ id: importId, state, ...file, ...by })
        .execute();
    });
  await run('running');
  const [id, alone] = [newDoor(), newDoor()];
  const met = makeId<PersonId>(START, random);
  const meet = makeOperation(made, {
    device: turf.devices[0],
    turf: turf.turf,
    type: 'resident',
    payload: { doorId: id, personId: met, firstName: 'Io', lastName: '' },
  });
  const before = [
    found(turf, id, 0, turf.home.buildingId, 'Apt 4'),
    found(turf, alone, 0, turf.home.buildingId, 'Apt 5'),
    meet,
    knockAt(turf, id, 0, { result: 'do-not-contact' }),
  ];
  await push(turf.devices[0], before);
  const known = await addRollDoor(turf, '4');
  await run('done');
  const gone = await made.db().inLog(async (log) => {
    const count = await joinTwinDoors(log.ask, log.seq, START);
    log.forgetDoors();
    return count;
  });
  expect(gone).toBe(1);
  await push(turf.devices[1], [knockAt(turf, id, 1), knockAt(turf, known.id, 1)]);
  expect(await readLog([known.id])).toHaveLength(5);
  expect(await readLog([id])).toHaveLength(0);
  const { doors, people } = await packetOf(turf.turf);
  expect(doors.map((door) => door.id).sort()).toEqual(
    [turf.home.id, turf.other.id, known.id, alone].sort(),
  );
  const there = await made
    .db()
    .read.selectFrom('people')
    .leftJoin('opt_outs', 'opt_outs.person_key', 'people.key')
    .select(['people.kind', 'opt_outs.op_id'])
    .where('door_key', '=', known.key)
    .orderBy('people.kind')
    .execute();
  expect(there.map((row) => [row.kind, row.op_id !== null])).toEqual([
    ['resident', true],
    ['voter', true],
  ]);
  expect(people.filter((one) => one.doorId === known.id)).toHaveLength(1);
  const keys = await made
    .db()
    .read.selectFrom('doors')
    .select('unit_key')
    .where('id', '=', alone)
    .execute();
  expect(keys).toEqual([{ unit_key: '5' }]);
});
