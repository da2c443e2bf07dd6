import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tag, TagCarriers } from '#shared/model/tag.ts';
import type { UniverseCount, UniverseFacets } from '#shared/model/universe.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import { call, joinPhone, makeWalk, push, seal, type Walk } from './make-walk.ts';

let server: TestApp;
let db: ChapterDb;
let walk: Walk;
let desk: { headers: { cookie: string } };
beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  walk = await makeWalk(server, db);
  desk = await server.staff(db, 'coordinator');
});
afterAll(() => server.close());

const count = (tag: string, has: 'any' | 'none') =>
  call<UniverseCount>(server, desk, 'POST', '/v1/universes/count', {
    v: 2,
    steps: [{ how: 'only', who: { kind: 'tag', tags: [tag], has } }],
  });
const patch = (tag: Tag, payload: object, seen: number) =>
  server.app.inject({
    method: 'PATCH',
    url: `/v1/tags/${tag.id}`,
    headers: { ...desk.headers, 'if-match': `"${seen}"` },
    payload,
  });

test('a tag goes out with the next packet, comes back on people, and is asked for', async () => {
  const tag = await call<Tag>(server, desk, 'POST', '/v1/tags', { name: '  Wants a  sign ' });
  expect(tag).toMatchObject({ name: 'Wants a sign', people: 0, retiredAt: null });
  const phone = await joinPhone(server, await walk.code(), 'Dara');
  expect(phone.packet.tags).toEqual([{ id: tag.id, name: 'Wants a sign' }]);

  const [ann, bo] = phone.packet.people;
  if (ann === undefined || bo === undefined) throw new Error('An empty turf.');
  const mark = (who: typeof ann, on: boolean, at: number) =>
    seal(phone, 'tag', { doorId: who.doorId, personId: who.id, tag: tag.id, on }, at);
  await push(server, phone, [
    mark(ann, true, START),
    mark(bo, true, START + 1),
    mark(bo, false, START + 2),
  ]);
  expect(await call(server, desk, 'GET', '/v1/tags')).toMatchObject([{ id: tag.id, people: 1 }]);
  const path = `/v1/tags/${tag.id}/people`;
  const carriers = await call<TagCarriers>(server, desk, 'GET', path);
  expect(carriers).toMatchObject({ people: [{ personId: ann.id }], total: 1, next: null });
  // Whoever turned out to be a child stands there without a name.
  const name = async () => (await call<TagCarriers>(server, desk, 'GET', path)).people[0]?.name;
  const known = await name();
  // They are named as they were put right at the door, not as the roll has them.
  const right = {
    doorId: ann.doorId,
    personId: ann.id,
    field: 'firstName',
    value: 'Anneke',
  } as const;
  await push(server, phone, [seal(phone, 'correct', right, START + 3)]);
  expect(await name()).toBe(`Anneke ${ann.lastName}`);
  const makeChild = (adultOn: string | null) =>
    db.write((trx) =>
      trx
        .updateTable('voters')
        .set({ adult_on: adultOn })
        .where('person_key', 'in', (of) =>
          of.selectFrom('people').select('key').where('id', '=', ann.id),
        )
        .execute(),
    );
  await makeChild('2030-01-01');
  expect([known, await name()]).toEqual([`${ann.firstName} ${ann.lastName}`, '']);
  await makeChild(null);
  const { people: all } = await call<UniverseFacets>(server, desk, 'GET', '/v1/universes/facets');
  expect(await count(tag.id, 'any')).toMatchObject({ people: 1 });
  expect(await count(tag.id, 'none')).toMatchObject({ people: all - 1 });
});

test('of two tags none has the name of the other, and a retired one is named but not offered', async () => {
  const tag = await call<Tag>(server, desk, 'POST', '/v1/tags', { name: 'Would help' });
  const same = { method: 'POST', url: '/v1/tags', headers: desk.headers } as const;
  const again = await server.app.inject({ ...same, payload: { name: 'would HELP' } });
  expect(again.json()).toMatchObject({ problem: { code: 'tag-exists' } });
  expect((await patch(tag, { retired: true }, tag.version + 1)).statusCode).toBe(409);
  expect((await patch(tag, { retired: true }, tag.version)).json()).toMatchObject({
    retiredAt: expect.any(Number) as number,
  });
  const { packet } = await joinPhone(server, await walk.code(), 'Eli');
  expect(packet.tags).toContainEqual({ id: tag.id, name: 'Would help', retired: true });
});
