import Papa from 'papaparse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FACT_EXPORT_NAMES, FACT_EXPORTS } from '#shared/model/fact-export.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { CopyAnswer, Erased } from '#shared/model/privacy.ts';
import type { Share } from '#shared/model/share.ts';
import { BY_SERVER } from '../../server/audit/append-audit.ts';
import { sweepChapter } from '../../server/privacy/sweep-chapter.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { everyFact, PETITION, TAG } from './every-fact.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import { call, makeWalk, push, seal, type Walk } from './make-walk.ts';

// What was learnt of somebody beside knocks leaves and goes as knocks do.

let server: TestApp;
let chapters = 0;
beforeAll(async () => {
  server = await makeApp();
});
afterAll(() => server.close());

async function makeScene() {
  chapters += 1;
  const db = await server.makeChapter(`field-${chapters}`);
  await makeTown(db, `Fern${chapters}`);
  const walk = await makeWalk(server, db);
  const [, person] = walk.phone.packet.people;
  const door = walk.phone.packet.doors.find(({ id }) => id === person?.doorId);
  // Another door of the same building, where a fact of theirs is only that of the building.
  const next = walk.phone.packet.doors.find(
    (one) => one.buildingId === door?.buildingId && one.id !== door.id,
  );
  if (person === undefined || door === undefined || next === undefined) throw new Error('no doors');
  return { db, walk, person, door, next, admin: await server.staff(db, 'admin') };
}

const say = (walk: Walk, facts: ReturnType<typeof everyFact>) =>
  push(
    server,
    walk.phone,
    facts.map(([type, payload], i) => seal(walk.phone, type, payload, START + i)),
  );

const bodies = async ({ read }: ChapterDb): Promise<string[]> =>
  (await read.selectFrom('ops').select('body').orderBy('seq').execute()).map(({ body }) => body);

test('what is known of one person has every kind of fact, and erasing leaves nothing of any', async () => {
  const { db, walk, person, door, next, admin } = await makeScene();
  const where = { doorId: door.id, buildingId: door.buildingId, personId: person.id };
  const own = everyFact({ ...where, word: 'Zebrawood' });
  // Said of the building and of the turf elsewhere: about nobody, and yet it names them.
  const around = everyFact({ ...where, doorId: next.id, word: person.lastName }).filter(
    ([type]) => type === 'building' || type === 'turf-report',
  );
  const pushed = await say(walk, [...own, ...around]);
  expect(new Set(pushed.results.map(({ status }) => status))).toEqual(new Set(['applied']));

  const { copy, text } = await call<CopyAnswer>(server, admin, 'POST', '/v1/person/copy', {
    id: person.id,
  });
  const named = copy.facts.filter((fact) => fact.named).map(({ kind }) => kind);
  expect(named).toEqual(
    own.filter(([, payload]) => 'personId' in payload).map(([type]) => type as string),
  );
  // The building's and the turf's: by the name that was put right at the door, and by the roll's.
  expect(copy.facts.filter((fact) => !fact.named).map(({ kind }) => kind)).toEqual([
    'building',
    'turf-report',
    'building',
    'turf-report',
  ]);
  for (const word of ['+1 617 555 0142', 'May we write to you?', 'zh-Hant', 'evening', TAG]) {
    expect(text).toContain(word);
  }
  expect(text).toContain('2 lines, drawn by hand');

  const before = (await bodies(db)).length;
  const wish = { id: person.id, why: 'asked by letter' };
  const { facts } = await call<Erased>(server, admin, 'POST', '/v1/person/erase', wish);
  expect(facts).toBe(copy.facts.length);
  const left = await bodies(db);
  expect(left).toHaveLength(before);
  const personal = [
    person.id,
    'Zebrawood',
    person.lastName,
    '+1 617',
    'zh-Hant',
    '2026-11-28',
    'evening',
    'strokes',
    PETITION,
    TAG,
    'wording',
    '2026-12-01',
  ];
  const all = left.join('\n');
  for (const word of personal) expect([word, all.includes(word)]).toEqual([word, false]);
  // What is of nobody stays: where the entrance is, what was wrong with the turf.
  expect(all).toContain('Round the back');
  expect(all).toContain('"problems":["dogs","too-long"]');
  const packet = await call<Packet>(server, await walk.phone.reader(), 'GET', '/v1/packet');
  expect(JSON.stringify(packet)).not.toContain('Zebrawood');
});

test('each kind of fact leaves as a file of its own: one row a fact, its id last, no cell a formula', async () => {
  const { db, walk, person, door, admin } = await makeScene();
  const where = { doorId: door.id, buildingId: door.buildingId, personId: person.id };
  const facts = everyFact({ ...where, word: 'Zebrawood' });
  await say(walk, facts);
  const tag = { id: TAG, name: 'Lawn sign', version: 1, made_by: walk.phone.joined.member.id };
  await db.write((trx) =>
    trx
      .insertInto('tags')
      .values({ ...tag, made_at: START })
      .execute(),
  );
  const fileOf = async (url: string) => {
    const { body } = await server.app.inject({ url: `/v1/exports/${url}`, headers: admin.headers });
    return Papa.parse<Record<string, string>>(body.trim(), { header: true }).data;
  };
  for (const name of FACT_EXPORT_NAMES) {
    const rows = await fileOf(`${name}.csv`);
    const own = facts.filter(([type]) => type === FACT_EXPORTS[name]);
    expect([name, rows.length]).toEqual([name, own.length]);
    for (const row of rows) {
      expect(Object.keys(row).at(-1)).toBe('fact_id');
      expect(row).toMatchObject({ door_id: door.id, withdrawn: 'no', turf: 'Main St' });
    }
  }
  const [language, comeBack, call] = await fileOf('knocks.csv');
  expect(language).toMatchObject({ result: 'language-barrier', language: 'zh-Hant' });
  expect(comeBack).toMatchObject({ come_back_on: '2026-11-28', come_back_part: 'evening' });
  expect(call).toMatchObject({ result: 'voicemail', contact_type: 'phone' });
  const values = (await fileOf('corrections.csv')).map(({ value }) => value);
  expect(values).toEqual(["'+1 617 555 0142", "'=Zebrawood"]);
  expect(await fileOf('taggings.csv')).toMatchObject([{ tag: 'Lawn sign', put_on: 'yes' }]);
  expect(await fileOf('contact-consents.csv')).toMatchObject([
    { channel: 'text', given: 'yes', wording: 'May we write to you?' },
    { channel: 'mail', given: 'no' },
  ]);
  const [signed] = await fileOf('signatures.csv?drawn=yes');
  expect(signed?.['signature_svg']).toMatch(
    /^<svg [^<>]*><path [^<>]*d="M10 20L30 40L55 41M60 20L60 80"\/><\/svg>$/,
  );
  expect(await fileOf('building-memory.csv')).toMatchObject([
    { about: 'buzzer', text: 'ring at Zebrawood' },
    { about: 'entrance', longitude: '-50.1', latitude: '42.1' },
  ]);

  // Whoever asks to be left alone is in no file by name, nor by what was put right or drawn.
  const wish = { doorId: door.id, personId: person.id, answers: [], note: null };
  const never = { ...wish, outcome: { kind: 'result', result: 'do-not-contact' } as const };
  await push(server, walk.phone, [seal(walk.phone, 'knock', never, START + 60_000)]);
  expect((await fileOf('corrections.csv')).map(({ value }) => value)).toEqual(['', '']);
  const [hidden] = await fileOf('signatures.csv?drawn=yes');
  expect(hidden).toMatchObject({ last_name: '', signature_svg: '', do_not_contact: 'yes' });
});

test('a share has what people put right themselves, and nothing by which they do not want to be reached', async () => {
  const { db, walk, person, door, admin } = await makeScene();
  const where = { doorId: door.id, buildingId: door.buildingId, personId: person.id };
  const lead = await server.staff(db, 'research-lead');
  const rowOf = async () => {
    const { id } = await call<Share>(server, lead, 'POST', '/v1/shares', {
      recipient: 'A printer',
      legalKind: 'vendor',
      purpose: 'Letters',
      agreement: 'Contract',
      basis: { kind: 'service', what: '' },
      cents: null,
      fields: ['voter_id', 'first_name', 'last_name', 'address', 'city', 'phone'],
      universeId: null,
    });
    await call(server, admin, 'POST', `/v1/shares/${id}/approve`);
    const url = `/v1/shares/${id}/file.csv`;
    const { body } = await server.app.inject({ url, headers: lead.headers });
    const { data } = Papa.parse<Record<string, string>>(body.trim(), { header: true });
    return data.find((row) => row['voter_id'] === voterId);
  };
  const { source_id: voterId } = await db.read
    .selectFrom('people')
    .select('source_id')
    .where('id', '=', person.id)
    .executeTakeFirstOrThrow();
  const before = await rowOf();
  expect(before).toMatchObject({ first_name: person.firstName });
  await say(walk, everyFact({ ...where, word: 'Zebrawood' }));
  // Letters were refused, a text was allowed.
  const said = { ...before, first_name: "'=Zebrawood", phone: "'+1 617 555 0142", address: '' };
  expect(await rowOf()).toEqual({ ...said, ref: expect.any(String) as string });
  const asked = { wording: 'May we?', wordingHash: 'ab'.repeat(32) };
  const no = { doorId: door.id, personId: person.id, channel: 'text', given: false, ...asked };
  await push(server, walk.phone, [seal(walk.phone, 'contact-consent', no, START + 60_000)]);
  expect(await rowOf()).toMatchObject({ first_name: "'=Zebrawood", phone: '' });
});

test('texts go with the notes, the language and the day to come back with the answers; what was signed, allowed, put right and learnt of a building stays', async () => {
  const { db, walk, person, door } = await makeScene();
  const began = server.time.now;
  const where = { doorId: door.id, buildingId: door.buildingId, personId: person.id };
  await say(walk, everyFact({ ...where, word: 'Zebrawood' }));
  const sweptAfter = async (years: number) => {
    server.time.now = began + years * 367 * 24 * 3_600_000;
    await sweepChapter(db, BY_SERVER, () => server.time.now);
    return (await bodies(db)).join('\n');
  };
  try {
    const year = await sweptAfter(1);
    for (const word of ['wants a sign', 'likes jam', 'has a dog']) expect(year).not.toContain(word);
    for (const word of ['ring at Zebrawood', '=Zebrawood', '"language":"zh-Hant"', '"rating":4']) {
      expect(year).toContain(word);
    }
    const years = await sweptAfter(2);
    for (const word of ['zh-Hant', 'evening']) expect(years).not.toContain(word);
    for (const word of ['language-barrier', 'come-back', 'strokes', '+1 617', '"given":false']) {
      expect(years).toContain(word);
    }
  } finally {
    server.time.now = began;
  }
});
