import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DoorId, type ImportId, makeId, type PersonId } from '#shared/kernel/ids.ts';
import type { Knock } from '#shared/model/fact.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { CopyAnswer, Erased, FoundPerson, RulesPage } from '#shared/model/privacy.ts';
import { type Terms, TERMS } from '#shared/model/rules.ts';
import { EVERYONE, type UniverseCount } from '#shared/model/universe.ts';
import { NOBODY } from '#shared/privacy/empty-fact.ts';
import { unknownTerms } from '#shared/privacy/rules/check-terms.ts';
import type { PullAnswer } from '#shared/sync/protocol.ts';
import { BY_SERVER } from '../../server/audit/append-audit.ts';
import { replayErasures } from '../../server/privacy/replay-erasures.ts';
import { isSweepDue } from '../../server/privacy/keep-sweeping.ts';
import { monthsBefore, previewSweep, sweepChapter } from '../../server/privacy/sweep-chapter.ts';
import { settleTerms } from '../../server/privacy/settle-terms.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { addImport } from '../../server/store/roll-rows.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import { call, makeWalk, push, sealKnock, type Walk } from './make-walk.ts';

let server: TestApp;
let chapters = 0;
beforeAll(async () => {
  server = await makeApp();
});
afterAll(() => server.close());

interface Scene {
  readonly db: ChapterDb;
  readonly walk: Walk;
  readonly admin: Awaited<ReturnType<TestApp['staff']>>;
  readonly person: Packet['people'][number];
}

async function makeScene(): Promise<Scene> {
  chapters += 1;
  const db = await server.makeChapter(`people-${chapters}`);
  await makeTown(db, `P${chapters}`);
  const walk = await makeWalk(server, db);
  const admin = await server.staff(db, 'admin');
  const person = walk.phone.packet.people[1];
  if (person === undefined) throw new Error('an empty packet');
  return { db, walk, admin, person };
}

const talk = (
  { doorId, id }: { readonly doorId: DoorId; readonly id: PersonId },
  note: string,
): Knock => ({
  doorId,
  personId: id,
  outcome: { kind: 'contact' },
  answers: [
    {
      id: '0190a0a0-0000-7000-8000-00000000aaaa' as never,
      questionId: '0190a0a0-0000-7000-8000-00000000bbbb' as never,
      given: { kind: 'support', level: 2 },
    },
  ],
  note,
});

const refuse = ({ doorId }: { readonly doorId: DoorId }, id: PersonId | null): Knock => ({
  doorId,
  personId: id,
  outcome: { kind: 'result', result: 'do-not-contact' },
  answers: [],
  note: null,
});

const count = ({ admin }: Scene): Promise<UniverseCount> =>
  call<UniverseCount>(server, admin, 'POST', '/v1/universes/count', EVERYONE);

const dump = async ({ read }: ChapterDb): Promise<string> => {
  const ops = await read.selectFrom('ops').select('body').execute();
  const held = await read.selectFrom('held_ops').select('body').execute();
  const voters = await read.selectFrom('voters').selectAll().execute();
  return JSON.stringify([ops, held.map(({ body }) => Buffer.from(body).toString()), voters]);
};

test('one person is found, copied and erased: nothing that names them is left, and every count stays', async () => {
  const scene = await makeScene();
  const { db, walk, admin, person } = scene;
  const said = sealKnock(walk.phone, talk(person, 'likes Zebrawood'), START);
  const beside = sealKnock(
    walk.phone,
    {
      ...refuse(person, null),
      outcome: { kind: 'result', result: 'not-home' },
      note: `${person.firstName} is away`,
    },
    START,
  );
  await push(server, walk.phone, [said, beside]);

  const typed = { typed: `${person.firstName} main` };
  const found = await call<FoundPerson[]>(server, admin, 'POST', '/v1/person/find', typed);
  expect(found.map(({ id }) => id)).toContain(person.id);
  const { copy, text } = await call<CopyAnswer>(server, admin, 'POST', '/v1/person/copy', {
    id: person.id,
  });
  expect(copy.facts.map(({ named }) => named)).toEqual([true, false]);
  expect(copy.roll).toMatchObject({ first_name: person.firstName });
  expect(text).toContain('likes Zebrawood');

  const before = await db.read.selectFrom('ops').select(['seq', 'type']).orderBy('seq').execute();
  const people = (await count(scene)).people;
  const wish = { id: person.id, why: 'asked by letter' };
  const erased = await call<Erased>(server, admin, 'POST', '/v1/person/erase', wish);
  expect(erased.facts).toBe(2);
  expect(await db.read.selectFrom('ops').select(['seq', 'type']).orderBy('seq').execute()).toEqual(
    before,
  );
  expect((await count(scene)).people).toBe(people - 1);
  const all = await dump(db);
  expect(all).not.toContain(person.id);
  expect(all).not.toContain('Zebrawood');
  expect(all).not.toContain(`${person.firstName} is away`);
  expect(all).toContain(NOBODY);
  const again = await server.app.inject({
    method: 'POST',
    url: '/v1/person/copy',
    headers: admin.headers,
    payload: { id: person.id },
  });
  expect(again.statusCode).toBe(404);

  // The phone fetches its turf anew and has nothing of them left; its digest fits.
  const reader = await walk.phone.reader();
  const cursor = encodeURIComponent(walk.phone.packet.cursor);
  const pulled = await call<PullAnswer>(server, reader, 'GET', `/v1/pull?cursor=${cursor}`);
  expect(pulled.scopes[0]?.version).toBeGreaterThan(walk.turf.version);
  const packet = await call<Packet>(server, reader, 'GET', '/v1/packet');
  expect(JSON.stringify(packet)).not.toContain(person.id);
  expect(JSON.stringify(packet)).not.toContain('Zebrawood');
  expect(packet.history).toHaveLength(2);

  // What the phone kept of it comes again (P9): it is known, and stays empty.
  const repeat = await push(server, walk.phone, [said]);
  expect(repeat.results[0]).toMatchObject({ status: 'applied', repeat: true });
  expect(await dump(db)).toBe(all);
});

test('a fact about somebody who was erased is kept empty, and makes nobody', async () => {
  const scene = await makeScene();
  const { db, walk, admin, person } = scene;
  const late = sealKnock(walk.phone, talk(person, 'likes Zebrawood'), START);
  const wish = { id: person.id, why: 'asked by letter' };
  await call<Erased>(server, admin, 'POST', '/v1/person/erase', wish);
  const first = await push(server, walk.phone, [late]);
  expect(first.results[0]).toMatchObject({ status: 'applied', repeat: false });
  const second = await push(server, walk.phone, [late]);
  expect(second.results[0]).toMatchObject({ status: 'applied', repeat: true });
  expect(await dump(db)).not.toContain(person.id);
  expect(await dump(db)).not.toContain('Zebrawood');
  const rows = await db.read.selectFrom('people').select('id').execute();
  expect(rows.map(({ id }) => id)).not.toContain(person.id);
});

test('an older copy of the chapter does not bring back who was erased', async () => {
  const scene = await makeScene();
  const { db, admin, person } = scene;
  const rows = async () => ({
    people: await db.read.selectFrom('people').selectAll().where('id', '=', person.id).execute(),
    voters: await db.read.selectFrom('voters').selectAll().execute(),
  });
  const old = await rows();
  const wish = { id: person.id, why: 'asked by letter' };
  await call<Erased>(server, admin, 'POST', '/v1/person/erase', wish);
  // As in a copy from before: the person is there and nobody knows of the erasure.
  await db.write(async (trx) => {
    await trx.deleteFrom('erasures').execute();
    await trx.insertInto('people').values(old.people).execute();
    const own = old.voters.filter((row) => row.person_key === old.people[0]?.key);
    await trx.insertInto('voters').values(own).execute();
  });
  expect((await rows()).people).toHaveLength(1);
  expect(await replayErasures(db, server.ports.registry, START)).toBe(1);
  expect((await rows()).people).toEqual([]);
  expect(await replayErasures(db, server.ports.registry, START)).toBe(0);
});

test('an admin clears a wish with a reason; one that comes later counts again', async () => {
  const scene = await makeScene();
  const { db, walk, admin, person } = scene;
  const people = (await count(scene)).people;
  await push(server, walk.phone, [sealKnock(walk.phone, refuse(person, person.id), START)]);
  expect((await count(scene)).people).toBe(people - 1);
  expect(await db.read.selectFrom('suppressions').selectAll().execute()).toHaveLength(2);

  const lead = await server.staff(db, 'coordinator');
  const wish = { id: person.id, why: 'said so in person', ofDoor: false };
  const not = await server.app.inject({
    method: 'POST',
    url: '/v1/person/clear',
    headers: lead.headers,
    payload: wish,
  });
  expect(not.statusCode).toBe(404);
  await call(server, admin, 'POST', '/v1/person/clear', wish);
  expect((await count(scene)).people).toBe(people);
  expect(await db.read.selectFrom('suppressions').selectAll().execute()).toEqual([]);
  const packet = await call<Packet>(server, await walk.phone.reader(), 'GET', '/v1/packet');
  expect(packet.people.find(({ id }) => id === person.id)?.doNotContact).toBe(false);
  expect(packet.history[0]?.body).toContain('"cleared":true');
  const { why } = await db.read
    .selectFrom('opt_out_clears')
    .select('why')
    .executeTakeFirstOrThrow();
  expect(why).toBe('said so in person');

  await push(server, walk.phone, [sealKnock(walk.phone, refuse(person, person.id), START + 1)]);
  expect((await count(scene)).people).toBe(people - 1);
});

test('a wish of the whole door is cleared for the whole door only', async () => {
  const scene = await makeScene();
  const { walk, admin, person } = scene;
  const people = (await count(scene)).people;
  await push(server, walk.phone, [sealKnock(walk.phone, refuse(person, null), START)]);
  const wish = { id: person.id, why: 'they said so', ofDoor: false };
  const refused = await server.app.inject({
    method: 'POST',
    url: '/v1/person/clear',
    headers: admin.headers,
    payload: wish,
  });
  expect([refused.statusCode, refused.json<{ problem: { code: string } }>().problem.code]).toEqual([
    409,
    'opt-out-of-door',
  ]);
  await call(server, admin, 'POST', '/v1/person/clear', { ...wish, ofDoor: true });
  expect((await count(scene)).people).toBe(people);
});

test('notes go after twelve months, answers after 24 or after a certified election; a dry run changes nothing', async () => {
  const scene = await makeScene();
  const { db, walk, person } = scene;
  const began = server.time.now;
  await push(server, walk.phone, [sealKnock(walk.phone, talk(person, 'likes Zebrawood'), START)]);
  const clock = (): number => server.time.now;
  const at = (months: number): number => {
    const day = 24 * 3_600_000;
    return began + Math.ceil((months * 365.25) / 12) * day + 2 * day;
  };
  try {
    server.time.now = at(11);
    expect(await previewSweep(db, clock())).toMatchObject({ notes: 0, answers: 0 });
    server.time.now = at(12);
    expect(await previewSweep(db, clock())).toMatchObject({ notes: 1, answers: 0 });
    expect(await dump(db)).toContain('Zebrawood');
    expect((await sweepChapter(db, BY_SERVER, clock))?.report).toMatchObject({
      notes: 1,
      answers: 0,
    });
    expect(await dump(db)).not.toContain('Zebrawood');
    expect(await dump(db)).toContain('support');

    const certified = new Date(at(12)).toISOString().slice(0, 10);
    const rules = {
      region: 'other',
      serverIn: null,
      notesMonths: 12,
      answersMonths: 24,
      certifiedOn: certified,
      keyDays: 90,
    };
    const long = await server.staff(db, 'admin');
    await call(server, long, 'PUT', '/v1/rules', rules);
    server.time.now = at(13);
    expect(await previewSweep(db, clock())).toMatchObject({ answers: 0 });
    server.time.now = at(15);
    expect((await sweepChapter(db, BY_SERVER, clock))?.report).toMatchObject({
      notes: 0,
      answers: 1,
    });
    expect(await dump(db)).not.toContain('support');
    const audit = await db.read.selectFrom('audit').select('kind').execute();
    expect(audit.filter(({ kind }) => kind === 'swept')).toHaveLength(2);
    const { grant_until: grant } = await db.read
      .selectFrom('devices')
      .select('grant_until')
      .executeTakeFirstOrThrow();
    expect(grant).toBeLessThanOrEqual(server.time.now);
    const page = await call<RulesPage>(server, await server.staff(db, 'admin'), 'GET', '/v1/rules');
    expect(page.sweeps).toHaveLength(2);
    expect(page.rules.certifiedOn).toBe(certified);
  } finally {
    server.time.now = began;
  }
});

test('a sweep comes once a night, in the chapter’s own night', () => {
  const zone = 'America/New_York';
  const threeAtNight = Date.UTC(2026, 10, 22, 8);
  expect(isSweepDue(null, threeAtNight, zone)).toBe(true);
  expect(isSweepDue(threeAtNight, threeAtNight + 3_600_000, zone)).toBe(false);
  expect(isSweepDue(null, Date.UTC(2026, 10, 22, 18), zone)).toBe(false);
  expect(isSweepDue(threeAtNight, threeAtNight + 31 * 3_600_000, zone)).toBe(true);
  expect(monthsBefore(Date.UTC(2025, 2, 31), 1)).toBe(Date.UTC(2025, 1, 28));
});

test('a file of California does not come in while nobody has said that the server is in the country', async () => {
  const scene = await makeScene();
  const { admin } = scene;
  const terms = {
    state: 'US-CA',
    obtainedOn: '2026-03-01',
    purpose: 'political',
    agreement: '',
    serverIn: 'elsewhere',
  };
  const mapping = {
    encoding: 'utf-8',
    delimiter: ',',
    layout: null,
    columns: [
      { column: 0, field: 'voter-id' },
      { column: 1, field: 'full-name' },
      { column: 2, field: 'address-line' },
    ],
  };
  const sent = await server.app.inject({
    method: 'PUT',
    url: '/v1/roll/uploads?name=ca.csv',
    headers: { ...admin.headers, 'content-type': 'application/octet-stream' },
    payload: 'id,name,address\nC1,Ann Poe,12 Elm St\n',
  });
  const { uploadId } = sent.json<{ uploadId: string }>();
  const start = (more: object) =>
    server.app.inject({
      method: 'POST',
      url: '/v1/roll/imports',
      headers: admin.headers,
      payload: { uploadId, mapping, ...more },
    });
  const abroad = await start({ terms });
  expect(abroad.json<{ problem: { code: string } }>().problem.code).toBe('roll-kept-elsewhere');
  const sold = await start({ terms: { ...terms, serverIn: 'us', purpose: 'other' } });
  expect(sold.json<{ problem: { code: string } }>().problem.code).toBe('purpose-refused');
  const silent = await start({});
  expect(silent.json<{ problem: { code: string } }>().problem.code).toBe('roll-terms-missing');
});

test('terms that nobody knows: no birth date or e-mail is read, and it is said until they are known', async () => {
  const { db } = await makeScene();
  const columns = (['voter-id', 'birth-date', 'email', 'last-name'] as const).map(
    (field, column) => ({ column, field }),
  );
  const nothing: Terms = {
    state: 'not-known',
    obtainedOn: null,
    purpose: 'not-known',
    agreement: '',
    serverIn: 'not-known',
  };
  expect((await settleTerms(db, null, columns)).ok).toBe(false);
  const settled = await settleTerms(db, nothing, columns);
  const read = settled.ok ? settled.value.columns.map(({ field }) => field) : [];
  expect(read).toEqual(['voter-id', 'last-name']);
  expect(unknownTerms(nothing)).toEqual(TERMS);
  expect((await previewSweep(db, server.time.now)).unknownTerms).toBe(0);
  const about = { fileName: 'r.csv', sha256: '', bytes: 1, startedBy: '', startedAt: 1 };
  const mapping = { encoding: 'utf-8', delimiter: ',', layout: null, columns, header: [] } as const;
  const id = makeId<ImportId>(1, server.ports.random);
  await addImport(db, { ...about, id, mapping, terms: nothing });
  await db.write((trx) =>
    trx.updateTable('imports').set({ state: 'done', finished_at: 2 }).execute(),
  );
  expect((await sweepChapter(db, BY_SERVER, () => server.time.now))?.report.unknownTerms).toBe(5);
  // The law of the chapter's own state holds for a file of which nobody knows where it comes from.
  await db.write((trx) => trx.updateTable('chapter').set({ region: 'US-CA' }).execute());
  const abroad = await settleTerms(db, nothing, columns);
  expect(abroad.ok ? null : abroad.problem.code).toBe('roll-kept-elsewhere');
});
