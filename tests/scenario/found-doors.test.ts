import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DoorId, idFromDigest, makeId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import { settleHeld } from '../../server/sync/settle-held.ts';
import { makePushAcceptor } from '../../server/sync/accept-push.ts';
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
): Operation =>
  makeOperation(made, {
    device: devices[phone],
    turf,
    type: 'door',
    payload: { doorId, buildingId, unit: '3A', floor: '3' },
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
        const facts: Operation[] = ids.map((id) => found(turf, id));
        for (const { kind, door, phone } of plans) {
          const id = ids[door];
          if (kind === 'found') facts.push(found(turf, id, phone));
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
  // Another dwelling of that name is another door, and needs no new packet.
  const twin = newDoor();
  expect(await push(turf.devices[1], [found(turf, twin, 1)])).toMatchObject([
    { status: 'applied' },
  ]);
  expect(await version()).toEqual({ version: 2 });
  expect((await readTurfDoors(turf.turf)).map((row) => row.id)).toEqual([
    turf.home.id,
    turf.other.id,
    id,
    twin,
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
