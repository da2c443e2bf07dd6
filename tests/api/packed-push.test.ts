import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { MAX_PUSH_BYTES } from '#shared/sync/limits.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import { makeWalk, sealKnock, type Phone } from './make-walk.ts';

let server: TestApp;
let db: ChapterDb;
let phone: Phone;
let port: number;
/** One connection that stays open: whatever is sent over it must leave it usable. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const random = seededBytes(seededDice(5));

beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  phone = (await makeWalk(server, db)).phone;
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  port = (server.app.server.address() as AddressInfo).port;
});
afterAll(async () => {
  agent.destroy();
  await server.close();
});

interface Reply {
  readonly status: number;
  readonly body: { results?: { status: string }[]; problem?: { code: string }; text?: string };
  readonly reused: boolean;
}

function send(body: Buffer, headers: Record<string, string>, path = '/v1/push'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ agent, port, host: '127.0.0.1', method: 'POST', path }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const said = JSON.parse(Buffer.concat(chunks).toString()) as Reply['body'];
        resolve({ status: answer.statusCode ?? 0, body: said, reused: sent.reusedSocket });
      });
    });
    sent.on('error', reject);
    const all = { ...phone.headers, 'content-type': 'application/json', ...headers };
    for (const [name, value] of Object.entries(all)) sent.setHeader(name, value);
    sent.end(body);
  });
}

function pushBody(): Buffer {
  const door = phone.packet.doors[0];
  if (door === undefined) throw new Error('The packet has no door.');
  const knock = sealKnock(
    phone,
    {
      doorId: door.id,
      personId: null,
      outcome: { kind: 'result', result: 'not-home' },
      answers: [],
      note: null,
    },
    START,
  );
  return Buffer.from(
    JSON.stringify({
      proto: 2,
      batchId: makeId(START, random),
      deviceId: phone.joined.deviceId,
      dbEpoch: 'epoch-1',
      incarnationSeen: null,
      maxLocalSeq: 1000,
      unsent: 1,
      ops: [knock],
    }),
  );
}

const GZIP = { 'content-encoding': 'gzip' };

async function inLog(): Promise<number> {
  const row = await db.read
    .selectFrom('ops')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return row.n;
}

test('a push packed with gzip is applied like any other', async () => {
  const plain = await send(pushBody(), {});
  expect(plain).toMatchObject({ status: 200, body: { results: [{ status: 'applied' }] } });
  const packed = await send(gzipSync(pushBody()), GZIP);
  expect(packed).toMatchObject({ status: 200, body: { results: [{ status: 'applied' }] } });
  expect(packed.reused).toBe(true);
});

/** 700 kB on the wire, 700 MB unpacked. */
function makeBomb(): Buffer {
  return gzipSync(Buffer.alloc(700 * 1024 * 1024), { level: 9 });
}

const honest = (): Buffer => gzipSync(pushBody());

test.each<[string, () => Buffer, Record<string, string>, number, string]>([
  ['cut off', () => honest().subarray(0, -12), GZIP, 415, 'packed-wrongly'],
  ['cut to its header', () => honest().subarray(0, 10), GZIP, 415, 'packed-wrongly'],
  ['with a wrong checksum', () => spoil(honest()), GZIP, 415, 'packed-wrongly'],
  ['packed twice', () => gzipSync(honest()), GZIP, 415, 'packed-wrongly'],
  ['not packed at all', pushBody, GZIP, 415, 'packed-wrongly'],
  ['empty', () => Buffer.alloc(0), GZIP, 415, 'packed-wrongly'],
  ['packed by another method', () => deflateSync(pushBody()), GZIP, 415, 'packed-wrongly'],
  [
    'said to be deflate',
    () => deflateSync(pushBody()),
    { 'content-encoding': 'deflate' },
    415,
    'encoding-refused',
  ],
  [
    'said to be gzip twice',
    () => gzipSync(honest()),
    { 'content-encoding': 'gzip, gzip' },
    415,
    'encoding-refused',
  ],
  ['packed and not said to be', honest, {}, 400, 'not-valid'],
  ['noise inside', () => gzipSync(Buffer.from('{"proto":')), GZIP, 400, 'not-valid'],
  [
    'a little more than the most',
    () => gzipSync(Buffer.alloc(1024 * 1024 + 1, 32)),
    GZIP,
    413,
    'body-too-large',
  ],
])(
  'a push that is %s gets a sentence, keeps nothing and leaves the next one alone',
  async (_, make, headers, status, code) => {
    const before = await inLog();
    const answer = await send(make(), headers);
    expect([answer.status, answer.body.problem?.code]).toEqual([status, code]);
    expect(answer.body.text).toMatch(/Nothing was changed/);
    expect(await inLog()).toBe(before);
    const next = await send(honest(), GZIP);
    expect(next).toMatchObject({ status: 200, body: { results: [{ status: 'applied' }] } });
  },
);

function spoil(packed: Buffer): Buffer {
  packed.writeUInt32LE(0xdeadbeef, packed.length - 8);
  return packed;
}

test('fifty bombs cost no memory, and an honest push beside them is not kept waiting by one', async () => {
  const bomb = makeBomb();
  expect(bomb.length).toBeLessThan(1024 * 1024);
  await send(bomb, GZIP);
  const before = process.memoryUsage().rss;
  let most = before;
  for (let i = 0; i < 50; i++) {
    const answer = await send(bomb, GZIP);
    expect([answer.status, answer.body.problem?.code]).toEqual([413, 'body-too-large']);
    expect(answer.reused).toBe(true);
    most = Math.max(most, process.memoryUsage().rss);
    if (i % 10 === 0) expect((await send(honest(), GZIP)).status).toBe(200);
  }
  expect((most - before) / 1024 / 1024).toBeLessThan(100);
});

test('a packed body is refused wherever a route does not ask for it', async () => {
  const lead = await server.staff(db, 'admin');
  const body = gzipSync(Buffer.from('{"name":"x"}'));
  const answer = await send(body, { ...GZIP, authorization: '', ...lead.headers }, '/v1/universes');
  expect([answer.status, answer.body.problem?.code]).toEqual([415, 'encoding-refused']);
});

test('a push with an operation longer than any push is refused, and nothing of it is kept', async () => {
  const before = await inLog();
  const push = JSON.parse(pushBody().toString()) as { ops: { body: string }[] };
  const long = { ...push.ops[0], body: 'x'.repeat(MAX_PUSH_BYTES + 1) };
  const body = Buffer.from(JSON.stringify({ ...push, ops: [...push.ops, long] }));
  for (const [sent, headers] of [
    [body, {}],
    [gzipSync(body), GZIP],
  ] as const) {
    const answer = await send(sent, headers);
    expect(answer).toMatchObject({ status: 400, body: { problem: { code: 'not-valid' } } });
  }
  expect(await inLog()).toBe(before);
});
