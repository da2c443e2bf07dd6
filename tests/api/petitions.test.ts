import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonId } from '#shared/kernel/ids.ts';
import type { FollowUpPage } from '#shared/model/follow-up.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { Petition, SignaturePage } from '#shared/model/petition.ts';
import { chooseLanguage } from '#shared/script/in-language.ts';
import { petitionInLanguage } from '#shared/script/petition-in-language.ts';
import type { HeldEntry } from '#shared/sync/phones.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import type { TestApp } from './make-app.ts';
import { START } from './make-app.ts';
import { makeOakdale } from './make-oakdale.ts';
import { call, push, seal, type Walk } from './make-walk.ts';
import { readPdfText } from './read-pdf-text.ts';

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let desk: { headers: { cookie: string } };
let lead: { headers: { cookie: string } };
beforeAll(async () => {
  ({ server, db, walk, desk } = await makeOakdale());
  lead = await server.staff(db, 'admin');
});
afterAll(() => server.close());

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const WORDS = 'We ask the city council to keep rents stable.';

async function change(
  method: 'PUT' | 'POST' | 'DELETE',
  url: string,
  version: number,
  payload?: object,
): Promise<{ status: number; body: string }> {
  const headers = { ...desk.headers, 'if-match': `"${version}"` };
  const answer = await server.app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.body };
}
const readPacket = async (): Promise<Packet> =>
  call<Packet>(server, await walk.phone.reader(), 'GET', '/v1/packet');
const people = () => walk.phone.packet.people;
const someone = (n: number) => {
  const person = people()[n];
  if (person === undefined) throw new Error('nobody lives there');
  return { doorId: person.doorId, personId: person.id };
};
const sign = (n: number, petitionId: string, wording = WORDS) =>
  seal(
    walk.phone,
    'signature',
    {
      ...someone(n),
      petitionId,
      wording,
      wordingHash: hashOf(wording),
      strokes: [
        [10, 20, 400, 300],
        [500, 250, 500, 250],
      ],
    },
    START,
  );

test('words that people may have signed never change, and whoever signs twice counts once', async () => {
  const wish = { kind: 'petition', title: 'Rents', wording: '' };
  const draft = await call<Petition>(server, desk, 'POST', '/v1/petitions', wish);
  const at = `/v1/petitions/${draft.id}`;
  expect((await change('POST', `${at}/open`, 1)).body).toContain('petition-empty');
  expect((await change('PUT', at, 1, { ...wish, wording: WORDS })).status).toBe(200);
  expect((await readPacket()).petitions).toEqual([]);
  const before = (await readPacket()).turf.version;
  expect((await change('POST', `${at}/open`, 2)).status).toBe(200);
  const packet = await readPacket();
  expect(packet.petitions).toEqual([{ ...wish, id: draft.id, wording: WORDS }]);
  expect(packet.turf.version).toBeGreaterThan(before);
  for (const [method, to] of [
    ['PUT', at],
    ['DELETE', at],
  ] as const) {
    const refused = await change(method, to, 3, method === 'PUT' ? wish : undefined);
    expect(refused.body).toContain('petition-open');
  }

  const [first, again, other] = [sign(0, draft.id), sign(0, draft.id), sign(1, draft.id)];
  const taken = sign(2, draft.id);
  const back = { doorId: someone(2).doorId, opId: taken.opId };
  const withdraw = seal(walk.phone, 'withdraw', back, START);
  await push(server, walk.phone, [first, again, other, taken, withdraw]);
  const page = await call<SignaturePage>(server, desk, 'GET', `${at}/signatures`);
  expect([page.total, page.next]).toEqual([2, null]);
  expect(page.signatures.map(({ opId }) => opId)).toEqual([other.opId, again.opId]);
  expect(page.signatures[0]).toMatchObject({ otherWords: false, canvasser: 'Cleo' });
  expect(page.signatures[0]?.strokes).toHaveLength(2);

  const csv = await server.app.inject({ url: `${at}/signatures.csv`, headers: lead.headers });
  expect(csv.body.split('\r\n').filter((line) => line.includes(WORDS))).toHaveLength(2);
  const pdf = await server.app.inject({ url: `${at}/signatures.pdf`, headers: lead.headers });
  const printed = readPdfText(pdf.rawPayload).flat().join('\n');
  expect(printed).toContain(WORDS);
  expect(printed).toContain('2 signatures');
  const ledger = await call<{ kind: string; rows: number }[]>(server, lead, 'GET', '/v1/exports');
  expect(ledger.map(({ kind, rows }) => [kind, rows])).toEqual([
    ['signatures', 2],
    ['signatures', 2],
  ]);
  // Two records that are one person have signed once.
  const pair = { keep: someone(0).personId, lose: someone(1).personId };
  await call(server, lead, 'POST', '/v1/roll/duplicates/merge', pair);
  const one = await call<SignaturePage>(server, desk, 'GET', `${at}/signatures`);
  expect(one.signatures.map(({ opId, personId }) => [opId, personId])).toEqual([
    [other.opId, pair.keep],
  ]);
  expect(await call(server, desk, 'GET', '/v1/petitions')).toMatchObject([{ signatures: 1 }]);
  await call(server, lead, 'POST', '/v1/roll/duplicates/unmerge', { id: pair.lose, apart: true });
  // Whoever asks to be left alone is in no file by name: their signature is counted and no more.
  const name = people()[1]?.firstName ?? '';
  expect(printed).toContain(name);
  const outcome = { kind: 'result', result: 'do-not-contact' };
  const stop = { ...someone(1), outcome, answers: [], note: null };
  await push(server, walk.phone, [seal(walk.phone, 'knock', stop, START)]);
  const after = await server.app.inject({ url: `${at}/signatures.pdf`, headers: lead.headers });
  const left = readPdfText(after.rawPayload).flat().join('\n');
  expect(left).toContain('2 signatures');
  expect(left).not.toContain(name);
  expect((await change('POST', `${at}/close`, 3)).status).toBe(200);
  expect((await readPacket()).petitions).toEqual([]);
});

test('a signature under other words is held whole, and counts once somebody accepts it', async () => {
  const wish = { kind: 'petition', title: 'Buses', wording: 'More buses.' };
  const { id } = await call<Petition>(server, desk, 'POST', '/v1/petitions', wish);
  expect((await change('POST', `/v1/petitions/${id}/open`, 1)).status).toBe(200);
  const [other, good] = [sign(3, id, 'Fewer buses.'), sign(4, id, wish.wording)];
  const bent = seal(
    walk.phone,
    'signature',
    {
      ...someone(3),
      petitionId: id,
      wording: wish.wording,
      wordingHash: hashOf('Fewer buses.'),
      strokes: [[1, 2, 3, 4]],
    },
    START,
  );
  // A phone of before knows no newer reason: it would not take the answer.
  const held = { status: 'held', reason: 'corrupt' };
  const { results } = await push(server, walk.phone, [other, bent, good]);
  expect(results).toMatchObject([held, held, { status: 'applied' }]);
  expect((await push(server, walk.phone, [other, good])).results).toMatchObject([
    { ...held, repeat: true },
    { status: 'applied', repeat: true },
  ]);
  const signed = () => call<SignaturePage>(server, desk, 'GET', `/v1/petitions/${id}/signatures`);
  expect(await signed()).toMatchObject({ total: 1 });
  const { entries } = await call<{ entries: HeldEntry[] }>(
    server,
    desk,
    'GET',
    '/v1/held?state=waiting',
  );
  const found = entries.find(({ opId }) => opId === other.opId);
  expect(found).toMatchObject({ reason: 'other-words', may: ['accept', 'discard'] });
  await call(server, desk, 'POST', `/v1/held/${found?.id}/accept`);
  expect(await signed()).toMatchObject({ total: 2 });
});

test('a petition is signed in the language that somebody speaks, and each keeps the words and the language', async () => {
  const es = { language: 'es', title: 'Alquileres', wording: 'Pedimos alquileres estables.' };
  const ht = { language: 'ht', title: '', wording: '' };
  const wish = { kind: 'petition', title: 'Rents 2', wording: WORDS, language: 'en' };
  const both = { ...wish, translations: [es, ht] };
  const { id } = await call<Petition>(server, desk, 'POST', '/v1/petitions', both);
  const at = `/v1/petitions/${id}`;
  const again = { ...wish, translations: [es, { ...es, language: 'EN' }] };
  expect((await change('PUT', at, 1, again)).body).toContain('twice');
  // What nobody could read nobody can sign.
  expect((await change('POST', `${at}/open`, 1)).body).toContain('petition-empty');
  expect((await change('PUT', at, 1, { ...wish, translations: [es] })).status).toBe(200);
  expect((await change('POST', `${at}/open`, 2)).status).toBe(200);
  const petition = (await readPacket()).petitions?.find((one) => one.id === id);
  if (petition === undefined) throw new Error('it is not out');
  expect(petition).toMatchObject({ language: 'en', translations: [es] });
  expect(chooseLanguage(petition, [null, 'es-MX', 'en'])).toBe('es');
  expect(petitionInLanguage(petition, 'es')).toEqual(es);
  expect(petitionInLanguage(petition, 'ht')).toMatchObject({ language: 'en', wording: WORDS });

  const signIn = (n: number, wording: string, language?: string) => {
    const words = { wording, wordingHash: hashOf(wording), ...(language && { language }) };
    const payload = { ...someone(n), petitionId: id, ...words, strokes: [[1, 2, 3, 4]] };
    return seal(walk.phone, 'signature', payload, START);
  };
  const held = { status: 'held' };
  const good = { status: 'applied' };
  const { results } = await push(server, walk.phone, [
    signIn(3, es.wording, 'es'),
    signIn(4, WORDS, 'en'),
    // One of a version that knows no languages.
    signIn(5, WORDS),
    signIn(6, WORDS, 'es'),
    signIn(6, es.wording),
    signIn(6, es.wording, 'ht'),
  ]);
  expect(results).toMatchObject([good, good, good, held, held, held]);
  const page = await call<SignaturePage>(server, desk, 'GET', `${at}/signatures`);
  expect(page.signatures.map(({ language, otherWords }) => [language, otherWords])).toEqual(
    expect.arrayContaining([
      ['es', false],
      ['en', false],
      [undefined, false],
    ]),
  );
  expect(page.total).toBe(3);
});

test('a promise is due until the desk or a phone says that it was kept, and goes with the person', async () => {
  const promise = { ...someone(0), text: 'Bring a yard sign', whoId: null, by: '2025-10-06' };
  const made = seal(walk.phone, 'follow-up', promise, START);
  const second = seal(walk.phone, 'follow-up', { ...promise, text: 'Call about a ride' }, START);
  await push(server, walk.phone, [made, second]);
  const list = () => call<FollowUpPage>(server, desk, 'GET', '/v1/follow-ups');
  const of = async (id: string) => (await list()).promises.find((one) => one.id === id);
  expect(await of(made.opId)).toMatchObject({ end: null, by: '2025-10-06', version: 0 });

  const url = `/v1/follow-ups/${made.opId}`;
  const whoId = walk.phone.joined.member.id;
  const wish = { whoId, by: '2025-10-08', end: null, note: 'has the sign in the car' };
  expect((await change('PUT', url, 0, wish)).status).toBe(200);
  expect((await change('PUT', url, 0, wish)).body).toContain('version-changed');
  expect(await of(made.opId)).toMatchObject({ whoId, by: '2025-10-08', note: wish.note });
  expect((await readPacket()).promises).toEqual([
    { id: made.opId, whoId, by: '2025-10-08', end: null },
  ]);
  const kept = seal(walk.phone, 'follow-up', { ...promise, keeps: made.opId }, START);
  await push(server, walk.phone, [kept]);
  expect(await of(made.opId)).toMatchObject({ end: 'kept', endedBy: 'Cleo' });
  expect((await of(second.opId))?.end).toBe(null);

  const personId: PersonId = someone(0).personId;
  const erase = { id: personId, why: 'asked to be forgotten' };
  await call(server, lead, 'POST', '/v1/person/erase', erase);
  expect((await list()).promises).toEqual([]);
  const notes = await db.read.selectFrom('follow_up_states').select('note').execute();
  expect(notes).toEqual([{ note: '' }]);
});

test('the chapter’s own words for a question go to phones, and empty ones go back to the app’s', async () => {
  const words = { about: 'call', language: 'en', wording: 'May our neighbors call you?' };
  await call(server, desk, 'PUT', '/v1/asked-words', words);
  expect((await readPacket()).asked).toEqual([words]);
  await call(server, desk, 'PUT', '/v1/asked-words', { ...words, wording: ' ' });
  expect((await readPacket()).asked).toEqual([]);
});
