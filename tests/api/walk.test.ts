import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import Papa from 'papaparse';
import type { AnswerId, DoorId, OpId, QuestionId } from '#shared/kernel/ids.ts';
import type { ExportEntry } from '#shared/model/chapter.ts';
import type { Knock } from '#shared/model/fact.ts';
import type { Script } from '#shared/model/script.ts';
import type { Turf, TurfDoor } from '#shared/model/turf.ts';
import { createHash } from 'node:crypto';
import { refreshUniverseRows } from '../../server/store/universe-rows.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeKnock } from './make-knock.ts';
import { makeTown } from './make-town.ts';
import { call, joinPhone, launch, makeWalk, push, seal, sealKnock } from './make-walk.ts';

let server: TestApp;
beforeEach(async () => {
  server = await makeApp();
});
afterEach(() => server.close());

const uuid = (n: number): string => `0190a0a0-0000-7000-8000-${String(n).padStart(12, '0')}`;

function readCsv(text: string): Record<string, string>[] {
  return Papa.parse<Record<string, string>>(text.trimEnd(), { header: true }).data;
}

test('from the roll to the walk and back: a packet, knocks, the tally and the export', async () => {
  const db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  const lead = await server.staff(db, 'research-lead');
  const options = [
    { id: 'rent', label: 'Rent' },
    { id: 'bus', label: '=Buses' },
  ];
  const script = await call<Script>(server, lead, 'POST', '/v1/scripts', {
    name: 'Spring',
    draft: {
      opening: 'Hello',
      questions: [
        { id: uuid(1), kind: 'support', prompt: 'With us?', options: [] },
        { id: uuid(2), kind: 'many', prompt: 'What matters?', options },
        { id: uuid(3), kind: 'number', prompt: 'How warm is it?', options: [] },
      ],
      closing: 'Thanks',
    },
  });
  await call(server, lead, 'POST', `/v1/scripts/${script.id}/publish`);
  const { phone, turf } = await makeWalk(server, db);
  const { packet } = phone;

  expect(packet.doors.map((door) => door.position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(packet.people).toHaveLength(12);
  expect(packet.script?.number).toBe(1);
  expect(JSON.stringify(packet)).not.toMatch(/example\.org|1990/);
  // As little of each person as the door needs (S-8).
  const fields = new Set(packet.people.flatMap((one) => Object.keys(one)));
  expect([...fields].sort().join(' ')).toBe(
    'age doNotContact doorId firstName id kind lastName party phone sex target',
  );
  expect(new Set(packet.people.map(({ age }) => age))).toEqual(new Set(['18–24', '25–34']));

  const [first, second, third] = packet.doors;
  const person = packet.people.find((one) => one.doorId === first?.id);
  const contact: Knock = {
    doorId: first?.id ?? ('' as Knock['doorId']),
    personId: person?.id ?? null,
    outcome: { kind: 'contact' },
    answers: [
      {
        id: uuid(11) as AnswerId,
        questionId: uuid(1) as QuestionId,
        given: { kind: 'support', level: 2 },
      },
      {
        id: uuid(12) as AnswerId,
        questionId: uuid(2) as QuestionId,
        given: { kind: 'many', options: ['bus', 'rent'] },
      },
      {
        id: uuid(13) as AnswerId,
        questionId: uuid(3) as QuestionId,
        given: { kind: 'number', number: -3.5 },
      },
    ],
    note: '@home\nafter "six", José',
  };
  const mistake = sealKnock(phone, makeKnock(second?.id ?? ''), START + 60_000);
  const ops = [
    sealKnock(phone, contact, START),
    mistake,
    sealKnock(phone, makeKnock(third?.id ?? ''), START + 120_000),
    seal(
      phone,
      'withdraw',
      { doorId: second?.id ?? '', opId: mistake.opId },
      START + 180_000,
      mistake.opId as OpId,
    ),
  ];
  server.time.now = START + 3_600_000;
  const answer = await push(server, phone, ops);
  expect(answer.results.map((one) => one.status)).toEqual([
    'applied',
    'applied',
    'applied',
    'applied',
  ]);

  const coordinator = await server.staff(db, 'coordinator');
  const [listed] = await call<Turf[]>(server, coordinator, 'GET', '/v1/turfs');
  expect(listed).toMatchObject({ id: turf.id, doors: 8, people: 12, holders: ['Cleo'] });
  expect(listed?.tally).toMatchObject({
    doors: 8,
    knocked: 2,
    contacts: 1,
    remaining: 6,
    knocks: 2,
  });
  expect(listed?.tally.support).toEqual([0, 1, 0, 0, 0]);
  const doors = await call<TurfDoor[]>(server, coordinator, 'GET', `/v1/turfs/${turf.id}/doors`);
  expect(doors.slice(0, 3).map((door) => door.standing)).toEqual(['contact', 'to-do', 'not-home']);

  const csv = await server.app.inject({ url: '/v1/exports/knocks.csv', headers: lead.headers });
  const knocks = readCsv(csv.body);
  expect(knocks.map((row) => row['knock_id'])).toEqual(ops.slice(0, 3).map((op) => op.opId));
  expect(Object.keys(knocks[0] ?? {}).at(-1)).toBe('knock_id');
  expect(knocks[0]).toMatchObject({
    voter_id: 'Oak-QZX1',
    first_name: `'=HYPERLINK("x")`,
    last_name: 'Oak, "Jr"',
    result: 'contact',
    support: '2',
    note: `'@home\nafter "six", José`,
    use: 'for the chapter’s own use · purpose not known · 2025-10-04',
    knocked_at: '2025-10-04T10:00:00-04:00',
    received_at: '2025-10-04T15:00:00+00:00',
    script_version: '1',
    canvasser: 'Cleo',
    withdrawn: 'no',
  });
  expect(knocks.map((row) => row['withdrawn'])).toEqual(['no', 'yes', 'no']);

  const answersCsv = await server.app.inject({
    url: '/v1/exports/answers.csv',
    headers: lead.headers,
  });
  const answers = readCsv(answersCsv.body);
  expect(answers.map((row) => [row['answer_id'], row['question'], row['answer']])).toEqual([
    [uuid(11), 'With us?', '2'],
    [uuid(12), 'What matters?', `'=Buses; Rent`],
    // A number stays one: no spreadsheet takes -3.5 for a formula.
    [uuid(13), 'How warm is it?', '-3.5'],
  ]);
  expect(answersCsv.headers['content-disposition']).toBe(
    'attachment; filename="own-use-purpose-not-known-2025-10-04-answers.csv"',
  );

  const ledger = await call<ExportEntry[]>(server, coordinator, 'GET', '/v1/exports');
  expect(new Map(ledger.map((one) => [one.kind, one.rows]))).toEqual(
    new Map([
      ['answers', 3],
      ['knocks', 3],
    ]),
  );
  expect(ledger.find((one) => one.kind === 'knocks')).toMatchObject({
    memberName: 'The research-lead',
    bytes: csv.rawPayload.length,
    sha256: createHash('sha256').update(csv.rawPayload).digest('hex'),
  });
});

test('whoever asked not to be contacted is in no universe and no new turf, and marked in packets', async () => {
  const db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  const { phone, universe } = await makeWalk(server, db);
  const doorId = phone.packet.doors[1]?.id ?? '';
  const person = phone.packet.people.find((one) => one.doorId === doorId);
  const asked: Knock = {
    ...makeKnock(doorId),
    personId: person?.id ?? null,
    outcome: { kind: 'result', result: 'do-not-contact' },
  };
  await push(server, phone, [sealKnock(phone, asked, START)]);
  const lead = await server.staff(db, 'coordinator');
  const counted = await call(server, lead, 'POST', '/v1/universes/count', universe.question);
  expect(counted).toEqual({ people: 29, doors: 19, placed: 19 });
  const again = await call<typeof phone.packet>(server, await phone.reader(), 'GET', '/v1/packet');
  const flagged = again.people.filter((one) => one.doNotContact).map((one) => one.id);
  expect(flagged).toEqual([person?.id]);
  expect(again.history).toHaveLength(1);
});

test('everyone at a door asked not to be contacted: residents and whoever a new roll finds there too', async () => {
  const db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  const { phone, universe } = await makeWalk(server, db);
  const doorId = phone.packet.doors[0]?.id ?? '';
  const asked: Knock = {
    ...makeKnock(doorId),
    outcome: { kind: 'result', result: 'do-not-contact' },
  };
  const knock = sealKnock(phone, asked, START);
  await push(server, phone, [knock, seal(phone, 'withdraw', { doorId, opId: knock.opId }, START)]);
  const lead = await server.staff(db, 'coordinator');
  const count = () => call(server, lead, 'POST', '/v1/universes/count', universe.question);
  expect(await count()).toEqual({ people: 28, doors: 19, placed: 19 });

  // A newer roll moves somebody in from the next door.
  const newcomer = phone.packet.people.find((one) => one.doorId === phone.packet.doors[1]?.id);
  if (newcomer === undefined) throw new Error('nobody');
  await db.write((trx) =>
    trx
      .updateTable('people')
      .set({
        door_key: trx
          .selectFrom('doors')
          .select('key')
          .where('id', '=', doorId as DoorId),
      })
      .where('id', '=', newcomer.id)
      .execute(),
  );
  await db.write(refreshUniverseRows);
  expect(await count()).toEqual({ people: 27, doors: 18, placed: 18 });
  const packet = await call<typeof phone.packet>(server, await phone.reader(), 'GET', '/v1/packet');
  const there = packet.people.filter((one) => one.doorId === doorId);
  expect(there).toHaveLength(3);
  expect(there.every((one) => one.doNotContact)).toBe(true);
});

test('a live desk that was left open hears nothing more once its member has signed out', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const db = await server.makeChapter('oakdale');
    const lead = await server.staff(db, 'coordinator');
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    const address = server.app.server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const answer = await fetch(`http://127.0.0.1:${port}/v1/live`, { headers: lead.headers });
    await call(server, lead, 'POST', '/v1/sign-out');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await answer.text()).toBe(':\n\n');
  } finally {
    vi.useRealTimers();
  }
});

test('a live desk hears of knocks within a second', async () => {
  const db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  const { phone, turf } = await makeWalk(server, db);
  const lead = await server.staff(db, 'coordinator');
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const address = server.app.server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const stop = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${port}/v1/live`, {
    headers: lead.headers,
    signal: stop.signal,
  });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  expect(answer.headers.get('content-encoding')).toBeNull();
  await push(server, phone, [sealKnock(phone, makeKnock(phone.packet.doors[0]?.id ?? ''), START)]);
  let text = '';
  for await (const chunk of answer.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    if (text.includes('event: turf')) break;
  }
  const data = /^data: (.*)$/m.exec(text)?.[1] ?? '{}';
  expect(JSON.parse(data)).toMatchObject({
    turfId: turf.id,
    tally: { knocked: 1 },
    holders: ['Cleo'],
  });
  stop.abort();
});

test('a phone that takes a second turf stays the same phone', async () => {
  const db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  const { phone, turf, code } = await makeWalk(server, db);
  const { url } = await launch(server, db, turf.id);
  const again = await server.app.inject({
    method: 'POST',
    url: '/v1/join',
    headers: phone.headers,
    payload: { code: url.split('#')[1], name: 'Somebody' },
  });
  expect(again.json()).toEqual(phone.joined);
  expect(phone.joined.grantUntil).toBe(START + 90 * 24 * 3_600_000);
  const other = await joinPhone(server, await code(), 'Dana');
  expect(other.joined.deviceId).not.toBe(phone.joined.deviceId);
});
