import { afterAll, beforeAll, expect, test } from 'vitest';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import { type Id, makeId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { Joined } from '#shared/model/chapter.ts';
import type { HandedAnswer, HandedClaim, HandedNote, HandedTurf } from '#shared/model/handed.ts';
import { LONGEST_HOLD } from '#shared/model/launch-limits.ts';
import type { Turf } from '#shared/model/turf.ts';
import type { PullAnswer } from '#shared/sync/protocol.ts';
import { hashSecret, makeCredential } from '../../server/chapter/credential.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { around, makeTown } from './make-town.ts';
import {
  askToken,
  call,
  joinPhone,
  makePhoneKey,
  makeWalk,
  type Phone,
  type PhoneKey,
  push,
  sealKnock,
  type Walk,
} from './make-walk.ts';

const DAY = 24 * 3_600_000;
const random = seededBytes(seededDice(71));
const fresh = (): string => makeId<Id<'any'>>(0, random);

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  walk = await makeWalk(server, db);
});
afterAll(() => server.close());

/** A phone that has never had a network, as it would speak at its first contact. */
function makeHanded(note: HandedNote, key: PhoneKey = makePhoneKey()) {
  const { token } = makeCredential(db.id, random);
  const said = {
    v: 1 as const,
    note,
    deviceId: fresh(),
    memberId: fresh(),
    name: 'Noor',
    publicKey: key.publicKey,
    tokenHash: Buffer.from(hashSecret(token)).toString('hex'),
  };
  const sign = (more: Partial<HandedClaim> = {}): HandedClaim => {
    const whole = { ...said, ...more };
    return { ...whole, signature: key.sign(canonicalJson(whole)) };
  };
  const headers = { authorization: `Bearer ${token}` };
  return { said, sign, headers, key };
}
type Handed = ReturnType<typeof makeHanded>;

async function claim(body: HandedClaim, before: readonly HandedClaim[] = []) {
  const payload = { claim: body, before };
  const answer = await server.app.inject({ method: 'POST', url: '/v1/handed', payload });
  return { status: answer.statusCode, body: answer.json<HandedAnswer>() };
}

const handed = async (): Promise<HandedTurf> => {
  const desk = await server.staff(db, 'coordinator');
  return call(server, desk, 'POST', `/v1/turfs/${walk.turf.id}/hand`);
};

/** One knock of a handed phone, as it would send it. */
async function knock({ said, headers, key }: Handed, packet: HandedTurf['packet']) {
  const [door] = packet.doors;
  if (door === undefined) throw new Error('An empty turf.');
  const member = { id: said.memberId, name: said.name, role: 'canvasser' as const };
  const joined = { deviceId: said.deviceId, member, chapter: packet.chapter } as Joined;
  const phone: Phone = { headers, joined, packet, key, reader: () => Promise.resolve({ headers }) };
  const outcome = { kind: 'result', result: 'not-home' } as const;
  const fact = { doorId: door.id, personId: null, outcome, answers: [], note: null };
  const op = sealKnock(phone, fact, server.time.now);
  return (await push(server, phone, [op])).results[0];
}

const countPhones = async (): Promise<number> => {
  const { count } = await db.read
    .selectFrom('devices')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
};

/** A note of the phone that walks the turf. */
function noteOf(phone: Phone, more: Partial<HandedNote> = {}): HandedNote {
  const said = {
    v: 1 as const,
    noteId: fresh(),
    chapterId: db.id,
    turfId: walk.turf.id,
    issuedAt: server.time.now,
    until: server.time.now + 3 * DAY,
    by: phone.joined.member.id,
    giver: phone.joined.deviceId,
    ...more,
  };
  const { signature: _, ...rest } = { signature: '', ...said };
  return { ...rest, signature: phone.key.sign(canonicalJson(rest)) };
}

test('the desk’s note lets one phone walk, which reads its turf and whose facts are applied', async () => {
  const { note, packet } = await handed();
  const { doors, people } = walk.phone.packet;
  expect(packet).toMatchObject({ doors, people });
  // The key of what is half written is of one phone alone.
  const { draftKey, ...shared } = walk.phone.packet;
  expect(draftKey).toBeDefined();
  expect(Object.keys(packet).toSorted()).toEqual(Object.keys(shared).toSorted());
  expect(packet.heldUntil).toBe(server.time.now + LONGEST_HOLD);
  const phone = makeHanded(note);
  const own = phone.sign();
  expect(await claim(own)).toMatchObject({ status: 200, body: { standing: 'walks' } });
  const phones = await countPhones();
  expect(await claim(own)).toMatchObject({ status: 200, body: { standing: 'walks' } });
  expect(await countPhones()).toBe(phones);
  expect(await knock(phone, packet)).toMatchObject({ status: 'applied' });
  const { token } = await askToken(server, phone.headers, phone.said.deviceId, phone.key);
  const reader = { headers: { authorization: `Bearer ${token}` } };
  const cursor = encodeURIComponent(packet.cursor);
  const page = await call<PullAnswer>(server, reader, 'GET', `/v1/pull?cursor=${cursor}`);
  expect(page.changes).toHaveLength(1);
  expect(page.scopes).toMatchObject([{ id: walk.turf.id, state: 'held' }]);
});

test('who comes second with a note, or too late, is heard and reads nothing', async () => {
  const { note, packet } = await handed();
  expect(await claim(makeHanded(note).sign())).toMatchObject({ body: { standing: 'walks' } });
  const second = makeHanded(note);
  expect(await claim(second.sign())).toMatchObject({ status: 200, body: { standing: 'held' } });
  expect(await knock(second, packet)).toMatchObject({ status: 'held', reason: 'scope' });
  const { token } = await askToken(server, second.headers, second.said.deviceId, second.key);
  const asked = { url: '/v1/packet', headers: { authorization: `Bearer ${token}` } };
  expect((await server.app.inject(asked)).json()).toMatchObject({ problem: { code: 'no-turf' } });

  const late = await handed();
  server.time.now += 4 * DAY;
  expect(await claim(makeHanded(late.note).sign())).toMatchObject({ body: { standing: 'held' } });
  server.time.now -= 4 * DAY;
});

test('a note never lets in more phones than a table has, and each of them once', async () => {
  const { note } = await handed();
  const answers = [];
  for (let i = 0; i < 6; i++) answers.push((await claim(makeHanded(note).sign())).status);
  expect(answers).toEqual([200, 200, 200, 200, 200, 409]);
});

test('a forged or changed note or claim is refused, and nobody is added', async () => {
  const { note } = await handed();
  const phones = await countPhones();
  const forger = makePhoneKey();
  const good = makeHanded(note);
  const by = walk.phone;
  const forged: HandedClaim[] = [
    makeHanded({ ...note, until: note.until + DAY }).sign(),
    makeHanded({ ...note, turfId: fresh() }).sign(),
    makeHanded({ ...note, signature: 'AAAA' }).sign(),
    // A stranger's key under the name of a phone of the chapter, or under no phone's.
    makeHanded(noteOf({ ...by, key: forger })).sign(),
    makeHanded(noteOf(by, { giver: fresh() })).sign(),
    // The claim itself: not signed by its key, or in the place of a phone or member that is there.
    { ...good.sign(), name: 'Somebody else' },
    { ...good.sign(), tokenHash: 'f'.repeat(64) },
    good.sign({ deviceId: by.joined.deviceId }),
    good.sign({ memberId: by.joined.member.id }),
    good.sign({ tokenHash: Buffer.from(hashSecret(by.joined.deviceToken)).toString('hex') }),
  ];
  for (const one of forged) {
    expect(await claim(one)).toMatchObject({
      status: 409,
      body: { problem: { code: 'handed-refused' } },
    });
  }
  expect(await countPhones()).toBe(phones);
});

test('a note dated back to before the turf was taken back opens nothing once a shift is over', async () => {
  const code = await walk.code();
  const giver = await joinPhone(server, code, 'Ivo');
  const { deviceId } = giver.joined;
  server.time.now += 1000;
  const handedBefore = noteOf(giver);
  const desk = await server.staff(db, 'coordinator');
  server.time.now += 1000;
  await call(server, desk, 'POST', `/v1/turfs/${walk.turf.id}/take-back`, { deviceId });
  server.time.now += 1000;
  const after = noteOf(giver);
  expect(await claim(makeHanded(after).sign())).toMatchObject({ body: { standing: 'held' } });
  // Whoever was handed it before and comes home a little later walks on.
  expect(await claim(makeHanded(handedBefore).sign())).toMatchObject({
    body: { standing: 'walks' },
  });
  const back = noteOf(giver, { issuedAt: handedBefore.issuedAt });
  server.time.now += 5 * 3_600_000;
  const late = makeHanded(back);
  expect(await claim(late.sign())).toMatchObject({ status: 200, body: { standing: 'held' } });
  // Nothing of what it brings is lost.
  expect(await knock(late, giver.packet)).toMatchObject({
    status: 'held',
    reason: 'scope',
  });
});

test('a phone hands on the turf that it walks, no other, and not after it was taken back', async () => {
  expect(await claim(makeHanded(noteOf(walk.phone)).sign())).toMatchObject({
    body: { standing: 'walks' },
  });
  const elsewhere = noteOf(walk.phone, { turfId: fresh() });
  expect(await claim(makeHanded(elsewhere).sign())).toMatchObject({ body: { standing: 'held' } });
  const gone = noteOf(walk.phone);
  const desk = await server.staff(db, 'coordinator');
  const { deviceId } = walk.phone.joined;
  await call(server, desk, 'POST', `/v1/phones/${deviceId}/revoke`, { lost: true });
  expect(await claim(makeHanded(gone).sign())).toMatchObject({ body: { standing: 'held' } });
});

test('the last of a chain brings the word of those before it, who had no network either', async () => {
  const { note, packet } = await handed();
  const first = makeHanded(note);
  const giver = {
    joined: { deviceId: first.said.deviceId, member: { id: first.said.memberId } },
    key: first.key,
  } as Phone;
  const second = makeHanded(noteOf(giver));
  expect(await claim(second.sign())).toMatchObject({ status: 409 });
  expect(await claim(second.sign(), [first.sign()])).toMatchObject({ body: { standing: 'walks' } });
  expect(await knock(second, packet)).toMatchObject({ status: 'applied' });
  expect(await claim(first.sign())).toMatchObject({ body: { standing: 'walks' } });
  expect(await knock(first, packet)).toMatchObject({ status: 'applied' });
});

test('a turf that was handed over stays until its phone is heard of, as one that was launched does', async () => {
  const desk = await server.staff(db, 'coordinator');
  const other = await call<Turf>(server, desk, 'POST', '/v1/turfs', {
    universeId: walk.universe.id,
    name: 'Far St',
    outline: around(4, 5),
  });
  await call(server, desk, 'POST', `/v1/turfs/${other.id}/publish`);
  const given = await call<HandedTurf>(server, desk, 'POST', `/v1/turfs/${other.id}/hand`);
  const url = `/v1/turfs/${other.id}`;
  const answer = await server.app.inject({ method: 'DELETE', url, headers: desk.headers });
  expect([answer.statusCode, answer.json().problem?.code]).toEqual([409, 'turf-handed-out']);
  const phone = makeHanded(given.note);
  expect((await claim(phone.sign())).body.standing).toBe('walks');
  expect(await knock(phone, given.packet)).toMatchObject({ status: 'applied' });
});
