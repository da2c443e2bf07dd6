import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { makeId, type OpId } from '#shared/kernel/ids.ts';
import { isProblem } from '#shared/kernel/problem.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { PullAnswer, PushAnswer, SealedOp } from '#shared/sync/protocol.ts';
import type { Phone as PhoneRow } from '#shared/sync/phones.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import {
  call,
  joinPhone,
  makeWalk,
  push,
  seal,
  sealKnock,
  type Phone,
  type Walk,
} from './make-walk.ts';

const YEAR = 365 * 24 * 3_600_000;

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
/** Who sends what it should not, and who does honest work beside it. */
let hostile: Phone;
let honest: Phone;

beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  walk = await makeWalk(server, db);
  hostile = walk.phone;
  honest = await joinPhone(server, await walk.code(), 'Dara');
});
afterAll(() => server.close());
beforeEach(() => {
  vi.spyOn(db, 'inLog');
});
afterEach(() => {
  vi.restoreAllMocks();
  // Nothing that came in has become part of how everything else works.
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

const random = seededBytes(seededDice(23));
const newId = (): OpId => makeId<OpId>(START, random);

function knock(phone: Phone, at = START, note: string | null = null): SealedOp {
  const doorId = phone.packet.doors[0]?.id;
  if (doorId === undefined) throw new Error('The packet has no door.');
  const outcome = { kind: 'result', result: 'not-home' } as const;
  return sealKnock(phone, { doorId, personId: null, outcome, answers: [], note }, at);
}

const sealText = (opId: string, body: string): SealedOp => ({
  opId,
  body,
  sha256: createHash('sha256').update(body).digest('hex'),
});
/** A good fact with something changed in its text. */
function bend(from: string | RegExp, to: string): SealedOp {
  const good = knock(hostile);
  const body = good.body.replace(from, () => to);
  expect(body).not.toBe(good.body);
  return sealText(good.opId, body);
}

function wrap(ops: readonly unknown[], more: object = {}): string {
  return JSON.stringify({
    proto: 2,
    batchId: newId(),
    deviceId: hostile.joined.deviceId,
    dbEpoch: 'epoch-1',
    incarnationSeen: null,
    maxLocalSeq: 10_000,
    unsent: ops.length,
    ops,
    ...more,
  });
}

const post = (payload: string, type = 'application/json') =>
  server.app.inject({
    method: 'POST',
    url: '/v1/push',
    headers: { ...hostile.headers, 'content-type': type },
    payload,
  });

async function countKept(): Promise<{ log: number; held: number }> {
  const log = await db.read.selectFrom('ops').select('seq').execute();
  const held = await db.read.selectFrom('held_ops').select('key').execute();
  return { log: log.length, held: held.length };
}

/**
 * Sends it with honest work on both sides of it. That is answered as ever, and the three take one
 * commit each at most: it takes nobody a second one.
 */
async function beside<T>(send: () => Promise<T>): Promise<T> {
  const commits = vi.mocked(db.inLog).mock;
  const before = commits.calls.length;
  const work = async (): Promise<number> => {
    const { results } = await push(server, honest, [knock(honest)]);
    expect(results).toMatchObject([{ status: 'applied', repeat: false }]);
    return commits.calls.length - before;
  };
  const [first, done, second] = await Promise.all([work(), send(), work()]);
  expect(Math.max(first, second)).toBeLessThanOrEqual(3);
  expect(Math.min(first, second)).toBeGreaterThan(0);
  return done;
}

const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const fill = (count: number, make: (i: number) => unknown): unknown[] =>
  Array.from({ length: count }, (_, i) => make(i));

test.each<[string, () => string, number, string]>([
  ['no JSON', () => 'ops=all', 400, 'not-valid'],
  ['HTML', () => '<!doctype html><title>Welcome to the hotel</title>', 400, 'not-valid'],
  ['half of a push', () => wrap([knock(hostile)]).slice(0, -20), 400, 'not-valid'],
  ['nothing', () => '', 400, 'not-valid'],
  ['null', () => 'null', 400, 'not-valid'],
  ['nested a hundred thousand deep', () => deep(100_000), 400, 'not-valid'],
  [
    'nested deep where facts belong',
    () => wrap([]).replace('"ops":[]', `"ops":${deep(100_000)}`),
    400,
    'not-valid',
  ],
  ['nested deep and poisonous', () => `{"__proto__":${deep(100_000)}}`, 400, 'not-valid'],
  ['a prototype', () => wrap([]).replace('{', '{"__proto__":{"polluted":1},'), 400, 'not-valid'],
  [
    'an escaped prototype',
    () => wrap([]).replace('{', '{"\\u005f_proto__":{"polluted":1},'),
    400,
    'not-valid',
  ],
  [
    'a constructor',
    () => wrap([]).replace('{', '{"constructor":{"prototype":{"polluted":1}},'),
    400,
    'not-valid',
  ],
  [
    'ten thousand facts at once',
    () => wrap(fill(10_000, () => knock(hostile))),
    413,
    'body-too-large',
  ],
  ['ten thousand empty facts', () => wrap(fill(10_000, () => ({}))), 400, 'not-valid'],
  [
    'one fact more than fits',
    () => wrap(fill(201, () => ({ opId: 'x', sha256: 'x'.repeat(64), body: '' }))),
    400,
    'not-valid',
  ],
  ['a number beyond all numbers', () => wrap([]).replace('10000', '1e400'), 400, 'not-valid'],
  ['a number that no engine keeps', () => wrap([]).replace('10000', '1e300'), 400, 'not-valid'],
  ['not a number', () => wrap([]).replace('10000', 'NaN'), 400, 'not-valid'],
  ['less than nothing', () => wrap([], { unsent: -1 }), 400, 'not-valid'],
  ['a key too many', () => wrap([], { admin: true }), 400, 'not-valid'],
])('a push that is %s gets a sentence and changes nothing', async (_, make, status, code) => {
  const payload = make();
  const before = await countKept();
  const answer = await beside(() => post(payload));
  expect([answer.statusCode, answer.json<{ problem: { code: string } }>().problem.code]).toEqual([
    status,
    code,
  ]);
  expect(isProblem(answer.json<{ problem: unknown }>().problem)).toBe(true);
  expect(await countKept()).toEqual({ log: before.log + 2, held: before.held });
});

test('a push of another kind of content is refused', async () => {
  for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x']) {
    const answer = await post(wrap([]), type);
    expect(isProblem(answer.json<{ problem: unknown }>().problem)).toBe(true);
    expect([400, 415]).toContain(answer.statusCode);
  }
});

test.each<[string, () => SealedOp, string]>([
  ['nested a hundred thousand deep', () => sealText(newId(), deep(100_000)), 'corrupt'],
  ['no JSON', () => sealText(newId(), 'knock knock'), 'corrupt'],
  ['empty', () => sealText(newId(), ''), 'corrupt'],
  ['a list', () => sealText(newId(), '[1,2]'), 'corrupt'],
  [
    'cut off',
    () => {
      const { opId, body } = knock(hostile);
      return sealText(opId, body.slice(0, -30));
    },
    'corrupt',
  ],
  ['changed on the way', () => ({ ...knock(hostile), body: knock(hostile).body }), 'corrupt'],
  ['under another id', () => ({ ...knock(hostile), opId: newId() }), 'corrupt'],
  ['under no id', () => ({ ...knock(hostile), opId: 'x' }), 'corrupt'],
  ['under an id with a NUL', () => ({ ...knock(hostile), opId: 'a\0b' }), 'corrupt'],
  ['under half a letter', () => ({ ...knock(hostile), opId: '\ud800' }), 'corrupt'],
  ['a prototype in its envelope', () => bend('{', '{"__proto__":{"polluted":1},'), 'corrupt'],
  ['a constructor in its envelope', () => bend('{', '{"constructor":{"prototype":{}},'), 'corrupt'],
  [
    'a prototype in its payload',
    () => bend('"answers":[]', '"__proto__":{"polluted":1},"answers":[]'),
    'corrupt',
  ],
  ['of a type called constructor', () => bend('"type":"knock"', '"type":"constructor"'), 'future'],
  ['of a type from the future', () => bend('"type":"knock"', '"type":"petition"'), 'future'],
  ['of a version from the future', () => bend('"v":1', '"v":99'), 'future'],
  ['of a version that is no number', () => bend('"v":1', '"v":"1"'), 'future'],
  ['a time beyond all numbers', () => bend(/"ms":\d+/, '"ms":1e400'), 'corrupt'],
  ['a time that is no number', () => bend(/"ms":\d+/, '"ms":NaN'), 'corrupt'],
  [
    'a local number beyond what counts',
    () => bend(/"localSeq":\d+/, '"localSeq":9007199254740993'),
    'corrupt',
  ],
  ['a local number of nothing', () => bend(/"localSeq":\d+/, '"localSeq":0'), 'corrupt'],
  ['a raw NUL in its text', () => bend('"note":null', '"note":"a\0b"'), 'corrupt'],
  ['longer than a note may be', () => knock(hostile, START, 'x'.repeat(4001)), 'corrupt'],
  ['another chapter’s', () => bend(hostile.joined.chapter.id, newId()), 'wrong-author'],
  [
    'somebody else’s',
    () => bend(hostile.joined.member.id, honest.joined.member.id),
    'wrong-author',
  ],
])('a fact that is %s is held whole; the others of its push count', async (_, make, reason) => {
  const bad = make();
  const [before, after] = [knock(hostile), knock(hostile)];
  const answer = await beside(() => post(wrap([before, bad, after])));
  expect(answer.statusCode).toBe(200);
  const { results } = answer.json<PushAnswer>();
  expect(results.map((one) => (one.status === 'held' ? one.reason : one.status))).toEqual([
    'applied',
    reason,
    'applied',
  ]);
  const row = await db.read
    .selectFrom('held_ops')
    .select(['body', 'reason'])
    .orderBy('key', 'desc')
    .executeTakeFirstOrThrow();
  expect(row.reason).toBe(reason);
  expect(Buffer.from(row.body).equals(Buffer.from(bad.body))).toBe(true);
  // The same again: the same answer, and not a byte more is kept.
  const kept = await countKept();
  const again = (await post(wrap([before, bad, after]))).json<PushAnswer>().results;
  expect(again.map((one) => [one.opId, one.status, one.repeat])).toEqual(
    results.map((one) => [one.opId, one.status, true]),
  );
  expect(await countKept()).toEqual(kept);
});

test('an id that was used for other content loses neither', async () => {
  const first = knock(hostile);
  const second = sealText(first.opId, first.body.replace('not-home', 'refused'));
  await push(server, hostile, [first]);
  const answer = await beside(() => push(server, hostile, [second, second, first]));
  expect(answer.results).toMatchObject([
    { status: 'held', reason: 'id-reuse', repeat: false },
    { status: 'held', reason: 'id-reuse', repeat: true },
    { status: 'applied', repeat: true },
  ]);
  const { changes } = await pullAll(hostile);
  expect(changes.find((change) => change.opId === first.opId)?.body).toBe(first.body);
});

async function pullFrom(phone: Phone, cursor: string) {
  const { headers } = await phone.reader();
  return server.app.inject({ url: `/v1/pull?cursor=${encodeURIComponent(cursor)}`, headers });
}

async function pullAll(phone: Phone): Promise<{ changes: PullAnswer['changes'] }> {
  const changes: PullAnswer['changes'][number][] = [];
  let { cursor } = phone.packet;
  for (;;) {
    const page = (await pullFrom(phone, cursor)).json<PullAnswer>();
    changes.push(...page.changes);
    cursor = page.cursor;
    if (!page.more) return { changes };
  }
}

test('odd facts that are facts all the same count, and come back byte for byte', async () => {
  const odd = [
    knock(hostile, START, 'a\u0000b \ud800 \udfff \u2028 \u202e'),
    bend('"v":1', '"v":1,"v":1'),
    bend('{', '{"type":"petition",'),
    bend(/"localSeq":\d+/, '"localSeq":9007199254740991'),
    knock(hostile, START - 10 * YEAR),
    bend(/"hlc":"[^"]+"/, '"hlc":"000000000000-0000"'),
    bend(/"clockOffsetMs":null/, '"clockOffsetMs":-315360000000.25'),
  ];
  const ahead = [
    knock(hostile, START + 10 * YEAR),
    bend(/"hlc":"[^"]+"/, '"hlc":"ffffffffffff-ffff"'),
  ];
  const answer = await beside(() => push(server, hostile, [...odd, ...ahead]));
  expect(answer.results).toMatchObject([
    ...odd.map(() => ({ status: 'applied' })),
    ...ahead.map(() => ({ status: 'applied', clamped: true })),
  ]);
  const { changes } = await pullAll(hostile);
  const bodies = new Map(changes.map((change) => [change.opId, change.body]));
  for (const op of [...odd, ...ahead]) expect(bodies.get(op.opId as OpId)).toBe(op.body);
  // A stamp ten years ahead wins by five minutes at most.
  const stamps = changes.flatMap((change) =>
    change.eff === undefined ? [] : [parseInt(change.eff.slice(0, 12), 16)],
  );
  expect(Math.max(...stamps)).toBeLessThanOrEqual(START + 5 * 60_000);
});

test('a cursor of another chapter, or one that was made up, is refused and changes nothing', async () => {
  const elm = await server.makeChapter('elmwood');
  await makeTown(elm, 'Elm');
  const foreign = (await makeWalk(server, elm)).phone;
  const incarnation = (await push(server, hostile, [])).incarnation;
  const own = hostile.packet.cursor;
  for (const cursor of [
    foreign.packet.cursor,
    own.slice(0, -2),
    own.split('.')[0] ?? '',
    `${own}.${own}`,
    `${foreign.packet.cursor.split('.')[0]}.${own.split('.')[1]}`,
    'x',
    '.',
    '\0',
    '__proto__.__proto__',
    'e30.e30',
    'x'.repeat(1999),
  ]) {
    const answer = await beside(() => pullFrom(hostile, cursor));
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ problem: { code: 'cursor-refused' } });
  }
  expect((await push(server, hostile, [])).incarnation).toBe(incarnation);
  expect((await pullFrom(hostile, own)).statusCode).toBe(200);
});

/** Ways into a page that shows text as markup: 25 of them, 20 times told apart. */
const VECTORS = [
  '<script>alert(1)</script>',
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<body onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<math><mtext></p><style><img src onerror=alert(1)>',
  '</textarea><script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '--><script>alert(1)</script>',
  ']]><script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  '<input autofocus onfocus=alert(1)>',
  '<details open ontoggle=alert(1)>',
  '<style>@import "//evil.example"</style>',
  '<meta http-equiv=refresh content="0;url=//evil.example">',
  '\u003cscript\u003ealert(1)\u003c/script\u003e',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '＜script＞alert(1)＜/script＞',
  '<sc\u0000ript>alert(1)</sc\u0000ript>',
];

test('500 notes and names of markup are kept and given back as the text that they are', async () => {
  const notes = VECTORS.flatMap((vector) => fill(20, (i) => `${i} ${vector}`)) as string[];
  expect(notes).toHaveLength(500);
  const ops = notes.map((note) => knock(hostile, START, note));
  for (let from = 0; from < ops.length; from += 200) {
    const { results } = await push(server, hostile, ops.slice(from, from + 200));
    expect(results.every((one) => one.status === 'applied')).toBe(true);
  }
  const { changes } = await pullAll(hostile);
  const bodies = new Map(changes.map((change) => [change.opId, change.body]));
  for (const [i, op] of ops.entries()) {
    const body = bodies.get(op.opId as OpId) ?? '';
    expect((JSON.parse(body) as { payload: { note: string } }).payload.note).toBe(notes[i]);
  }
  const names = VECTORS.filter((vector) => !vector.includes('\0'));
  for (const name of names) await joinPhone(server, await walk.code(), name);
  const lead = await server.staff(db, 'coordinator');
  const answer = await server.app.inject({ url: '/v1/phones', headers: lead.headers });
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
  const shown = answer.json<PhoneRow[]>().map((phone) => phone.memberName);
  for (const name of names) expect(shown).toContain(name);
});

test('a phone that sends without end waits, loses nothing, and keeps nobody else waiting', async () => {
  const phone = await joinPhone(server, await walk.code(), 'Flood');
  const noise = 'x'.repeat(1024 * 1024);
  const headers = { ...phone.headers, 'content-type': 'application/json' };
  const flood = () =>
    server.app.inject({ method: 'POST', url: '/v1/push', headers, payload: noise });
  let answer = await flood();
  for (let i = 0; i < 70 && answer.statusCode !== 429; i++) answer = await flood();
  expect(answer.statusCode).toBe(429);
  expect(answer.json()).toMatchObject({ problem: { code: 'too-many-tries' } });
  const seconds = Number(answer.headers['retry-after']);
  expect(seconds).toBeGreaterThan(0);
  const fact = seal(phone, 'knock', { doorId: phone.packet.doors[0]?.id ?? '' }, START);
  await beside(async () => expect((await flood()).statusCode).toBe(429));
  server.time.now += seconds * 1000;
  expect((await push(server, phone, [fact])).results).toHaveLength(1);
});

test('an outbox of ten thousand facts passes, in batches of 200', async () => {
  const phone = await joinPhone(server, await walk.code(), 'Long away');
  for (let batch = 0; batch < 50; batch++) {
    const ops = fill(200, () => knock(phone)) as SealedOp[];
    const { results } = await push(server, phone, ops);
    expect(results.every((one) => one.status === 'applied')).toBe(true);
  }
});

test('a push by a phone that says it is another one gives no sign of that one', async () => {
  const lead = await server.staff(db, 'coordinator');
  const unsentOf = async () =>
    (await call<PhoneRow[]>(server, lead, 'GET', '/v1/phones')).find(
      (one) => one.deviceId === honest.joined.deviceId,
    )?.unsent;
  const before = await unsentOf();
  await post(wrap([], { deviceId: honest.joined.deviceId, unsent: 4_000 }));
  expect(await unsentOf()).toBe(before);
});
