import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeId, type OpId, type PersonId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { OpResult, Push, PushAnswer } from '#shared/sync/protocol.ts';
import { makePushAcceptor } from '../../server/sync/accept-push.ts';
import { answerPull } from '../../server/sync/answer-pull.ts';
import { CommitNotices } from '../../server/sync/notify.ts';
import { breakInserts, execRaw } from '../postgres/exec-raw.ts';
import {
  type MadeChapter,
  type MadeDevice,
  type MadeDoor,
  type MadeTurf,
  makeChapter,
  START,
} from './make-chapter.ts';
import { contactKnock, makeOperation, makePush, resultKnock, seal } from './make-operation.ts';

const notices = new CommitNotices();
const accept = makePushAcceptor(notices);
let made: MadeChapter;
let doors: MadeDoor[];
let elsewhere: MadeDoor;
let turf: MadeTurf;
let device: MadeDevice;

beforeAll(async () => {
  made = await makeChapter(1);
  doors = await made.addDoors(12);
  const [far] = await made.addDoors(1);
  if (far === undefined) throw new Error('no door');
  elsewhere = far;
  turf = await made.addTurf(doors);
  device = await made.addDevice([turf]);
});
afterAll(() => made.remove());

function door(index: number): MadeDoor {
  const found = doors[index];
  if (found === undefined) throw new Error('no such door');
  return found;
}

function send(push: Push, from: MadeDevice = device): Promise<PushAnswer> {
  const { deviceKey, deviceId, member } = from;
  return accept(made.db(), { deviceKey, deviceId, memberId: member.id }, push, START);
}

async function sendOps(...operations: readonly Operation[]): Promise<readonly OpResult[]> {
  const sealed = await Promise.all(operations.map(seal));
  return (await send(makePush(made, device, sealed))).results;
}

const notHome = (at: MadeDoor): Operation =>
  makeOperation(made, { device, turf, type: 'knock', payload: resultKnock(at, 'not-home') });

const opCount = async (): Promise<number> =>
  Number(
    (
      await made
        .db()
        .read.selectFrom('ops')
        .select((eb) => eb.fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  );

const optedOut = async (personId: PersonId): Promise<boolean> =>
  (await made
    .db()
    .read.selectFrom('opt_outs')
    .innerJoin('people', 'people.key', 'opt_outs.person_key')
    .select('people.id')
    .where('people.id', '=', personId)
    .executeTakeFirst()) !== undefined;

test('the same push again, also at once and split, is one effect with the same answer', async () => {
  const before = await opCount();
  const sealed = await Promise.all([0, 1, 2].map((i) => seal(notHome(door(i)))));
  const push = makePush(made, device, sealed);
  const answers = await Promise.all([
    send(push),
    send(push),
    send(makePush(made, device, sealed.slice(1))),
  ]);
  expect(await opCount()).toBe(before + 3);
  const seqs = answers.map((answer) =>
    answer.results.map((result) => (result.status === 'applied' ? result.seq : -1)),
  );
  expect(seqs[1]).toEqual(seqs[0]);
  expect(seqs[2]).toEqual(seqs[0]?.slice(1));
  expect(answers[1]?.results.every((result) => result.repeat)).toBe(true);
  expect(answers.map((answer) => answer.batchId)).toEqual([
    push.batchId,
    push.batchId,
    answers[2]?.batchId,
  ]);
});

test('sequence numbers have no gaps and follow the order of commits', async () => {
  await Promise.all([3, 4, 5].map((i) => sendOps(notHome(door(i)), notHome(door(i)))));
  const rows = await made.db().read.selectFrom('ops').select('seq').orderBy('seq').execute();
  expect(rows.map((row) => row.seq)).toEqual(rows.map((_, i) => i + 1));
  const clock = await made.db().read.selectFrom('clock').select('seq').executeTakeFirstOrThrow();
  expect(clock.seq).toBe(rows.length);
});

test('other bytes under a used id are held whole, and the first stay', async () => {
  const first = notHome(door(0));
  const [applied] = await sendOps(first);
  const second = { ...first, localSeq: 77 };
  const [reused] = await sendOps(second);
  expect(reused).toMatchObject({ status: 'held', reason: 'id-reuse', repeat: false });
  expect((await sendOps(second))[0]).toMatchObject({ reason: 'id-reuse', repeat: true });
  expect((await sendOps(first))[0]).toEqual({ ...applied, repeat: true });
  const held = await made
    .db()
    .read.selectFrom('held_ops')
    .select('body')
    .where('op_id', '=', first.opId)
    .execute();
  expect(
    held.map((row) => (JSON.parse(Buffer.from(row.body).toString()) as Operation).localSeq),
  ).toEqual([77]);
});

test('whatever cannot be applied is kept byte for byte and acknowledged as held', async () => {
  const good = await seal(notHome(door(6)));
  const other = await made.addDevice([turf]);
  const cases: [string, Parameters<typeof makePush>[2][number]][] = [
    ['corrupt', { opId: 'not even an id', sha256: good.sha256, body: 'no json {\n\0é' }],
    ['corrupt', { ...good, sha256: 'f'.repeat(64) }],
    ['corrupt', await seal({ ...notHome(door(6)), entityId: elsewhere.id })],
    ['corrupt', await seal({ ...notHome(door(6)), extra: 1 } as unknown as Operation)],
    ['future', await seal({ ...notHome(door(6)), type: 'petition' } as unknown as Operation)],
    ['future', await seal({ ...notHome(door(6)), v: 2 } as unknown as Operation)],
    ['wrong-author', await seal({ ...notHome(door(6)), deviceId: other.deviceId })],
    ['wrong-author', await seal({ ...notHome(door(6)), actorId: other.member.id })],
    ['scope', await seal(notHome(elsewhere))],
    ['unknown-door', await seal(notHome({ ...elsewhere, id: makeId(START, made.random) }))],
  ];
  const ops = cases.map(([, op]) => op);
  const { results } = await send(makePush(made, device, [...ops, good]));
  expect(results.slice(0, -1).map((r) => (r.status === 'held' ? r.reason : r.status))).toEqual(
    cases.map(([reason]) => reason),
  );
  expect(results.at(-1)).toMatchObject({ status: 'applied' });
  const again = await send(makePush(made, device, ops));
  expect(again.results).toEqual(results.slice(0, -1).map((r) => ({ ...r, repeat: true })));
  const kept = await made.db().read.selectFrom('held_ops').select('body').execute();
  const bodies = new Set(kept.map((row) => Buffer.from(row.body).toString()));
  expect(ops.every((op) => bodies.has(op.body))).toBe(true);
});

test('a held result stays when the phone gets that turf later', async () => {
  const wanderer = await made.addDevice([]);
  const operation = makeOperation(made, {
    device: wanderer,
    turf,
    type: 'knock',
    payload: resultKnock(door(7), 'refused'),
  });
  const push = makePush(made, wanderer, [await seal(operation)]);
  expect((await send(push, wanderer)).results[0]).toMatchObject({ reason: 'scope', repeat: false });
  await made.db().write((trx) =>
    trx
      .insertInto('assignments')
      .values({
        turf_id: turf.id,
        device_key: wanderer.deviceKey,
        from_at: START + 1,
        until_at: START * 2,
        ended_at: null,
      })
      .execute(),
  );
  expect((await send(push, wanderer)).results[0]).toMatchObject({ reason: 'scope', repeat: true });
});

test('a fact from a turf that was taken back since is still applied', async () => {
  const former = await made.addDevice([turf]);
  await made.endAssignments(former);
  const operation = makeOperation(made, {
    device: former,
    turf,
    type: 'knock',
    payload: resultKnock(door(7), 'refused'),
  });
  const { results } = await send(makePush(made, former, [await seal(operation)]), former);
  expect(results[0]).toMatchObject({ status: 'applied' });
});

test('a fact recorded after the turf was taken back is late for three days, then held', async () => {
  const hour = 3_600_000;
  const former = await made.addDevice([turf]);
  await made.endAssignments(former);
  const at = (ms: number, localSeq: number): Operation =>
    makeOperation(made, {
      device: former,
      turf,
      type: 'knock',
      payload: resultKnock(door(7), 'refused'),
      atMs: START + ms,
      localSeq,
    });
  const facts = await Promise.all([at(-hour, 1), at(71 * hour, 2), at(73 * hour, 3)].map(seal));
  const { deviceKey, deviceId, member } = former;
  const phone = { deviceKey, deviceId, memberId: member.id };
  const push = makePush(made, former, facts);
  const { results, have } = await accept(made.db(), phone, push, START + 100 * hour);
  expect(results).toMatchObject([
    { status: 'applied' },
    { status: 'applied', late: true },
    { status: 'held', reason: 'scope' },
  ]);
  expect(results[0]).not.toHaveProperty('late');
  // What is held has arrived too.
  expect(have).toEqual([[1, 3]]);
  const again = await accept(made.db(), phone, push, START + 200 * hour);
  expect(again.results).toEqual(results.map((one) => ({ ...one, repeat: true })));
});

test('a phone that is in a stranger’s hands adds nothing but wishes not to be contacted', async () => {
  const lost = await made.addDevice([turf]);
  await made.db().write((trx) =>
    trx
      .updateTable('devices')
      .set({ revoked_at: START + 1, lost_in_hand: 1 })
      .where('key', '=', lost.deviceKey)
      .execute(),
  );
  const say = (result: 'refused' | 'do-not-contact', localSeq: number): Operation =>
    makeOperation(made, {
      device: lost,
      turf,
      type: 'knock',
      payload: resultKnock(door(6), result),
      localSeq,
    });
  const facts = await Promise.all([say('refused', 1), say('do-not-contact', 2)].map(seal));
  const { results } = await send(makePush(made, lost, facts), lost);
  expect(results).toMatchObject([{ status: 'held', reason: 'scope' }, { status: 'applied' }]);
});

test('do not contact counts whatever the scope, and an undo does not take it back', async () => {
  const [person = null] = elsewhere.people;
  if (person === null) throw new Error('nobody');
  const flag = makeOperation(made, {
    device,
    turf,
    type: 'knock',
    payload: resultKnock(elsewhere, 'do-not-contact', person),
  });
  expect((await sendOps(flag))[0]).toMatchObject({ status: 'applied' });
  expect(await optedOut(person)).toBe(true);
  expect(await Promise.all(elsewhere.people.slice(1).map(optedOut))).toEqual([false]);

  const at = door(8);
  const whole = makeOperation(made, {
    device,
    turf,
    type: 'knock',
    payload: resultKnock(at, 'do-not-contact'),
  });
  const undo = makeOperation(made, {
    device,
    turf,
    type: 'withdraw',
    payload: { doorId: at.id, opId: whole.opId },
    localSeq: 2,
  });
  await sendOps(whole, undo);
  expect(await Promise.all(at.people.map(optedOut))).toEqual([true, true]);
});

test('a wish of a resident that arrives before the resident still counts', async () => {
  const at = door(9);
  const personId = makeId<PersonId>(START, made.random);
  const meet = makeOperation(made, {
    device,
    turf,
    type: 'resident',
    payload: { personId, doorId: at.id, firstName: 'Io', lastName: 'Ray' },
  });
  const flag = makeOperation(made, {
    device,
    turf,
    type: 'knock',
    payload: resultKnock(at, 'do-not-contact', personId),
    localSeq: 2,
  });
  const results = await sendOps(flag, meet);
  expect(results.map((r) => r.status)).toEqual(['applied', 'applied']);
  expect(await optedOut(personId)).toBe(true);
  expect(await Promise.all(at.people.map(optedOut))).toEqual([false, false]);
});

test('a resident who is withdrawn is gone whatever came first, and a name can be put right', async () => {
  const at = door(10);
  const make = (firstName: string, localSeq: number, supersedes: OpId | null, personId: PersonId) =>
    makeOperation(made, {
      device,
      turf,
      type: 'resident',
      payload: { personId, doorId: at.id, firstName, lastName: '' },
      localSeq,
      change: { supersedes },
    });
  const [a, b] = [makeId<PersonId>(START, made.random), makeId<PersonId>(START, made.random)];
  const wrong = make('Jon', 1, null, a);
  const right = make('John', 2, wrong.opId, a);
  const gone = make('Ghost', 3, null, b);
  const undo = makeOperation(made, {
    device,
    turf,
    type: 'withdraw',
    payload: { doorId: at.id, opId: gone.opId },
    localSeq: 4,
  });
  await sendOps(undo, right);
  await sendOps(gone, wrong);
  const rows = await made
    .db()
    .read.selectFrom('residents')
    .innerJoin('people', 'people.key', 'residents.person_key')
    .select('first_name')
    .where('people.door_key', '=', at.key)
    .execute();
  expect(rows).toEqual([{ first_name: 'John' }]);
});

test('a phone a year off syncs normally and keeps its own reading', async () => {
  const year = 365 * 24 * 3_600_000;
  const ahead = makeOperation(made, {
    device,
    turf,
    type: 'knock',
    payload: contactKnock(door(11), null, 1, made.random),
    atMs: START + year,
    change: { clockOffsetMs: -year },
  });
  expect((await sendOps(ahead))[0]).toMatchObject({ status: 'applied' });
  const row = await made
    .db()
    .read.selectFrom('ops')
    .select(['at', 'received_at', 'body'])
    .where('at', '>', START + year - 1)
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({ at: START + year, received_at: START });
  expect((JSON.parse(row.body) as Operation).clockOffsetMs).toBe(-year);
});

test('a stamp that runs ahead counts as five minutes ahead, and several keep their order', async () => {
  const year = 365 * 24 * 3_600_000;
  const ahead = (localSeq: number): Operation =>
    makeOperation(made, {
      device,
      turf,
      type: 'knock',
      payload: resultKnock(door(3), 'not-home'),
      atMs: START + year,
      localSeq,
    });
  const ops = [ahead(1), ahead(2)];
  const results = await sendOps(...ops);
  expect(results).toMatchObject([{ clamped: true }, { clamped: true }]);
  const rows = await made
    .db()
    .read.selectFrom('ops')
    .select(['seq', 'eff_hlc'])
    .where('eff_hlc', 'is not', null)
    .orderBy('seq', 'desc')
    .limit(2)
    .execute();
  const [second, first] = rows.map((row) => row.eff_hlc ?? '');
  expect(parseInt((first ?? '').slice(0, 12), 16)).toBe(START + 5 * 60_000);
  expect(second && first && first < second).toBe(true);
});

test('an operation that breaks the database rule is held alone and the others go in', async () => {
  const ops = [
    await seal(notHome(door(0))),
    await seal(notHome(door(1))),
    await seal(notHome(door(2))),
  ];
  const poison = JSON.parse(ops[1]?.body ?? '') as Operation;
  const mend = await breakInserts(made.db(), 'ops', {
    when: `new.body like '%${poison.opId}%'`,
    message: 'constraint failed: poison',
    code: '23514',
    undo: 'abort',
  });
  const { results } = await send(makePush(made, device, ops));
  await mend();
  expect(results.map((r) => (r.status === 'held' ? r.reason : r.status))).toEqual([
    'applied',
    'corrupt',
    'applied',
  ]);
  const clock = await made.db().read.selectFrom('clock').select('seq').executeTakeFirstOrThrow();
  expect(await opCount()).toBe(clock.seq);
});

test('when the commit fails nobody is told that it went well, and nothing is there', async () => {
  const before = await opCount();
  const db = made.db();
  const broken = {
    id: db.id,
    read: db.read,
    inLog: <T>(work: Parameters<typeof db.inLog<T>>[0]): Promise<T> =>
      db.inLog(async (log) => {
        await work(log);
        throw new Error('database or disk is full');
      }),
  };
  const { deviceKey, deviceId, member } = device;
  const push = makePush(made, device, [await seal(notHome(door(3)))]);
  const told = accept(broken, { deviceKey, deviceId, memberId: member.id }, push, START);
  await expect(told).rejects.toThrow('disk is full');
  expect(await opCount()).toBe(before);
  expect((await send(push)).results[0]).toMatchObject({ status: 'applied', repeat: false });
});

test('a disk that is full for one push of a group leaves nothing half done of the others', async () => {
  const before = await opCount();
  const db = made.db();
  const full = {
    id: db.id,
    read: db.read,
    inLog: async <T>(work: Parameters<typeof db.inLog<T>>[0]): Promise<T> => {
      // A trigger stands for the disk: SQLite rolls the whole transaction back by itself.
      const mend = await breakInserts(db, 'ops', {
        when: 'new.local_seq = 1',
        message: 'database or disk is full',
        code: '53100',
        undo: 'rollback',
      });
      try {
        return await db.inLog(work);
      } finally {
        await mend();
      }
    },
  };
  const { deviceKey, deviceId, member } = device;
  const from = { deviceKey, deviceId, memberId: member.id };
  const first = makePush(made, device, [await seal(notHome(door(4)))]);
  const later = makeOperation(made, {
    device,
    turf,
    type: 'knock',
    payload: resultKnock(door(5), 'not-home'),
    localSeq: 7,
  });
  const second = makePush(made, device, [await seal(later)]);
  const told = await Promise.allSettled([
    accept(full, from, first, START),
    accept(full, from, second, START),
  ]);
  expect(told.map((one) => one.status)).toEqual(['rejected', 'rejected']);
  expect(await opCount()).toBe(before);
  for (const push of [first, second]) {
    expect((await send(push)).results[0]).toMatchObject({ status: 'applied', repeat: false });
  }
});

test('a database that cannot be had refuses every push that waits, instead of keeping them', async () => {
  const gone = {
    id: made.chapter.id,
    read: made.db().read,
    inLog: () => Promise.reject(new Error('closed')),
  };
  const { deviceKey, deviceId, member } = device;
  const from = { deviceKey, deviceId, memberId: member.id };
  const pushes = [1, 2].map(() => accept(gone, from, makePush(made, device, []), START));
  const ends = await Promise.allSettled(pushes);
  expect(ends.map((end) => end.status)).toEqual(['rejected', 'rejected']);
});

test('a commit tells the live view which doors changed, and a repeat tells nothing', async () => {
  const heard: (readonly number[])[] = [];
  const stop = notices.listen(({ doorKeys }) => heard.push(doorKeys));
  const push = makePush(made, device, [await seal(notHome(door(4)))]);
  await send(push);
  await send(push);
  stop();
  expect(heard).toEqual([[door(4).key]]);
});

test('a chain of pulls is one pull, and only the turf is in it', async () => {
  const packet = await made.readPacket(turf);
  const fresh = notHome(door(5));
  await sendOps(fresh, notHome(elsewhere));
  const phone = { deviceKey: device.deviceKey, standing: 'ok' as const };
  const first = await answerPull(made.db(), phone, packet.cursor, START);
  if (!first.ok) throw new Error(first.problem.code);
  expect(first.value.changes.map((change) => change.opId)).toEqual([fresh.opId]);
  const next = await answerPull(made.db(), phone, first.value.cursor, START);
  expect(next).toMatchObject({ ok: true, value: { changes: [], more: false } });
  expect(packet.history.some((one) => one.body.includes(elsewhere.id))).toBe(false);
});

test('a cursor that was tampered with, is ahead, or is not of this chapter is refused, and a turf that is not held brings nothing', async () => {
  const packet = await made.readPacket(turf);
  const stranger = await makeChapter(2);
  const theirs = await stranger.addTurf(await stranger.addDoors(1));
  const foreign = await stranger.readPacket(theirs);
  await stranger.remove();
  const ask = (cursor: string, deviceKey = device.deviceKey) =>
    answerPull(made.db(), { deviceKey, standing: 'ok' }, cursor, START);
  const refused = { ok: false, problem: { code: 'cursor-refused' } };
  expect(await ask(foreign.cursor)).toMatchObject(refused);
  expect(await ask(`x${packet.cursor}`)).toMatchObject(refused);
  expect(await ask(packet.cursor.slice(0, -2))).toMatchObject(refused);
  expect(await ask('...')).toMatchObject(refused);
  const other = await made.addDevice([]);
  expect(await ask(packet.cursor, other.deviceKey)).toMatchObject({
    ok: true,
    value: { changes: [], more: false, cursor: packet.cursor, scopes: [{ state: 'ended' }] },
  });
  await execRaw(made.db(), 'update clock set seq = seq - 1');
  expect(await ask(packet.cursor)).toMatchObject(refused);
  await execRaw(made.db(), 'update clock set seq = seq + 1');
  expect(await ask(packet.cursor)).toMatchObject({ ok: true });
});
