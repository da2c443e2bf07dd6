import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Turf } from '#shared/model/turf.ts';
import type { HeldEntry } from '#shared/sync/phones.ts';
import type { OpResult, PullAnswer, SealedOp } from '#shared/sync/protocol.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { START, type TestApp } from './make-app.ts';
import { makeKnock } from './make-knock.ts';
import { makeOakdale } from './make-oakdale.ts';
import { call, joinPhone, push, sealKnock, type Walk } from './make-walk.ts';

interface Page {
  readonly entries: readonly HeldEntry[];
  readonly more: boolean;
}

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let desk: { headers: { cookie: string } };
/** Doors of the chapter in no turf of the phone's. */
let beyond: DoorId[];
beforeEach(async () => {
  ({ server, db, walk, desk } = await makeOakdale());
  const doors = await db.read.selectFrom('doors').select('id').orderBy('key').execute();
  beyond = doors.slice(8).map((door) => door.id);
});
afterEach(() => server.close());

const list = (state: 'waiting' | 'decided', after = '') =>
  call<Page>(server, desk, 'GET', `/v1/held?state=${state}${after && `&after=${after}`}`);
const decide = (id: string, what: string, payload?: object) =>
  server.app.inject({
    method: 'POST',
    url: `/v1/held/${id}/${what}`,
    headers: desk.headers,
    ...(payload && { payload }),
  });
const tally = async () => (await call<Turf[]>(server, desk, 'GET', '/v1/turfs'))[0]?.tally;
const logged = () => db.read.selectFrom('ops').select(['seq', 'body']).orderBy('seq').execute();

function bend(op: SealedOp, change: Partial<Record<keyof Operation, unknown>>): SealedOp {
  const body = canonicalJson({ ...(JSON.parse(op.body) as Operation), ...change });
  return { ...op, body, sha256: createHash('sha256').update(body).digest('hex') };
}

async function hold(ops: readonly SealedOp[]): Promise<readonly OpResult[]> {
  const { results } = await push(server, walk.phone, ops);
  expect(results.map((one) => one.status)).toEqual(ops.map(() => 'held'));
  return results;
}

async function holdOne(op: SealedOp): Promise<HeldEntry> {
  await hold([op]);
  const [entry] = (await list('waiting')).entries;
  if (entry === undefined) throw new Error('nothing is held');
  return entry;
}

test('held facts are listed newest first, a hundred a page, each with what may be done', async () => {
  const { phone } = walk;
  const ops = Array.from({ length: 130 }, (_, i) =>
    sealKnock(phone, makeKnock(beyond[i % beyond.length] ?? ''), START + i),
  );
  await hold(ops);
  const first = await list('waiting');
  const second = await list('waiting', first.entries.at(-1)?.id);
  expect([first.entries.length, first.more, second.entries.length, second.more]).toEqual([
    100,
    true,
    30,
    false,
  ]);
  expect([...first.entries, ...second.entries].map((one) => one.opId)).toEqual(
    ops.map((op) => op.opId).reverse(),
  );
  expect(first.entries[0]).toMatchObject({
    memberName: 'Cleo',
    reason: 'scope',
    body: ops.at(-1)?.body,
    door: { id: beyond[129 % beyond.length] },
    turfName: 'Main St',
    may: ['accept', 'retarget', 'discard'],
    decision: null,
  });
  expect(first.entries[0]?.door?.label).toMatch(/^\d+ Main St \d$/);
  expect(await list('decided')).toEqual({ entries: [], more: false });
});

test('an accepted fact counts like any other, once, and the phone’s repeat is told', async () => {
  const { phone } = walk;
  const op = sealKnock(phone, makeKnock(beyond[0] ?? ''), START);
  const entry = await holdOne(op);
  const accepted = await decide(entry.id, 'accept');
  expect(accepted.statusCode).toBe(200);
  expect(accepted.json<HeldEntry>()).toMatchObject({
    id: entry.id,
    may: [],
    decision: { what: 'accepted', by: 'The coordinator', at: START },
  });
  expect(await list('waiting')).toEqual({ entries: [], more: false });
  expect((await list('decided')).entries).toHaveLength(1);
  expect((await logged()).map((row) => row.body)).toEqual([op.body]);
  const again = await push(server, phone, [op]);
  expect(again.results).toEqual([
    { opId: op.opId, status: 'held', reason: 'scope', repeat: true, decided: 'accepted' },
  ]);
  expect(await logged()).toHaveLength(1);
});

test('decided is decided: the second of two coordinators is told, and nothing happens twice', async () => {
  const { phone } = walk;
  const entry = await holdOne(sealKnock(phone, makeKnock(beyond[0] ?? ''), START));
  const doorId = phone.packet.doors[0]?.id;
  const race = await Promise.all([
    decide(entry.id, 'accept'),
    decide(entry.id, 'discard', { why: 'a mistake' }),
    decide(entry.id, 'retarget', { doorId }),
    decide(entry.id, 'accept'),
  ]);
  const won = race.filter((answer) => answer.statusCode === 200);
  expect(won).toHaveLength(1);
  for (const answer of race) {
    if (answer.statusCode === 200) continue;
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ problem: { code: 'held-decided' } });
  }
  expect((await logged()).length).toBe(
    won[0]?.json<HeldEntry>().decision?.what === 'discarded' ? 0 : 1,
  );
  expect((await list('decided')).entries).toHaveLength(1);
  const late = await decide(entry.id, 'discard', { why: 'too late' });
  expect(late.json()).toMatchObject({ problem: { code: 'held-decided' } });
});

test('a fact given another door counts there, reaches other phones, and stays as it came', async () => {
  const { phone } = walk;
  const meant = phone.packet.doors[2]?.id ?? '';
  const other = await joinPhone(server, await walk.code(), 'Dana');
  const op = sealKnock(
    phone,
    { ...makeKnock('0190a0a0-0000-7000-8000-00000000dead'), note: 'dog' },
    START,
  );
  const entry = await holdOne(op);
  expect(entry).toMatchObject({ reason: 'unknown-door', door: null, may: ['retarget', 'discard'] });
  expect((await decide(entry.id, 'accept')).json()).toMatchObject({
    problem: { code: 'held-not-fit' },
  });
  const nowhere = await decide(entry.id, 'retarget', { doorId: entry.opId });
  expect(nowhere.statusCode).toBe(404);
  expect((await decide(entry.id, 'retarget', { doorId: meant })).json<HeldEntry>()).toMatchObject({
    decision: { what: 'retargeted' },
    body: op.body,
  });
  expect(await tally()).toMatchObject({ knocked: 1, remaining: 7 });
  const url = `/v1/pull?cursor=${encodeURIComponent(other.packet.cursor)}`;
  const { changes } = await call<PullAnswer>(server, await other.reader(), 'GET', url);
  const made = JSON.parse(changes[0]?.body ?? '{}') as Operation;
  expect(made).toMatchObject({
    type: 'knock',
    entityId: meant,
    actorId: phone.joined.member.id,
    payload: { doorId: meant, note: 'dog' },
    at: { ms: START },
  });
  expect(made.opId).not.toBe(op.opId);
  expect(changes[0]?.opId).toBe(made.opId);
});

test('an id that was used for something else: the second fact is made anew under an id of its own', async () => {
  const { phone } = walk;
  const doorId = phone.packet.doors[0]?.id ?? '';
  const first = sealKnock(phone, makeKnock(doorId), START);
  await push(server, phone, [first]);
  const second = bend(first, { payload: { ...makeKnock(doorId), note: 'another' } });
  const entry = await holdOne(second);
  expect(entry).toMatchObject({ reason: 'id-reuse', may: ['accept', 'retarget', 'discard'] });
  expect((await decide(entry.id, 'accept')).statusCode).toBe(200);
  const notes = (await logged()).map((row) => (JSON.parse(row.body) as Operation).payload);
  expect(notes).toMatchObject([{ note: null }, { note: 'another' }]);
  expect(await tally()).toMatchObject({ knocked: 1, knocks: 2 });
});

test('a fact in another’s name is accepted as that of the phone it came from', async () => {
  const { phone } = walk;
  const other = await joinPhone(server, await walk.code(), 'Dana');
  const op = sealKnock(other, makeKnock(phone.packet.doors[0]?.id ?? ''), START);
  const entry = await holdOne(op);
  expect(entry).toMatchObject({ reason: 'wrong-author', may: ['accept', 'discard'] });
  expect((await decide(entry.id, 'accept')).statusCode).toBe(200);
  const [row] = await logged();
  expect(JSON.parse(row?.body ?? '{}')).toMatchObject({
    actorId: phone.joined.member.id,
    deviceId: phone.joined.deviceId,
  });
});

test('what cannot be read is only discarded, for a reason that is kept with it', async () => {
  const { phone } = walk;
  const knock = sealKnock(phone, makeKnock(phone.packet.doors[0]?.id ?? ''), START);
  const future = bend(sealKnock(phone, makeKnock(phone.packet.doors[0]?.id ?? ''), START), {
    v: 9,
  });
  await hold([{ ...knock, body: `${knock.body} ` }, future]);
  const { entries } = await list('waiting');
  expect(entries.map((one) => [one.reason, one.may])).toEqual([
    ['future', ['discard']],
    ['corrupt', ['discard']],
  ]);
  const id = entries[1]?.id ?? '';
  const tries = [['accept'], ['retarget', { doorId: phone.packet.doors[0]?.id }]] as const;
  for (const [what, body] of tries) {
    const answer = await decide(id, what, body);
    expect([what, answer.statusCode]).toEqual([what, 409]);
  }
  for (const why of ['ab', '     ', ' ab  ']) {
    expect([why, (await decide(id, 'discard', { why })).statusCode]).toEqual([why, 400]);
  }
  const discarded = await decide(id, 'discard', { why: 'cut off on its way' });
  expect(discarded.json()).toMatchObject({
    body: `${knock.body} `,
    decision: { what: 'discarded', by: 'The coordinator', why: 'cut off on its way' },
  });
  expect(await logged()).toHaveLength(0);
  expect((await list('waiting')).entries).toHaveLength(1);
});

test('an accepted fact shows on a desk that is open', async () => {
  const { phone } = walk;
  const op = sealKnock(phone, makeKnock('0190a0a0-0000-7000-8000-00000000dead'), START);
  const entry = await holdOne(op);
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const address = server.app.server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const stop = new AbortController();
  const live = await fetch(`http://127.0.0.1:${port}/v1/live`, {
    headers: desk.headers,
    signal: stop.signal,
  });
  await decide(entry.id, 'retarget', { doorId: phone.packet.doors[0]?.id });
  let text = '';
  for await (const chunk of live.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    if (text.includes('event: turf')) break;
  }
  expect(text).toContain('"knocked":1');
  stop.abort();
});

test('nobody but coordination decides, and no id of another chapter or shape is known', async () => {
  const entry = await holdOne(sealKnock(walk.phone, makeKnock(beyond[0] ?? ''), START));
  const research = await server.staff(db, 'research-lead');
  const refused = await server.app.inject({
    method: 'POST',
    url: `/v1/held/${entry.id}/accept`,
    headers: research.headers,
  });
  expect(refused.statusCode).toBe(404);
  expect(await call<Page>(server, research, 'GET', '/v1/held')).toMatchObject({ more: false });
  const elm = await server.makeChapter('elmwood');
  desk = await server.staff(elm, 'coordinator');
  expect((await list('waiting')).entries).toEqual([]);
  const answers = await Promise.all(
    [entry.id, '999', 'nonsense', entry.opId].map((id) => decide(id, 'accept')),
  );
  for (const answer of answers) {
    expect([answer.statusCode, answer.body]).toEqual([404, answers[1]?.body]);
  }
});
