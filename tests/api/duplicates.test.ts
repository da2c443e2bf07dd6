import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonId } from '#shared/kernel/ids.ts';
import type { DuplicatesPage, DuplicateView, RuleOutcome } from '#shared/model/duplicates.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { CopyAnswer, Erased, FoundPerson } from '#shared/model/privacy.ts';
import type { Turf } from '#shared/model/turf.ts';
import { EVERYONE, type UniverseCount, type UniverseFacets } from '#shared/model/universe.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { appendLayer } from './append-layer.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { makeKnock } from './make-knock.ts';
import { makeTown, PEOPLE } from './make-town.ts';
import { call, makeWalk, push, sealKnock, type Walk } from './make-walk.ts';

let here: TestApp;
let db: ChapterDb;
let lead: { headers: { cookie: string } };
let admin: { headers: { cookie: string } };
let walk: Walk;

/** Maria twice, in two houses; Bob and Robert behind one door; Ana and Ane, who are twins. */
const NAMED: Readonly<Record<number, readonly [first: string, last: string, born: number]>> = {
  1: ['Maria', 'Zuniga', 1980],
  4: ['Maria', 'Zuniga', 1980],
  7: ['Robert', 'Quist', 1971],
  8: ['Bob', 'Quist', 1971],
  10: ['Ana', 'Twain', 1999],
  11: ['Eva', 'Twain', 1999],
  13: ['Jo', 'Yards', 1950],
  14: ['Jo', 'Yards', 1980],
};
const LEFT = 'Xavier';

beforeAll(async () => {
  here = await makeApp();
  db = await here.makeChapter('oakdale');
  await makeTown(db, 'oakdale');
  await db.write(async (trx) => {
    for (let key = 1; key <= PEOPLE; key++) {
      const [first_name, last_name, birth_year] = NAMED[key] ?? [`${LEFT}${key}`, `${key}`, 1940];
      const phone = first_name === 'Maria' ? '555 010 7777' : null;
      await trx
        .updateTable('voters')
        .set({ first_name, last_name, birth_year, middle_name: '', phone })
        .where('person_key', '=', key)
        .execute();
    }
    // Both Marias voted: in the same election once.
    await trx
      .insertInto('voted')
      .values({ person_key: 1, election: '2024-11-05', method: '' })
      .execute();
  });
  lead = await here.staff(db, 'research-lead');
  admin = await here.staff(db, 'admin');
  walk = await makeWalk(here, db);
});
afterAll(() => here.close());

const list = (view: DuplicateView): Promise<DuplicatesPage> =>
  call<DuplicatesPage>(here, lead, 'GET', `/v1/roll/duplicates?view=${view}`);
const decide = <T>(what: string, body: object): Promise<T> =>
  call<T>(here, lead, 'POST', `/v1/roll/duplicates/${what}`, body);
const refused = async (what: string, body: object): Promise<string> => {
  const url = `/v1/roll/duplicates/${what}`;
  const answer = await here.app.inject({ method: 'POST', url, ...lead, payload: body });
  return answer.json<{ problem: { code: string } }>().problem.code;
};
async function idOf(key: number): Promise<PersonId> {
  const row = await db.read
    .selectFrom('people')
    .select('id')
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return row.id;
}
const packet = async (): Promise<Packet> =>
  call<Packet>(here, await walk.phone.reader(), 'GET', '/v1/packet');
const count = (): Promise<UniverseCount> =>
  call<UniverseCount>(here, lead, 'POST', '/v1/universes/count', EVERYONE);
const version = async (): Promise<number> =>
  (await call<Turf[]>(here, lead, 'GET', '/v1/turfs'))[0]?.version ?? 0;

test('a search says who may be one person and why, and leaves twins and two generations alone', async () => {
  expect((await list('open')).search).toBe(null);
  await call(here, lead, 'POST', '/v1/roll/duplicates/search');
  expect(await refused('search', {})).toBe('search-running');
  await expect
    .poll(async () => (await list('open')).search?.state, { timeout: 20_000 })
    .toBe('done');
  const { search, counts, pairs } = await list('open');
  expect(search).toMatchObject({ people: PEOPLE, found: 2, kept: 2, cut: 0, stale: false });
  expect(counts).toEqual({ open: 2, merged: 0, apart: 0 });
  expect(pairs.map(({ keep, lose }) => [keep.lastName, keep.firstName, lose.firstName])).toEqual(
    expect.arrayContaining([
      ['Zuniga', 'Maria', 'Maria'],
      ['Quist', expect.anything(), expect.anything()],
    ]),
  );
  const maria = pairs.find(({ keep }) => keep.lastName === 'Zuniga');
  expect(maria?.evidence).toMatchObject({
    first: 'same',
    birth: 'same',
    phone: 'same',
    place: 'other',
    votes: 1,
  });
  const coordinator = await here.staff(db, 'coordinator');
  const answer = await here.app.inject({
    url: '/v1/roll/duplicates?view=open',
    headers: coordinator.headers,
  });
  expect(answer.statusCode).toBe(404);
});

test('a search can be stopped, and what the one before found stays', async () => {
  await call(here, lead, 'POST', '/v1/roll/duplicates/search');
  await call(here, lead, 'DELETE', '/v1/roll/duplicates/search');
  const { search, counts } = await list('open');
  expect(search).toMatchObject({ state: 'cancelled', kept: 2 });
  expect(counts.open).toBe(2);
});

test('two are one in every list, a wish of either holds for both, and apart again each has their own', async () => {
  const [maria, other] = [await idOf(1), await idOf(4)];
  await appendLayer(
    here,
    lead.headers,
    {
      text: 'id,local\noakdale-QZX4,Local 9\n',
      who: [[0, 'voter-id']],
      columns: [{ column: 1, name: 'Local', kind: 'word' }],
    },
    'Union',
  );
  const listed = async (): Promise<string> =>
    (await here.app.inject({ url: '/v1/exports/layers.csv', ...lead })).body;
  expect(await listed()).toContain(other);
  const before = await packet();
  const [people, turf, facets] = [
    await count(),
    await version(),
    await call<UniverseFacets>(here, lead, 'GET', '/v1/universes/facets'),
  ];
  await decide('merge', { keep: maria, lose: other });
  expect(await refused('merge', { keep: other, lose: maria })).toBe('already-merged');
  expect(await list('merged')).toMatchObject({
    counts: { open: 1, merged: 1 },
    pairs: [{ keep: { id: maria }, lose: { id: other }, decided: { how: 'hand' } }],
  });
  expect((await count()).people).toBe(people.people - 1);
  const now = await call<UniverseFacets>(here, lead, 'GET', '/v1/universes/facets');
  expect(now.people).toBe(facets.people - 1);
  expect(now.elections[0]?.people).toBe((facets.elections[0]?.people ?? 0) - 1);
  expect(await version()).toBeGreaterThan(turf);

  // What a list says of either is said of the one who is shown.
  expect(await listed()).toMatch(new RegExp(`${maria},oakdale-QZX1,.*,Local 9`));
  expect(await listed()).not.toContain(other);

  // A phone that has the old list says something about the one who is hidden now.
  const at = (id: PersonId) => before.people.find((one) => one.id === id)?.doorId ?? '';
  const talk = { ...makeKnock(at(other)), personId: other, outcome: { kind: 'contact' as const } };
  const wish = { ...makeKnock(at(other), 'do-not-contact'), personId: other };
  await push(here, walk.phone, [sealKnock(walk.phone, talk, here.time.now)]);
  const csv = await here.app.inject({ url: '/v1/exports/knocks.csv', ...lead });
  expect(csv.body.trim().split('\r\n').at(-1)).toMatch(
    new RegExp(`oakdale-QZX1,.*Maria.*${maria}.*no,yes,Local 9,oakdale-QZX4,`),
  );
  const after = await packet();
  expect(after.people.map(({ id }) => id)).not.toContain(other);
  expect(after.merged).toEqual([{ id: other, face: maria }]);
  await push(here, walk.phone, [sealKnock(walk.phone, wish, here.time.now + 1)]);
  expect((await packet()).people.find(({ id }) => id === maria)?.doNotContact).toBe(true);
  expect(await listed()).not.toContain(maria);
  expect((await count()).people).toBe(people.people - 2);
  const [found] = await call<FoundPerson[]>(here, admin, 'POST', '/v1/person/find', {
    typed: 'oakdale-QZX4',
  });
  expect(found).toMatchObject({ id: maria, doNotContact: 'person', others: [{ id: other }] });
  const { copy } = await call<CopyAnswer>(here, admin, 'POST', '/v1/person/copy', { id: maria });
  expect(copy.facts).toHaveLength(2);
  expect(copy.otherRolls).toMatchObject([{ voter_id: 'oakdale-QZX4' }]);

  await decide('unmerge', { id: other, apart: false });
  const parted = await packet();
  const asked = parted.people.filter(({ doNotContact }) => doNotContact).map(({ id }) => id);
  expect(new Set(asked)).toEqual(new Set([maria, other]));
  expect(parted.merged).toBe(undefined);
  expect((await list('open')).counts).toEqual({ open: 2, merged: 0, apart: 0 });
});

test('a rule is counted before it merges, and never touches whom somebody keeps apart', async () => {
  const [bob, robert] = [await idOf(8), await idOf(7)];
  const rule = { same: ['birth', 'door'], least: 0.9 };
  const outcome = await decide<RuleOutcome>('rule', { ...rule, apply: false });
  expect(outcome).toEqual({ pairs: 1, merged: 0, skipped: 0, left: 1 });
  await decide('apart', { one: bob, other: robert, apart: true });
  expect(await list('apart')).toMatchObject({ counts: { open: 1, apart: 1 } });
  expect(await decide<RuleOutcome>('rule', { ...rule, apply: true })).toMatchObject({ merged: 0 });
  await decide('apart', { one: bob, other: robert, apart: false });
  expect(await decide<RuleOutcome>('rule', { ...rule, apply: true })).toMatchObject({ merged: 1 });
  expect((await list('merged')).pairs).toMatchObject([{ decided: { how: 'rule' } }]);
  await decide('unmerge', { id: robert, apart: true });
  expect(await decide<RuleOutcome>('rule', { ...rule, apply: true })).toMatchObject({ pairs: 0 });
  const kinds = await db.read
    .selectFrom('audit')
    .select('kind')
    .where('kind', 'in', [
      'people-merged',
      'merged-by-rule',
      'merge-taken-back',
      'people-kept-apart',
    ])
    .orderBy('seq')
    .execute();
  expect(kinds.map(({ kind }) => kind)).toEqual([
    'people-merged',
    'merge-taken-back',
    'people-kept-apart',
    'people-kept-apart',
    'merged-by-rule',
    'merge-taken-back',
  ]);
});

test('who is erased under one number is erased under all', async () => {
  const [maria, other] = [await idOf(1), await idOf(4)];
  await decide('merge', { keep: maria, lose: other });
  const erased = await call<Erased>(here, admin, 'POST', '/v1/person/erase', {
    id: maria,
    why: 'asked to',
  });
  expect(erased).toMatchObject({ records: 2 });
  const left = await db.read.selectFrom('people').select('id').where('key', 'in', [1, 4]).execute();
  expect(left).toEqual([]);
  expect((await list('merged')).counts).toMatchObject({ merged: 0, open: 0 });
});
