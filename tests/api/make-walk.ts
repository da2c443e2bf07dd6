import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import { makeId, type OpId, type TurfId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { Joined } from '#shared/model/chapter.ts';
import type { Knock } from '#shared/model/fact.ts';
import type { LaunchTurf } from '#shared/model/invite.ts';
import type { OperationType } from '#shared/model/operation.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { Turf } from '#shared/model/turf.ts';
import { EVERYONE, type Universe } from '#shared/model/universe.ts';
import type { LaunchCode } from '#shared/model/turf.ts';
import type { PushAnswer, SealedOp, TokenAnswer } from '#shared/sync/protocol.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import type { TestApp } from './make-app.ts';
import { around } from './make-town.ts';

interface Headers {
  readonly headers: Readonly<Record<string, string>>;
}

/** Calls the app and gives the answer's JSON; throws when the status is not a success. */
export async function call<T>(
  { app }: TestApp,
  who: Headers,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
): Promise<T> {
  const answer = await app.inject({
    method,
    url,
    headers: who.headers,
    ...(payload && { payload }),
  });
  if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.body}`);
  return (answer.body === '' ? null : answer.json()) as T;
}

export interface Walk {
  readonly universe: Universe;
  readonly turf: Turf;
  readonly phone: Phone;
  /** A new code of the turf: each opens it for one phone. */
  readonly code: () => Promise<string>;
}

/** A phone: its own headers push, those of `reader` read. */
export interface Phone extends Headers {
  readonly joined: Joined;
  readonly packet: Packet;
  readonly key: PhoneKey;
  /** With a fresh token for what it may read now. */
  reader(): Promise<Headers>;
}

export interface PhoneKey {
  readonly publicKey: string;
  sign(text: string): string;
}

/** A phone's P-256 key. */
export function makePhoneKey(): PhoneKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return {
    publicKey: point.toString('base64url'),
    sign: (text) => sign('sha256', Buffer.from(text), key).toString('base64url'),
  };
}

/** Asks for a token to read: what the server says after a good signature. */
export async function askToken(
  server: TestApp,
  headers: Headers['headers'],
  deviceId: string,
  key: PhoneKey,
): Promise<Extract<TokenAnswer, { kind: 'token' }>> {
  const asked = await call<TokenAnswer>(server, { headers }, 'POST', '/v1/token', { deviceId });
  if (asked.kind !== 'challenge') throw new Error('a token for nothing');
  const { challenge } = asked;
  const answer = { challenge, signature: key.sign(challenge) };
  const given = await call<TokenAnswer>(server, { headers }, 'POST', '/v1/token', {
    deviceId,
    answer,
  });
  if (given.kind !== 'token') throw new Error('no token for a signature');
  return given;
}

export async function joinPhone(
  server: TestApp,
  code: string,
  name = 'Cleo',
  more: { readonly lostDeviceId?: string } = {},
): Promise<Phone> {
  const key = makePhoneKey();
  const { publicKey } = key;
  const wish = { code, name, publicKey, ...more };
  const joined = await call<Joined>(server, { headers: {} }, 'POST', '/v1/join', wish);
  const headers = { authorization: `Bearer ${joined.deviceToken}` };
  const reader = async () => {
    const { token } = await askToken(server, headers, joined.deviceId, key);
    return { headers: { authorization: `Bearer ${token}` } };
  };
  const packet = await call<Packet>(server, await reader(), 'GET', '/v1/packet');
  return { headers, joined, packet, key, reader };
}

/** A new code of a turf: it opens the turf for one phone. */
export async function launch(
  server: TestApp,
  db: ChapterDb,
  turfId: TurfId,
  wish: LaunchTurf = {},
): Promise<LaunchCode> {
  // However long the test has let pass, somebody is at the table.
  const desk = await server.staff(db, 'coordinator');
  return call<LaunchCode>(server, desk, 'POST', `/v1/turfs/${turfId}/launch`, wish);
}

/** A universe of everyone, one published turf of the first buildings, and a phone that holds it. */
export async function makeWalk(server: TestApp, db: ChapterDb, last = 3): Promise<Walk> {
  const lead = await server.staff(db, 'admin');
  const universe = await call<Universe>(server, lead, 'POST', '/v1/universes', {
    name: 'Everyone',
    question: EVERYONE,
  });
  const draft = await call<Turf>(server, lead, 'POST', '/v1/turfs', {
    universeId: universe.id,
    name: 'Main St',
    outline: around(0, last),
  });
  const turf = await call<Turf>(server, lead, 'POST', `/v1/turfs/${draft.id}/publish`);
  const code = async (): Promise<string> => (await launch(server, db, turf.id)).code;
  const phone = await joinPhone(server, await code());
  return { universe, turf, phone, code };
}

const random = seededBytes(seededDice(11));
let localSeq = 0;

/** An operation as this phone would send it. */
export function seal(
  { joined, packet }: Phone,
  type: OperationType,
  payload: Readonly<Record<string, unknown>> & { readonly doorId: string },
  at: number,
  supersedes: OpId | null = null,
): SealedOp {
  localSeq += 1;
  const opId = makeId<OpId>(at, random);
  const body = canonicalJson({
    opId,
    chapterId: joined.chapter.id,
    actorId: joined.member.id,
    deviceId: joined.deviceId,
    dbEpoch: 'epoch-1',
    localSeq,
    type,
    v: 1,
    entityId: payload.doorId,
    scopeId: packet.turf.id,
    scriptVersionId: packet.script?.id ?? null,
    hlc: `${(at + localSeq).toString(16).padStart(12, '0')}-0000`,
    at: { ms: at, offset: -240 },
    clockOffsetMs: null,
    supersedes,
    payload,
  });
  return { opId, sha256: createHash('sha256').update(body).digest('hex'), body };
}

export function sealKnock(phone: Phone, knock: Knock, at: number): SealedOp {
  return seal(phone, 'knock', knock, at);
}

export async function push(
  server: TestApp,
  phone: Phone,
  ops: readonly SealedOp[],
  more: object = {},
) {
  return call<PushAnswer>(server, phone, 'POST', '/v1/push', {
    proto: 2,
    batchId: makeId(1, random),
    deviceId: phone.joined.deviceId,
    dbEpoch: 'epoch-1',
    incarnationSeen: phone.packet.incarnation,
    maxLocalSeq: localSeq,
    unsent: ops.length,
    ops,
    ...more,
  });
}
