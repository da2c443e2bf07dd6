import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { AddedMember, ListedMember } from '#shared/model/member.ts';
import type { Role } from '#shared/model/role.ts';
import { makeStaffLink } from '../../server/chapter/staff-links.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, START, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import { askToken, makeWalk } from './make-walk.ts';

let server: TestApp;
let db: ChapterDb;
let admin: { headers: { cookie: string }; memberId: MemberId };
beforeEach(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  // The chapter's first admin never came in: this one is alone.
  await db.write((trx) => trx.updateTable('members').set({ left_at: 1 }).execute());
  admin = await server.staff(db, 'admin');
});
afterEach(() => server.close());

const get = (url: string, headers: object) => server.app.inject({ url, headers: { ...headers } });
const post = (url: string, headers: object, payload?: object) =>
  server.app.inject({ method: 'POST', url, headers: { ...headers }, payload });
const act = (id: string, what: string, payload?: object, headers: object = admin.headers) =>
  post(`/v1/members/${id}/${what}`, headers, payload);
const list = async (): Promise<ListedMember[]> =>
  (await get('/v1/members', admin.headers)).json<ListedMember[]>();
const listed = async (id: MemberId): Promise<ListedMember | undefined> =>
  (await list()).find((member) => member.id === id);
const lastAudit = () =>
  db.read
    .selectFrom('audit')
    .select(['kind', 'subject', 'details'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();

test('an admin adds somebody, who comes in by the link that is told once', async () => {
  const wish = { name: '  Bea  ', role: 'coordinator' };
  const answer = await post('/v1/members', admin.headers, wish);
  const { id, link } = answer.json<AddedMember>();
  expect(link.expiresAt).toBe(START + 72 * 3_600_000);
  expect(await listed(id)).toMatchObject({
    name: 'Bea',
    role: 'coordinator',
    passkeys: 0,
    linkUntil: link.expiresAt,
  });
  const token = link.url.split('#')[1] ?? '';
  expect((await post('/v1/sign-in', {}, { token })).statusCode).toBe(200);
  expect((await listed(id))?.linkUntil).toBe(null);
  expect(
    JSON.stringify(await db.read.selectFrom('sign_in_links').selectAll().execute()),
  ).not.toContain(token.split('.')[1]);
  const kinds = await db.read.selectFrom('audit').select('kind').orderBy('seq').execute();
  expect(kinds.map(({ kind }) => kind)).toEqual(['member-added', 'invited', 'signed-in']);
});

test.each([{ name: ' ' }, { role: 'canvasser' }, { role: 'owner' }, { more: 1 }])(
  'nobody is added with %o',
  async (change) => {
    const wish = { name: 'Bea', role: 'admin', ...change };
    expect((await post('/v1/members', admin.headers, wish)).statusCode).toBe(400);
    expect(await list()).toHaveLength(2);
  },
);

test('a role that was changed counts from the next request on', async () => {
  const lead = await server.staff(db, 'research-lead');
  expect((await get('/v1/exports/knocks.csv', lead.headers)).statusCode).toBe(200);
  expect((await act(lead.memberId, 'role', { role: 'coordinator' })).statusCode).toBe(204);
  expect((await get('/v1/exports/knocks.csv', lead.headers)).statusCode).toBe(404);
  expect((await get('/v1/phones', lead.headers)).statusCode).toBe(200);
  const { kind, subject, details } = await lastAudit();
  expect([kind, subject]).toEqual(['role-changed', lead.memberId]);
  expect(JSON.parse(details)).toMatchObject({ from: 'research-lead', to: 'coordinator' });
  // Whoever becomes a canvasser has no desk.
  const { token } = await makeStaffLink(db, lead.memberId, server.ports);
  expect((await act(lead.memberId, 'role', { role: 'canvasser' })).statusCode).toBe(204);
  expect((await get('/v1/me', lead.headers)).statusCode).toBe(401);
  expect((await post('/v1/sign-in', {}, { token })).statusCode).toBe(404);
  expect((await act(lead.memberId, 'link')).statusCode).toBe(404);
});

test('the last admin is neither demoted nor gone, whoever asks and at the same moment', async () => {
  for (const [what, payload] of [
    ['role', { role: 'coordinator' }],
    ['role', { role: 'canvasser' }],
    ['leave', undefined],
  ] as const) {
    const answer = await act(admin.memberId, what, payload);
    expect(answer.json()).toMatchObject({ problem: { code: 'last-admin' } });
  }
  const other = await server.staff(db, 'admin');
  const both = await Promise.all([
    act(admin.memberId, 'leave'),
    act(other.memberId, 'leave', undefined, other.headers),
  ]);
  // One of them leaves; the other then is the last, or has no session to ask with.
  expect(both.filter(({ statusCode }) => statusCode === 204)).toHaveLength(1);
  const admins = await db.read
    .selectFrom('members')
    .select('id')
    .where('role', '=', 'admin')
    .where('left_at', 'is', null)
    .execute();
  expect(admins).toHaveLength(1);
});

test('who leaves is out at once: sessions, links, and phones, which still bring what they have', async () => {
  await makeTown(db, 'Oak');
  const { phone } = await makeWalk(server, db);
  const reader = await phone.reader();
  expect((await get('/v1/packet', reader.headers)).statusCode).toBe(200);
  const { id } = phone.joined.member;
  expect((await act(id, 'leave')).statusCode).toBe(204);
  expect((await get('/v1/packet', reader.headers)).statusCode).toBe(404);
  const token = await askToken(server, phone.headers, phone.joined.deviceId, phone.key);
  expect(token.standing).toBe('revoked');
  expect(await listed(id)).toMatchObject({ leftAt: START, phones: 0 });
  const coordinator = await server.staff(db, 'coordinator');
  const link = await makeStaffLink(db, coordinator.memberId, server.ports);
  expect((await act(coordinator.memberId, 'leave')).statusCode).toBe(204);
  expect((await get('/v1/me', coordinator.headers)).statusCode).toBe(401);
  expect((await post('/v1/sign-in', {}, { token: link.token })).statusCode).toBe(404);
  expect((await act(coordinator.memberId, 'leave')).statusCode).toBe(404);
  const kinds = await db.read.selectFrom('audit').select('kind').execute();
  expect(kinds.filter(({ kind }) => kind === 'member-left')).toHaveLength(2);
});

test('every change of a member asks for the passkey again', async () => {
  const other = await server.staff(db, 'coordinator');
  await db.write((trx) =>
    trx
      .updateTable('sessions')
      .set({ asked_at: START - 300_000 })
      .execute(),
  );
  for (const answer of [
    await post('/v1/members', admin.headers, { name: 'Bea', role: 'admin' }),
    await act(other.memberId, 'role', { role: 'admin' }),
    await act(other.memberId, 'link'),
    await act(other.memberId, 'leave'),
  ]) {
    expect(answer.json()).toMatchObject({ problem: { code: 'ask-passkey' } });
  }
});

test.each<Role>(['coordinator', 'research-lead'])(
  'a %s reads the list and changes nobody',
  async (role) => {
    const { headers, memberId } = await server.staff(db, role);
    expect((await get('/v1/members', headers)).statusCode).toBe(200);
    expect((await post('/v1/members', headers, { name: 'B', role: 'admin' })).statusCode).toBe(404);
    for (const what of ['role', 'link', 'leave']) {
      const body = what === 'role' ? { role: 'admin' } : undefined;
      expect((await act(memberId, what, body, headers)).statusCode).toBe(404);
    }
  },
);

test('a link of a real chapter is never reusable, whatever is asked or stands in its row', async () => {
  const { memberId } = await server.staff(db, 'coordinator');
  const { token } = await makeStaffLink(db, memberId, server.ports, { reusable: true });
  const enter = () => post('/v1/sign-in', {}, { token });
  await db.write((trx) => trx.updateTable('sign_in_links').set({ reusable: 1 }).execute());
  expect((await enter()).statusCode).toBe(200);
  expect((await enter()).statusCode).toBe(404);
});

test('the demo chapter’s links keep working and it asks for no passkey', async () => {
  await db.write((trx) => trx.updateTable('chapter').set({ demo: 1 }).execute());
  const { memberId } = await server.staff(db, 'admin');
  const { token } = await makeStaffLink(db, memberId, server.ports, { reusable: true });
  for (let again = 0; again < 3; again += 1) {
    const entered = await post('/v1/sign-in', {}, { token });
    expect(entered.json()).toMatchObject({ demo: true, keys: { passkeyFirst: false } });
    const cookie = `hg_session=${entered.cookies[0]?.value ?? ''}`;
    expect((await get('/v1/exports/knocks.csv', { cookie })).statusCode).toBe(200);
  }
});
