import { afterAll, beforeAll, expect, test } from 'vitest';
import { Type } from 'typebox';
import {
  BuildingNote,
  Consent,
  ContactConsent,
  Correct,
  FollowUp,
  FoundDoor,
  Knock,
  LitDrop,
  Note,
  Resident,
  Signature,
  SignUp,
  Tagged,
  TurfReport,
  Withdraw,
} from '#shared/model/fact.ts';
import type { OperationType } from '#shared/model/operation.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { PullAnswer } from '#shared/sync/protocol.ts';
import { findDevice } from '../../server/chapter/find-device.ts';
import { PACKET_FIELDS, PULL_FIELDS } from '../../server/plugins/access-fields.ts';
import { ACCESS_TABLE } from '../../server/plugins/access-table.ts';
import { fieldPicker } from '../../server/plugins/pick-fields.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { readPacket } from '../../server/turf/read-packet.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeTown, PEOPLE } from './make-town.ts';
import { call, joinPhone, makeWalk, push, sealKnock, type Phone, type Walk } from './make-walk.ts';

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let other: Phone;
beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  walk = await makeWalk(server, db);
  other = await joinPhone(server, await walk.code(), 'Dara');
  const [door] = other.packet.doors;
  const [person] = other.packet.people;
  if (door === undefined || person === undefined) throw new Error('An empty turf.');
  const outcome = { kind: 'result', result: 'not-home' } as const;
  const fact = { doorId: door.id, personId: null, outcome, answers: [], note: 'gate is open' };
  await push(server, other, [sealKnock(other, fact, START)]);
});
afterAll(() => server.close());

/** What the roll holds of people and no canvasser's phone may: see makeTown. */
const NEVER = [
  /@example\.org/,
  /Oak-QZX/,
  /2024-11-05/,
  /[":]1990\D/,
  /birth/i,
  /vot(ed|es)\b/i,
  /source_?id/i,
];

/** The paths of all values, lists counted as each of their items. */
function pathsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsOf(item, path));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, member]) =>
    pathsOf(member, path === '' ? key : `${path}.${key}`),
  );
}

const notIn = (fields: readonly string[], answer: unknown): string[] => {
  const fits = (path: string): boolean =>
    fields.some((field) => path === field || path.startsWith(`${field}.`));
  return [...new Set(pathsOf(answer))].filter((path) => !fits(path));
};

const readerPacket = async (): Promise<Packet> =>
  call<Packet>(server, await walk.phone.reader(), 'GET', '/v1/packet');

test('each phone has a key of its own for what is half written, the same in each packet', async () => {
  const { draftKey = '' } = await readerPacket();
  expect(Buffer.from(draftKey, 'base64url')).toHaveLength(32);
  expect((await readerPacket()).draftKey).toBe(draftKey);
  expect(other.packet.draftKey).not.toBe(draftKey);
});

test('a packet and a pull hold the fields of the table and no others', async () => {
  const packet = await readerPacket();
  expect(packet.people.length).toBeGreaterThan(3);
  expect(packet.history).toHaveLength(1);
  expect(notIn(PACKET_FIELDS, packet)).toEqual([]);
  const cursor = encodeURIComponent(walk.phone.packet.cursor);
  const reader = await walk.phone.reader();
  const pull = await call<PullAnswer>(server, reader, 'GET', `/v1/pull?cursor=${cursor}`);
  expect(pull.changes).toHaveLength(1);
  expect(notIn(PULL_FIELDS, pull)).toEqual([]);
});

test('the table cuts nothing off that the walk needs', async () => {
  const token = (await walk.phone.reader()).headers['authorization']?.slice('Bearer '.length) ?? '';
  const actor = await findDevice(token, server.ports.registry, server.time.now);
  if (actor === null) throw new Error('The phone is unknown.');
  const whole = await readPacket(actor, server.time.now);
  if (!whole.ok) throw new Error(whole.problem.code);
  expect(await readerPacket()).toEqual(JSON.parse(JSON.stringify(whole.value)));
});

test('a field that somebody adds to an answer stays on the server until the table names it', () => {
  const { packet } = walk.phone;
  const people = packet.people.map((person) => ({
    ...person,
    birthDate: '1990-01-01',
    email: 'x@example.org',
    voted: ['2024-11-05'],
  }));
  const pick = fieldPicker(PACKET_FIELDS);
  expect(pick({ ...packet, people, secret: 'x' })).toEqual(packet);
  expect(pick({ people: [null] })).toEqual({ people: [null] });
});

test('no answer to any phone holds a birth date, an e-mail, who voted, or a number of the roll', async () => {
  const reader = await walk.phone.reader();
  const cursor = encodeURIComponent(walk.phone.packet.cursor);
  let tried = 0;
  for (const [key, { who }] of Object.entries(ACCESS_TABLE)) {
    const [method, url = ''] = key.split(' ');
    if (method !== 'GET' || who === 'anyone' || !who.includes('canvasser')) continue;
    const asked = url === '/v1/pull' ? `?cursor=${cursor}` : url === '/v1/shift' ? '?since=0' : '';
    const answer = await server.app.inject({ url: url + asked, headers: reader.headers });
    expect([url, answer.statusCode]).toEqual([url, 200]);
    for (const never of NEVER) expect([url, never.exec(answer.body)]).toEqual([url, null]);
    tried += 1;
  }
  expect(tried).toBeGreaterThanOrEqual(4);
});

test('nobody who lives outside of the turf is in its packet', async () => {
  const packet = await readerPacket();
  const inside = new Set(packet.doors.map((door) => door.id));
  for (const person of packet.people) expect(inside.has(person.doorId)).toBe(true);
  const rows = await db.read
    .selectFrom('people')
    .innerJoin('doors', 'doors.key', 'people.door_key')
    .innerJoin('voters', 'voters.person_key', 'people.key')
    .select(['people.id', 'doors.id as doorId', 'voters.first_name as firstName'])
    .execute();
  const outside = rows.filter((row) => !inside.has(row.doorId));
  expect([rows.length, outside.length > 10]).toEqual([PEOPLE, true]);
  const text = JSON.stringify(packet);
  for (const { id, doorId, firstName } of outside) {
    for (const said of [id, doorId, `"${firstName}"`]) expect(text).not.toContain(said);
  }
});

/** Words that a position of a phone would go by. */
const PLACE =
  /^(lat|lon|lng|geo|gps|coord|position$|accuracy|altitude|heading|speed|place$|where)/i;

/** The names of all fields that a schema takes, at any depth. */
function namesIn(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(namesIn);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, member]) =>
    key === 'properties' ? [...Object.keys(member as object), ...namesIn(member)] : namesIn(member),
  );
}

test('where a phone is never leaves it: no kind of fact and no request of a phone has a place for it', async () => {
  const kinds: Readonly<Record<OperationType, object>> = {
    knock: Knock,
    note: Note,
    resident: Resident,
    'lit-drop': LitDrop,
    withdraw: Withdraw,
    consent: Consent,
    'contact-consent': ContactConsent,
    correct: Correct,
    tag: Tagged,
    'follow-up': FollowUp,
    signature: Signature,
    door: FoundDoor,
    'turf-report': TurfReport,
    'sign-up': SignUp,
    // The entrance of a building lies where somebody put it on the map, wherever they stood.
    building: Type.Omit(BuildingNote, ['lon', 'lat']),
  };
  const fact = namesIn(Object.values(kinds));
  expect(fact.length).toBeGreaterThan(20);
  const phones = server.routes.filter(
    ({ access }) => access === 'anyone' || access.includes('push') || access.includes('canvasser'),
  );
  const asked = namesIn(phones.map(({ schema }) => schema));
  expect(asked.length).toBeGreaterThan(20);
  expect([...fact, ...asked].filter((name) => PLACE.test(name))).toEqual([]);
  // Nor is there one beside what the schema knows: it is kept for a person to look at, unread.
  const [door] = other.packet.doors;
  const outcome = { kind: 'result', result: 'not-home' } as const;
  const knock = { doorId: door?.id as never, personId: null, outcome, answers: [], note: null };
  const placed = { ...knock, lat: 42.1, lon: -50.2 };
  const { results } = await push(server, other, [sealKnock(other, placed, START + 5)]);
  expect(results).toMatchObject([{ status: 'held' }]);
});
