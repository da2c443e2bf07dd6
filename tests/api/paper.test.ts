import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type DoorId,
  formatUuid,
  makeId,
  type MemberId,
  type OpId,
  type PersonId,
} from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { FollowUpPage } from '#shared/model/follow-up.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { EnterPaper, PaperFact, PaperSheet } from '#shared/model/paper.ts';
import type { Script } from '#shared/model/script.ts';
import type { Tag } from '#shared/model/tag.ts';
import type { Turf } from '#shared/model/turf.ts';
import { RENT_SCRIPT, RENT_SCRIPT_NAME } from '../../fixtures/script/rent-stabilization.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import { call, makeWalk, push, sealKnock, type Walk } from './make-walk.ts';
import { readPdfText } from './read-pdf-text.ts';

let here: TestApp;
let db: ChapterDb;
let walk: Walk;
let desk: { readonly headers: { readonly cookie: string } };
const random = seededBytes(seededDice(5));
const WALKER = { id: makeId<MemberId>(START, random), name: 'Ngô Thị Hạnh' };
const SATURDAY = START - 3 * 3_600_000;

beforeAll(async () => {
  here = await makeApp();
  db = await here.makeChapter('oak');
  await makeTown(db, 'oak');
  await db.write((trx) =>
    trx.updateTable('voters').set({ last_name: 'Nguyễn Đặng' }).where('line', '=', 2).execute(),
  );
  walk = await makeWalk(here, db, 9);
  desk = await here.staff(db, 'coordinator');
});
afterAll(() => here.close());

async function print(query = ''): Promise<string[][]> {
  const url = `/v1/turfs/${walk.turf.id}/paper.pdf${query}`;
  const answer = await here.app.inject({ method: 'GET', url, headers: desk.headers });
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/pdf']);
  return readPdfText(answer.rawPayload);
}

/** What the phone says in Spanish, by the English words. */
function readSpanish(): ReadonlyMap<string, string> {
  const text = readFileSync(new URL('../../client/locales/es.po', import.meta.url), 'utf8');
  const pairs = text.matchAll(/^msgid "(.*)"\nmsgstr "(.*)"$/gm);
  return new Map([...pairs].map(([, english = '', spanish = '']) => [english, spanish]));
}

let made = 0;
function fact(doorId: string, more: object = {}): PaperFact {
  made += 1;
  const { type = 'knock', payload, supersedes = null } = more as Partial<PaperFact>;
  const outcome = { kind: 'result', result: 'not-home' };
  const knock = { doorId, personId: null, outcome, answers: [], note: null };
  return {
    opId: makeId<OpId>(START, random),
    localSeq: made,
    type,
    hlc: `${SATURDAY.toString(16).padStart(12, '0')}-${made.toString(16).padStart(4, '0')}`,
    at: { ms: SATURDAY, offset: -240 },
    scriptVersionId: null,
    supersedes,
    payload: { ...knock, ...payload } as PaperFact['payload'],
  };
}

const enter = (facts: readonly PaperFact[], walker = WALKER) => {
  const line: EnterPaper = { epoch: 'browser-one', walker, facts: [...facts] };
  const url = `/v1/turfs/${walk.turf.id}/paper`;
  return here.app.inject({ method: 'POST', url, headers: desk.headers, payload: line });
};

const readSheet = () => call<PaperSheet>(here, desk, 'GET', `/v1/turfs/${walk.turf.id}/paper`);

test('law 10: paper has the doors of the phone in their order, with their numbers', async () => {
  const { packet } = walk.phone;
  const places = new Map(packet.buildings.map((one) => [one.id, one]));
  const wanted = packet.doors.flatMap(({ buildingId, unit, position }) => {
    const { number, street } = places.get(buildingId) ?? {};
    return [String(position), `${number} ${street}, ${unit}`];
  });
  const pages = await print();
  const heads = new Set(wanted.filter((_, n) => n % 2 === 1));
  const lines = pages.slice(1).flat();
  const found = lines.flatMap((line, n) => (heads.has(line) ? [lines[n - 1], line] : []));
  expect(found).toEqual(wanted);
  const sheet = await readSheet();
  expect(sheet.doors.map(({ id, position }) => [id, position])).toEqual(
    packet.doors.map(({ id, position }) => [id, position]),
  );
  // Everybody of the packet, letters beyond Latin-1 too, and what the list is for on every page.
  for (const { firstName, lastName } of packet.people) {
    expect(lines).toContain(`${firstName} ${lastName}`);
  }
  pages.forEach((page, n) => {
    expect(page).toContain(`Page ${n + 1} of ${pages.length}`);
    expect(page.some((line) => line.includes('own use · purpose not known'))).toBe(true);
  });
  expect(pages.length % 2).toBe(0);
});

test('paper in Spanish on A4 says what the phone says', async () => {
  const lines = (await print('?size=a4&language=es')).flat();
  expect(lines).toContain('No estaba');
  expect(lines).toContain('Dirección equivocada');
});

test('whoever asked to be left alone is named on no paper, and a draft is not printed', async () => {
  const { phone } = walk;
  const [first, second] = phone.packet.people;
  if (first === undefined || second === undefined) throw new Error('nobody');
  const outcome = { kind: 'result', result: 'do-not-contact' } as const;
  const wish = { doorId: first.doorId, personId: first.id, outcome, answers: [], note: null };
  await push(here, phone, [sealKnock(phone, wish, here.time.now)]);
  const lines = (await print()).flat();
  expect(lines).not.toContain(`${first.firstName} ${first.lastName}`);
  expect(lines).toContain(`${second.firstName} ${second.lastName}`);
  expect(lines.join(' ')).toContain('asked not to be contacted');
  const admin = await here.staff(db, 'admin');
  await db.write((trx) =>
    trx.updateTable('turfs').set({ state: 'draft' }).where('id', '=', walk.turf.id).execute(),
  );
  const url = `/v1/turfs/${walk.turf.id}/paper.pdf`;
  const draft = await here.app.inject({ method: 'GET', url, headers: admin.headers });
  expect(draft.statusCode).toBe(409);
  await db.write((trx) =>
    trx.updateTable('turfs').set({ state: 'published' }).where('id', '=', walk.turf.id).execute(),
  );
});

test('a line of paper is a fact like a phone’s, once however often it comes', async () => {
  const door = walk.phone.packet.doors[3];
  if (door === undefined) throw new Error('no door');
  const line = [fact(door.id)];
  const first = await enter(line);
  expect([first.statusCode, first.json()]).toMatchObject([
    200,
    { results: [{ status: 'applied', repeat: false }] },
  ]);
  const again = await enter(line);
  expect(again.json()).toMatchObject({ results: [{ status: 'applied', repeat: true }] });
  const sheet = await readSheet();
  expect(sheet.entered.map(({ doorId, walker }) => [doorId, walker])).toEqual([
    [door.id, WALKER.name],
  ]);
  expect(sheet.doors.find(({ id }) => id === door.id)?.standing).toBe('not-home');
  expect(sheet.walkers).toContainEqual({ id: WALKER.id, name: WALKER.name });
  const turfs = await call<Turf[]>(here, desk, 'GET', '/v1/turfs');
  expect(turfs.find(({ id }) => id === walk.turf.id)?.tally).toMatchObject({
    knocked: 2,
  });
  // It is no phone, and holds nothing.
  const phones = await call<{ memberName: string }[]>(here, desk, 'GET', '/v1/phones');
  expect(phones.map(({ memberName }) => memberName)).not.toContain(WALKER.name);
  const audit = await db.read.selectFrom('audit').selectAll().execute();
  expect(audit.filter(({ kind }) => kind === 'paper-entered')).toHaveLength(1);
});

test('a correction replaces the line, undo takes it back, and the export says that it was paper', async () => {
  const door = walk.phone.packet.doors[5];
  if (door === undefined) throw new Error('no door');
  const wrong = fact(door.id);
  await enter([wrong]);
  const right = fact(door.id, {
    supersedes: wrong.opId,
    payload: { outcome: { kind: 'result', result: 'refused' } },
  });
  expect((await enter([right])).statusCode).toBe(200);
  const of = async () => (await readSheet()).entered.filter(({ doorId }) => doorId === door.id);
  expect(await of()).toMatchObject([{ opId: right.opId }]);
  const lead = await here.staff(db, 'admin');
  const url = '/v1/exports/knocks.csv';
  const csv = await here.app.inject({ method: 'GET', url, headers: lead.headers });
  const row = csv.body.split('\r\n').find((line) => line.includes(right.opId));
  expect(row).toContain(',paper,The coordinator,');
  expect(row).toContain(WALKER.name);
  const { opId } = right;
  const undo = { ...fact(door.id, { type: 'withdraw' }), payload: { doorId: door.id, opId } };
  expect((await enter([undo as PaperFact])).statusCode).toBe(200);
  // As on a phone: what the correction had replaced stands again, until it is taken back too.
  expect(await of()).toMatchObject([{ opId: wrong.opId }]);
});

const asked = async (about: string, language = 'en') => {
  const found = (await readSheet()).asked.find(
    (one) => one.about === about && one.language === language,
  );
  if (found === undefined) throw new Error('not asked');
  return { wording: found.wording, wordingHash: found.wordingHash };
};

test('moved away, who lives there now and what they allow come in one line, once', async () => {
  const door = walk.phone.packet.doors[9];
  const voter = walk.phone.packet.people.find(({ doorId }) => doorId === door?.id);
  if (door === undefined || voter === undefined) throw new Error('nobody lives there');
  const ana = makeId<PersonId>(START, random);
  const of = (type: PaperFact['type'], payload: object): PaperFact => ({
    ...fact(door.id, { type }),
    payload: { doorId: door.id, ...payload },
  });
  const call = await asked('call');
  const line = [
    of('resident', { personId: ana, firstName: 'Ana', lastName: 'Ruiz' }),
    fact(door.id, {
      payload: { personId: voter.id, outcome: { kind: 'result', result: 'moved' } },
    }),
    of('contact-consent', { personId: ana, channel: 'call', given: true, ...call }),
    of('consent', {
      personId: ana,
      recipients: 'campaigns',
      given: false,
      ...(await asked('campaigns')),
    }),
    of('correct', { personId: ana, field: 'phone', value: '555 0100' }),
  ];
  const results = async () => {
    const answer = await enter(line);
    return answer.json<{ results: { status: string; repeat: boolean }[] }>().results;
  };
  expect((await results()).map(({ status, repeat }) => [status, repeat])).toEqual(
    line.map(() => ['applied', false]),
  );
  expect((await results()).every(({ repeat }) => repeat)).toBe(true);
  const sheet = await readSheet();
  const lines = sheet.entered.filter(({ doorId }) => doorId === door.id);
  expect(lines.map(({ also, outcome }) => also?.type ?? outcome?.kind)).toEqual([
    'resident',
    'result',
    'contact-consent',
    'consent',
    'correct',
  ]);
  expect(sheet.doors.find(({ id }) => id === door.id)?.people).toContainEqual(
    expect.objectContaining({ id: ana, kind: 'resident', firstName: 'Ana', phone: '555 0100' }),
  );
  const kept = await db.read
    .selectFrom('ops')
    .select('body')
    .where('type', '=', 'contact-consent')
    .execute();
  expect(kept.map(({ body }) => (JSON.parse(body) as Operation).payload)).toContainEqual(
    expect.objectContaining({ personId: ana, channel: 'call', given: true, ...call }),
  );
  // The next line may be about her, and her name is nobody else's.
  const talked = fact(door.id, { payload: { personId: ana, outcome: { kind: 'contact' } } });
  expect((await enter([talked])).statusCode).toBe(200);
  const taken = of('resident', { personId: voter.id, firstName: 'No', lastName: '' });
  expect((await enter([taken])).statusCode).toBe(422);
  const stranger = fact(door.id, { payload: { personId: makeId<PersonId>(START, random) } });
  expect((await enter([stranger])).statusCode).toBe(422);
});

test('words that are read at the door are those of the phone, or the chapter’s own', async () => {
  const spanish = readSpanish();
  const sheet = await readSheet();
  for (const { about, language, wording, wordingHash } of sheet.asked) {
    const english = sheet.asked.find((one) => one.about === about && one.language === 'en');
    expect(wording).toBe(
      language === 'en' ? english?.wording : spanish.get(english?.wording ?? ''),
    );
    expect(wordingHash).toBe(createHash('sha256').update(wording).digest('hex'));
  }
  const admin = await here.staff(db, 'admin');
  const own = { about: 'call', language: 'es-MX', wording: '¿Te llamamos?' };
  await call(here, admin, 'PUT', '/v1/asked-words', own);
  expect((await asked('call', 'es')).wording).toBe('¿Te llamamos?');
  expect((await print('?language=es')).flat().join(' ')).toContain('llamar: ¿Te llamamos?');
  await call(here, admin, 'PUT', '/v1/asked-words', { ...own, wording: '' });
});

test('whoever wants no visit is named on no paper; where all of them do it says to walk past', async () => {
  const { phone } = walk;
  const door = phone.packet.doors[12];
  const people = phone.packet.people.filter(({ doorId }) => doorId === door?.id);
  const [first, ...others] = people;
  if (door === undefined || first === undefined) throw new Error('nobody');
  const wording = 'May we come to your door again?';
  const wordingHash = createHash('sha256').update(wording).digest('hex');
  const refuse = ({ id }: { readonly id: string }): PaperFact => ({
    ...fact(door.id, { type: 'contact-consent' }),
    payload: {
      doorId: door.id,
      personId: id as PersonId,
      channel: 'door',
      given: false,
      wording,
      wordingHash,
    },
  });
  const name = ({ firstName, lastName }: typeof first) => `${firstName} ${lastName}`;
  expect((await print()).flat()).toContain(name(first));
  expect((await enter([refuse(first)])).statusCode).toBe(200);
  const lines = (await print()).flat();
  expect(lines).not.toContain(name(first));
  const sheet = await readSheet();
  expect(sheet.doors.find(({ id }) => id === door.id)?.refusing).toEqual([first.id]);
  for (const other of others) await enter([refuse(other)]);
  const after = (await print()).flat();
  expect(after.join(' ')).toContain('ASKED FOR NO VISITS');
  for (const one of people) expect(after).not.toContain(name(one));
  // Its number and its place on the list stay.
  expect((await readSheet()).doors.map(({ id }) => id)).toEqual(
    phone.packet.doors.map(({ id }) => id),
  );
});

test('what does not fit is refused whole and said, and nothing of it is saved or held', async () => {
  const door = walk.phone.packet.doors[7];
  if (door === undefined) throw new Error('no door');
  const before = await db.read.selectFrom('ops').select('seq').execute();
  const elsewhere = fact(makeId(START, random));
  const tomorrow = { ...fact(door.id), at: { ms: START + 86_400_000, offset: 0 } };
  const taken = await db.read.selectFrom('ops').select('op_id').executeTakeFirstOrThrow();
  const reused = { ...fact(door.id), opId: formatUuid(taken.op_id) as OpId };
  const longAgo = { ...fact(door.id), at: { ms: 0, offset: 0 } };
  const promised = (by: string): PaperFact => ({
    ...fact(door.id, { type: 'follow-up' }),
    payload: { doorId: door.id, personId: null, text: 'Call', whoId: null, by },
  });
  const promises = ['1900-01-01', '2025-10-03', '2027-10-05', '2026-02-30'].map(promised);
  const stranger = { id: makeId<MemberId>(START, random), name: 'Nobody yet' };
  for (const bad of [elsewhere, tomorrow, longAgo, reused, ...promises]) {
    const answer = await enter([fact(door.id), bad], stranger);
    expect([answer.statusCode, answer.body]).toEqual([
      422,
      expect.stringContaining('paper-refused'),
    ]);
  }
  expect(await db.read.selectFrom('ops').select('seq').execute()).toEqual(before);
  expect(await db.read.selectFrom('held_ops').select('key').execute()).toEqual([]);
  const members = await db.read.selectFrom('members').select('id').execute();
  expect(members.map(({ id }) => id)).not.toContain(stranger.id);
});

test('the script is printed in the language of the paper, with what each question follows', async () => {
  const wish = { name: RENT_SCRIPT_NAME, draft: RENT_SCRIPT };
  const { id } = await call<Script>(here, desk, 'POST', '/v1/scripts', wish);
  await call(here, desk, 'POST', `/v1/scripts/${id}/publish`);
  const english = (await print()).flat().join(' ');
  expect(english).toContain('4. How many homes are there in your building, about?');
  expect(english).toContain('Only if 3 was answered: d');
  const spanish = (await print('?language=es')).flat().join(' ');
  expect(spanish).toContain('4. ¿Cuántos hogares hay en su edificio, más o menos?');
  expect(spanish).toContain('Solo si a la 3 respondió: d');
});

test('literature, tags and promises of paper come once, and the sheet has room for them', async () => {
  const admin = await here.staff(db, 'admin');
  const first = await call<Tag>(here, admin, 'POST', '/v1/tags', { name: 'Yard sign' });
  here.time.now += 1;
  const second = await call<Tag>(here, admin, 'POST', '/v1/tags', { name: 'Helper' });
  const door = walk.phone.packet.doors[15];
  const person = walk.phone.packet.people.find(({ doorId }) => doorId === door?.id);
  if (door === undefined || person === undefined) throw new Error('nobody lives there');
  const lines = (await print()).flat();
  expect(lines).toContain('Leaflet left');
  expect(lines).toContain('Promise');
  expect(lines).toContain('Doors that are not on this list');
  expect(lines.join(' ')).toContain('a Yard sign · b Helper');
  const of = (type: PaperFact['type'], payload: object = {}): PaperFact => ({
    ...fact(door.id, { type }),
    payload: { doorId: door.id, ...payload },
  });
  const promise = { text: 'Bring a sign', whoId: WALKER.id, by: '2026-05-02' };
  const line = [
    fact(door.id, { payload: { personId: person.id, outcome: { kind: 'contact' } } }),
    of('lit-drop'),
    of('tag', { personId: person.id, tag: second.id, on: true }),
    of('follow-up', { personId: person.id, ...promise }),
  ];
  const results = async () =>
    (await enter(line)).json<{ results: { status: string; repeat: boolean }[] }>().results;
  expect((await results()).map(({ status, repeat }) => [status, repeat])).toEqual(
    line.map(() => ['applied', false]),
  );
  expect((await results()).every(({ repeat }) => repeat)).toBe(true);
  const sheet = await readSheet();
  const typed = sheet.entered.filter(({ doorId }) => doorId === door.id);
  expect(typed.map(({ also }) => also)).toEqual([
    null,
    { type: 'lit-drop' },
    { type: 'tag', tag: second.id, on: true },
    { type: 'follow-up', ...promise },
  ]);
  const tags = await call<Tag[]>(here, desk, 'GET', '/v1/tags');
  expect(tags.find(({ id }) => id === second.id)?.people).toBe(1);
  const promises = await call<FollowUpPage>(here, desk, 'GET', '/v1/follow-ups');
  expect(promises.promises).toMatchObject([{ text: 'Bring a sign', whoId: WALKER.id }]);
  // A letter is one tag's for good.
  const version = { headers: { ...admin.headers, 'if-match': `"${first.version}"` } };
  await call(here, version, 'PATCH', `/v1/tags/${first.id}`, { retired: true });
  expect((await print()).flat().join(' ')).toContain('b Helper');
  expect((await readSheet()).tags).toMatchObject([
    { letter: 'a', name: 'Yard sign', retired: true },
    { letter: 'b', name: 'Helper', retired: false },
  ]);
  for (const bad of [
    of('tag', { personId: person.id, tag: makeId(START, random), on: true }),
    of('follow-up', { personId: null, ...promise, whoId: makeId(START, random) }),
  ]) {
    expect((await enter([bad])).statusCode).toBe(422);
  }
});

test('a door that was found on paper is a door of the turf, once, and a knock follows to it', async () => {
  const beside = walk.phone.packet.doors[16];
  if (beside === undefined) throw new Error('no door');
  const { buildingId } = beside;
  const doorId = makeId<DoorId>(START, random);
  const find = (payload: object): PaperFact => ({
    ...fact(doorId, { type: 'door' }),
    payload: { doorId, buildingId, unit: 'BASEMENT', floor: null, ...payload },
  });
  const found = find({});
  expect((await enter([fact(doorId)])).statusCode).toBe(422);
  expect((await enter([found, fact(doorId)])).statusCode).toBe(422);
  expect((await enter([find({ buildingId: makeId(START, random) })])).statusCode).toBe(422);
  expect((await enter([found])).json()).toMatchObject({
    results: [{ status: 'applied', repeat: false }],
  });
  expect((await enter([found])).json()).toMatchObject({ results: [{ repeat: true }] });
  expect((await enter([fact(doorId)])).statusCode).toBe(200);
  const sheet = await readSheet();
  const listed = sheet.doors.filter(({ id }) => id === doorId);
  expect(listed).toMatchObject([{ unit: 'BASEMENT', standing: 'not-home', buildingId }]);
  const at = sheet.doors.findIndex(({ id }) => id === doorId);
  expect(sheet.doors[at - 1]?.buildingId).toBe(buildingId);
  expect(sheet.entered.filter((one) => one.doorId === doorId).map(({ also }) => also)).toEqual([
    { type: 'door', unit: 'BASEMENT' },
    null,
  ]);
});
