import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type AnswerId,
  makeId,
  type OpId,
  type QuestionId,
  type UniverseId,
} from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import {
  EVERYONE,
  type Universe,
  type UniverseCount,
  type UniverseDoors,
} from '#shared/model/universe.ts';
import type { Condition, Step } from '#shared/model/universe-step.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeKnock } from './make-knock.ts';
import { makeLayer } from './make-layer.ts';
import { makeTown } from './make-town.ts';
import { call, makeWalk, push, seal, sealKnock } from './make-walk.ts';

let server: TestApp;
let db: ChapterDb;
let lead: { headers: { cookie: string } };
beforeEach(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  lead = await server.staff(db, 'research-lead');
});
afterEach(() => server.close());

const only = (who: Condition): Step => ({ how: 'only', who });
const count = (...steps: readonly Step[]): Promise<UniverseCount> =>
  call(server, lead, 'POST', '/v1/universes/count', { v: 2, steps });
const people = async (...steps: readonly Step[]): Promise<number> => (await count(...steps)).people;
const save = (name: string, steps: readonly Step[], more: object = {}): Promise<Universe> =>
  call(server, lead, 'POST', '/v1/universes', { name, question: { v: 2, steps }, ...more });
const send = (method: 'PATCH' | 'DELETE', id: UniverseId, payload?: object, version = 1) =>
  server.app.inject({
    method,
    url: `/v1/universes/${id}`,
    headers: { ...lead.headers, 'if-match': `"${version}"` },
    ...(payload && { payload }),
  });
const codeOf = (answer: { json: () => unknown }): string =>
  (answer.json() as { problem: { code: string } }).problem.code;

const PARTY_D = only({ kind: 'party', values: ['D'] });
const PRECINCT_1 = only({ kind: 'precinct', values: ['1'] });
const QUESTION = makeId<QuestionId>(1, seededBytes(seededDice(1)));

test('people and doors are counted after each step; both forms of a question are asked alike', async () => {
  expect(await count()).toEqual({ people: 30, doors: 20, placed: 20, steps: [] });
  expect(
    await count(PARTY_D, { ...PRECINCT_1, how: 'also' }, { ...PARTY_D, how: 'without' }),
  ).toEqual({
    people: 10,
    doors: expect.any(Number),
    placed: expect.any(Number),
    steps: [
      { people: 10, doors: 10 },
      { people: 20, doors: expect.any(Number) },
      { people: 10, doors: expect.any(Number) },
    ],
  });
  const old = { ...EVERYONE, parties: ['D'], precincts: ['1'], elections: ['2024-11-05'] };
  const voted = only({ kind: 'votes', elections: ['2024-11-05'], atLeast: 1, methods: [] });
  expect(await call(server, lead, 'POST', '/v1/universes/count', old)).toMatchObject({
    people: await people(PARTY_D, PRECINCT_1, voted),
  });
});

test('more people behind one door than a number has room for are counted all the same', async () => {
  const before = await count();
  await db.write(async (trx) => {
    const row = await trx.selectFrom('universe_rows').selectAll().executeTakeFirstOrThrow();
    const more = Array.from({ length: 40 }, (_, n) => ({ ...row, person_key: 100_000 + n }));
    await trx.insertInto('universe_rows').values(more).execute();
  });
  const steps = Array.from({ length: 12 }, () => only({ kind: 'age', min: 0, max: null }));
  const all = { people: before.people + 40, doors: before.doors };
  expect(await count(...steps)).toEqual({ ...before, ...all, steps: steps.map(() => all) });
});

test('every kind of condition can be asked, alone and all together', async () => {
  const other = await save('Other', [PARTY_D]);
  const frozen = await save('Frozen', [PARTY_D], { frozen: true });
  const scope = 'campaign' as const;
  const kinds: Condition[] = [
    { kind: 'sex', values: ['F', ''] },
    { kind: 'status', values: [''] },
    { kind: 'language', values: [''] },
    { kind: 'district', of: 'house', values: ['', '12'] },
    { kind: 'age', min: 20, max: null },
    { kind: 'registered', from: '2000-01-01', to: null },
    { kind: 'votes', elections: ['2024-11-05', 'none'], atLeast: 1, methods: [] },
    { kind: 'votes', elections: ['2024-11-05'], atLeast: 1, methods: [''] },
    {
      kind: 'layer',
      layer: QUESTION as never,
      column: 1,
      not: false,
      min: 1,
      max: 2,
      words: ['yes'],
    },
    { kind: 'answer', questionId: QUESTION, said: ['s:1'] },
    { kind: 'support', levels: [1, 2], scope },
    { kind: 'result', results: ['contact', 'not-home'], when: 'last', scope },
    { kind: 'result', results: ['contact'], when: 'ever', scope: 'ever' },
    ...(['never', 'ever', 'before', 'after', 'within'] as const).map((when) => ({
      kind: 'knocked' as const,
      when,
      day: '2025-10-04',
      days: 3,
      scope,
    })),
    { kind: 'universe', id: other.id },
    { kind: 'universe', id: frozen.id },
  ];
  const all: number[] = [];
  for (const who of kinds) {
    const steps = [only(who), { how: 'without' as const, who }];
    expect(await people(...steps)).toBe(0);
    all.push(await people(only(who)));
  }
  expect(all.slice(-2)).toEqual([10, 10]);
  // So many that each condition is asked of each row.
  const also = kinds.slice(0, 19).map((who) => ({ how: 'also' as const, who }));
  expect(
    await people({ how: 'without', who: { kind: 'age', min: null, max: null } }, ...also),
  ).toBe(30);
});

test('what was learnt at doors counts at once, and no more when it is taken back', async () => {
  const { phone } = await makeWalk(server, db);
  const [one, two] = phone.packet.people;
  if (one === undefined || two === undefined) throw new Error('nobody');
  const open = phone.packet.doors.find(({ id }) => id !== one.doorId)?.id ?? '';
  const support = (...levels: number[]) => only({ kind: 'support', levels, scope: 'ever' });
  const said = (word: string) => only({ kind: 'answer', questionId: QUESTION, said: [word] });
  const result = (what: 'contact' | 'not-home') =>
    only({ kind: 'result', results: [what], when: 'last', scope: 'campaign' });
  const knocked = only({ kind: 'knocked', when: 'within', day: null, days: 1, scope: 'ever' });
  expect(await people(knocked)).toBe(0);

  const met = (level: number) => ({
    ...makeKnock(one.doorId),
    personId: one.id,
    outcome: { kind: 'contact' as const },
    answers: [
      {
        id: makeId<AnswerId>(1, seededBytes(seededDice(level))),
        questionId: QUESTION,
        given: { kind: 'support' as const, level },
      },
    ],
  });
  const first = sealKnock(phone, met(2), START);
  await push(server, phone, [first, sealKnock(phone, makeKnock(open), START)]);
  expect([
    await people(support(1, 2)),
    await people(said('s:2')),
    await people(result('contact')),
  ]).toEqual([1, 1, 1]);
  const behind = phone.packet.people.filter(({ doorId }) => doorId === open).length;
  expect(await people(result('not-home'))).toBe(behind);
  expect(await people(knocked, { how: 'without', who: support(2).who })).toBeGreaterThan(0);

  await push(server, phone, [
    seal(
      phone,
      'withdraw',
      { doorId: one.doorId, opId: first.opId },
      START + 1,
      first.opId as OpId,
    ),
  ]);
  expect([
    await people(support(1, 2)),
    await people(said('s:2')),
    await people(result('contact')),
  ]).toEqual([0, 0, 0]);
  expect(await people(knocked)).toBe(behind);

  await push(server, phone, [sealKnock(phone, met(5), START + 2)]);
  expect(await people(support(5))).toBe(1);
  await db.write((trx) =>
    trx
      .insertInto('opt_outs')
      .values({ person_key: 1, op_id: first.opId as OpId, at: 1 })
      .execute(),
  );
  expect(await people()).toBe(29);
});

test('who asked for no visits is counted, and said to be on no walk list', async () => {
  const { phone } = await makeWalk(server, db);
  const [first] = phone.packet.people;
  const all = phone.packet.people.filter(({ doorId }) => doorId === first?.doorId);
  const before = await count();
  expect(before.noVisit).toBeUndefined();
  const wording = 'May we come to your door again?';
  const words = { channel: 'door', given: false, wording, wordingHash: 'a'.repeat(64) } as const;
  const refuse = async ({ id, doorId }: (typeof all)[number]): Promise<void> => {
    const payload = { doorId, personId: id, ...words };
    await push(server, phone, [seal(phone, 'contact-consent', payload, server.time.now)]);
  };
  for (const [index, person] of all.entries()) {
    await refuse(person);
    const people = index + 1;
    const noVisit = { people, doors: people === all.length ? 1 : 0 };
    expect(await count()).toEqual({ ...before, noVisit });
    // The plan of turfs has the rest.
    const saved = await save(`No ${index}`, []);
    // What is kept with its name is what was shown: all of them, those who refused as well.
    expect([saved.people, saved.doors]).toEqual([before.people, before.doors]);
    const columns = await call<UniverseDoors>(
      server,
      lead,
      'GET',
      `/v1/universes/${saved.id}/doors`,
    );
    expect(columns.noVisit).toEqual(noVisit);
    const doors = columns.doors.reduce((sum, one) => sum + one, 0);
    expect(doors).toBe(before.placed - noVisit.doors);
  }
  const none = await count(only({ kind: 'party', values: ['nobody'] }));
  expect(none.noVisit).toBeUndefined();
  // Whoever says later that one may come is asked for again.
  for (const { id, doorId } of all) {
    const payload = { doorId, personId: id, ...words, given: true };
    await push(server, phone, [seal(phone, 'contact-consent', payload, server.time.now)]);
  }
  expect(await count()).toEqual(before);
});

test('a frozen universe keeps its people; live it asks again, and turfs say that they stay', async () => {
  const live = await save('Live', [PARTY_D]);
  const frozen = await save('Frozen', [PARTY_D], { frozen: true });
  const copy = await call<Universe>(server, lead, 'POST', '/v1/universes', {
    name: 'Copy',
    question: EVERYONE,
    copyOf: frozen.id,
  });
  expect(frozen).toMatchObject({ people: 10, version: 1, turfs: 0, frozenAt: START });
  expect(copy).toMatchObject({ people: 10, frozenAt: START });
  await db.write((trx) => trx.updateTable('universe_rows').set({ party: 'D' }).execute());
  const at = async ({ id }: Universe): Promise<number> => {
    const doors = await call<UniverseDoors>(server, lead, 'GET', `/v1/universes/${id}/doors`);
    return doors.people.reduce((sum, one) => sum + one, 0);
  };
  expect([await at(live), await at(frozen), await at(copy)]).toEqual([30, 10, 10]);
  expect(codeOf(await send('PATCH', frozen.id, { question: EVERYONE }))).toBe('universe-frozen');
  const thawed = (
    await send('PATCH', frozen.id, { frozen: false, name: 'Was frozen' })
  ).json<Universe>();
  expect(thawed).toMatchObject({ name: 'Was frozen', people: 30, version: 2, frozenAt: null });
  expect([await at(frozen), await at(copy)]).toEqual([30, 10]);
  expect(codeOf(await send('PATCH', frozen.id, { name: 'Late' }))).toBe('version-changed');
});

test('universes ask for others and never for themselves; one that is asked for stays', async () => {
  const inner = await save('Inner', [PARTY_D]);
  const outer = await save('Outer', [only({ kind: 'universe', id: inner.id }), PRECINCT_1]);
  expect(outer.people).toBe(5);
  const question = { v: 2, steps: [only({ kind: 'universe', id: outer.id })] };
  const round = await send('PATCH', inner.id, { question });
  expect([round.statusCode, codeOf(round)]).toEqual([409, 'universe-circle']);
  expect(codeOf(await send('DELETE', inner.id))).toBe('universe-asked');
  expect((await send('DELETE', outer.id)).statusCode).toBe(204);
  expect((await send('DELETE', inner.id)).statusCode).toBe(204);
  const gone = await server.app.inject({
    method: 'POST',
    url: '/v1/universes/count',
    ...lead,
    payload: question,
  });
  expect(codeOf(gone)).toBe('universe-gone');
});

test('of two who freeze a universe at once one is refused and writes nobody', async () => {
  const { id } = await save('Two', [PARTY_D]);
  const one = send('PATCH', id, { frozen: true });
  const other = send('PATCH', id, { frozen: true, question: { v: 2, steps: [PRECINCT_1] } });
  const answers = [await one, await other];
  expect(answers.map(({ statusCode }) => statusCode).sort((x, y) => x - y)).toEqual([200, 409]);
  const { question } = (
    await call<Universe[]>(server, lead, 'GET', '/v1/universes')
  )[0] as Universe;
  const kept = await people(only({ kind: 'universe', id }));
  const steps = 'steps' in question ? question.steps : [];
  expect([kept, await people(...steps)]).toEqual([kept, kept]);
  const rows = await db.read.selectFrom('universe_people').select('person_key').execute();
  expect(rows).toHaveLength(kept);
});

test('two who make universes ask for each other at once make no circle', async () => {
  const [a, b] = [await save('A', []), await save('B', [])];
  const ask = (id: UniverseId) => ({
    question: { v: 2, steps: [only({ kind: 'universe', id })] },
  });
  const both = [send('PATCH', a.id, ask(b.id)), send('PATCH', b.id, ask(a.id))];
  const codes = (await Promise.all(both)).map(({ statusCode }) => statusCode);
  expect(codes.sort((x, y) => x - y)).toEqual([200, 409]);
});

test('lists of elections that would stop the database are refused, one long one is not', async () => {
  const elections = Array.from({ length: 500 }, (_, n) => `election ${n}`);
  const long = only({ kind: 'votes', elections, atLeast: 1, methods: [] });
  expect(await people(long)).toBe(0);
  const payload = { v: 2, steps: [long, { ...long, how: 'also' }] };
  const url = '/v1/universes/count';
  const answer = await server.app.inject({ method: 'POST', url, ...lead, payload });
  expect([answer.statusCode, codeOf(answer)]).toEqual([400, 'universe-steps']);
});

test('who may not read the member list neither thaws nor copies what asks for it', async () => {
  await makeLayer(db, 'Member');
  await db.write((trx) => trx.updateTable('layers').set({ members: 1 }).execute());
  const { id: layer } = await db.read.selectFrom('layers').select('id').executeTakeFirstOrThrow();
  const member = { kind: 'layer', layer, column: 0, not: true, min: null, max: null, words: [] };
  const steps = [only(member as Condition)];
  const frozen = await save('Kept', steps, { frozen: true });
  const live = await save('Asked', steps);
  lead = await server.staff(db, 'coordinator');
  const copy = (copyOf: UniverseId) => save('Copy', [], { copyOf });
  expect(await copy(frozen.id)).toMatchObject({ people: frozen.people, frozenAt: START });
  await expect(copy(live.id)).rejects.toThrow('layer-not-yours');
  const thaw = await send('PATCH', frozen.id, { frozen: false });
  expect([thaw.statusCode, codeOf(thaw)]).toEqual([403, 'layer-not-yours']);
});

test('a day that no calendar has is refused', async () => {
  for (const day of ['9999-99-99', '0000-00-00', '2025-13-01']) {
    const who = { kind: 'knocked', when: 'before', day, days: null, scope: 'ever' };
    const payload = { v: 2, steps: [{ how: 'only', who }] };
    const url = '/v1/universes/count';
    const answer = await server.app.inject({ method: 'POST', url, ...lead, payload });
    expect([answer.statusCode, codeOf(answer)]).toEqual([400, 'not-valid']);
  }
});
