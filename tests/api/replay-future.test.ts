import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SealedOp } from '#shared/sync/protocol.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import { call, makeWalk, push, sealKnock, type Phone, type Walk } from './make-walk.ts';

let dataDir: string;
let runs = 100;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'homeground-future-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function run<T>(work: (server: TestApp, db: ChapterDb) => Promise<T>): Promise<T> {
  runs += 1;
  const server = await makeApp({ dataDir, seed: runs });
  try {
    const known = await server.ports.registry.bySlug('oakdale');
    const there = known === null ? null : await server.ports.registry.openChapter(known.id);
    return await work(server, there ?? (await server.makeChapter('oakdale')));
  } finally {
    await server.close();
  }
}

function knockAt(phone: Phone, door: number, at = START): SealedOp {
  const doorId = phone.packet.doors[door]?.id;
  if (doorId === undefined) throw new Error('The packet has no such door.');
  const outcome = { kind: 'result', result: 'not-home' } as const;
  return sealKnock(phone, { doorId, personId: null, outcome, answers: [], note: null }, at);
}

const reseal = (op: SealedOp, body: string): SealedOp => ({
  ...op,
  body,
  sha256: createHash('sha256').update(body).digest('hex'),
});
const later = (op: SealedOp): SealedOp =>
  reseal(op, op.body.replace('"type":"knock","v":1', '"type":"petition","v":1'));

/** What an earlier server would have made of it: held, since it could not read it. */
async function holdAsFuture(db: ChapterDb, phone: Phone, op: SealedOp, receivedAt = START) {
  await db.write(async (trx) => {
    const device = await trx
      .selectFrom('devices')
      .select('key')
      .where('id', '=', phone.joined.deviceId)
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('held_ops')
      .values({
        op_id: op.opId,
        device_key: device.key,
        reason: 'future',
        received_at: receivedAt,
        sha256: op.sha256,
        body: Buffer.from(op.body),
        carried_by: null,
        decision: null,
        decided_by: null,
        decided_at: null,
        why: null,
        as_seq: null,
      })
      .execute();
  });
}

const readHeld = (db: ChapterDb) =>
  db.read
    .selectFrom('held_ops')
    .select(['op_id', 'reason', 'decision', 'decided_by', 'as_seq'])
    .orderBy('key')
    .execute();

async function makeChapter(): Promise<Walk> {
  return run(async (server, db) => {
    await makeTown(db, 'Oak');
    return makeWalk(server, db);
  });
}

test('what a newer version can read is applied by itself when the chapter opens, in order, once', async () => {
  const { phone } = await makeChapter();
  const ops = [0, 1, 2, 3].map((door) => knockAt(phone, door));
  const still = later(knockAt(phone, 0));
  await run(async (_, db) => {
    for (const op of [ops[0], still, ops[1], ops[2], ops[3]]) {
      if (op !== undefined) await holdAsFuture(db, phone, op);
    }
  });
  for (let again = 0; again < 2; again++) {
    await run(async (server, db) => {
      const held = await readHeld(db);
      expect(held.filter((row) => row.decision === 'accepted').map((row) => row.op_id)).toEqual(
        ops.map((op) => op.opId),
      );
      const seqs = held.flatMap((row) => (row.as_seq === null ? [] : [row.as_seq]));
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
      expect(held.every((row) => row.decided_by === null)).toBe(true);
      expect(held.find((row) => row.op_id === still.opId)).toMatchObject({
        reason: 'future',
        decision: null,
      });
      const log = await db.read.selectFrom('ops').select('seq').execute();
      expect(log.map((row) => row.seq).sort((a, b) => a - b)).toEqual(seqs);
      const answer = await push(server, phone, [...ops, still]);
      expect(answer.results).toMatchObject([
        ...ops.map(({ opId }) => ({ opId, status: 'held', repeat: true, decided: 'accepted' })),
        { status: 'held', reason: 'future', repeat: true },
      ]);
    });
  }
});

test('nobody vouches for what comes from the future: scope and author are asked as for everything', async () => {
  const { phone } = await makeChapter();
  const outside = knockAt(phone, 0);
  const elsewhere = reseal(
    outside,
    outside.body.replaceAll(
      phone.packet.doors[0]?.id ?? '',
      '0190a0a0-0000-7000-8000-00000000dead',
    ),
  );
  const forged = knockAt(phone, 1);
  const another = reseal(
    forged,
    forged.body.replace(phone.joined.member.id, '0190a0a0-0000-7000-8000-0000000000aa'),
  );
  const broken = knockAt(phone, 2);
  const corrupt = reseal(broken, broken.body.replace('"not-home"', '"abducted"'));
  await run(async (_, db) => {
    for (const op of [elsewhere, another, corrupt]) await holdAsFuture(db, phone, op);
  });
  await run(async (_, db) => {
    const held = await readHeld(db);
    expect(held.map((row) => [row.reason, row.decision])).toEqual([
      ['unknown-door', null],
      ['wrong-author', null],
      ['corrupt', null],
    ]);
    expect(await db.read.selectFrom('ops').select('seq').execute()).toEqual([]);
  });
});

test('a phone in a stranger’s hands cannot wait for an upgrade', async () => {
  const { phone } = await makeChapter();
  await run(async (server, db) => {
    const lead = await server.staff(db, 'admin');
    const url = `/v1/phones/${phone.joined.deviceId}/revoke`;
    await call(server, lead, 'POST', url, { lost: true });
    await holdAsFuture(db, phone, knockAt(phone, 0));
  });
  await run(async (_, db) => {
    expect(await readHeld(db)).toMatchObject([{ reason: 'scope', decision: null }]);
  });
});

test('a stamp from the far future counts by the clock of the day on which it came', async () => {
  const { phone } = await makeChapter();
  const year = 365 * 24 * 3_600_000;
  const op = knockAt(phone, 0, START + year);
  await run((_, db) => holdAsFuture(db, phone, op, START));
  await run(async (server, db) => {
    server.time.now = START + 2 * year;
    const [row] = await db.read.selectFrom('ops').select(['eff_hlc', 'received_at']).execute();
    const ms = parseInt(row?.eff_hlc?.slice(0, 12) ?? '', 16);
    expect(ms - START).toBeLessThanOrEqual(5 * 60_000 + 1);
    expect(row?.received_at).toBe(START);
  });
});
