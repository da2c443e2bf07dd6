import type { Caller } from '../../server/plugins/access.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import type { TestApp } from './make-app.ts';
import { joinPhone, type Walk } from './make-walk.ts';

/** One way to come to a route. */
export interface CallerKind {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As what the table knows them; null: as nobody. */
  readonly acts: Caller | null;
  /** Reads, but holds nothing any more. */
  readonly ended: boolean;
}

const SECRET = 'A'.repeat(43);

/** Every kind of caller that a server meets, most of whom it should know nothing of. */
export async function makeCallers(
  server: TestApp,
  db: ChapterDb,
  other: ChapterDb,
  walk: Walk,
): Promise<CallerKind[]> {
  const callers: CallerKind[] = [];
  const add = (
    name: string,
    acts: Caller | null,
    headers: Readonly<Record<string, string>>,
    ended = false,
  ): void => void callers.push({ name, acts, headers, ended });

  add('nobody', null, {});
  for (const text of ['x', SECRET, `${db.id}.${SECRET}`, `${other.id}.${SECRET}`]) {
    add(`a made-up token ${text}`, null, { authorization: `Bearer ${text}` });
    add(`a made-up cookie ${text}`, null, { cookie: `hg_session=${text}` });
  }
  const anyone = { 'x-role': 'admin', 'x-forwarded-user': 'admin' };
  add('whoever says so', null, { ...anyone, authorization: 'Basic YWRtaW46YWRtaW4=' });

  for (const role of ['coordinator', 'research-lead', 'admin'] as const) {
    const { headers } = await server.staff(db, role);
    add(role, role, headers);
    add(`${role} at another chapter`, null, {
      cookie: headers.cookie.replace(db.id, other.id),
    });
  }
  const [expired, left, demoted, walker] = [
    await server.staff(db, 'admin'),
    await server.staff(db, 'admin'),
    await server.staff(db, 'admin'),
    await server.staff(db, 'admin'),
  ];
  add('an expired session', null, expired.headers);
  add('the session of a member who left', null, left.headers);
  add('an admin made research lead a moment ago', 'research-lead', demoted.headers);
  add('the session of an admin made canvasser a moment ago', null, walker.headers);

  const { phone, code } = walk;
  add('a canvasser', 'canvasser', (await phone.reader()).headers);
  add('a phone that pushes', 'push', phone.headers);
  const { headers: read } = await phone.reader();
  const swapped = (token = ''): string => token.replace(db.id, other.id);
  add('a canvasser at another chapter', null, { authorization: swapped(read['authorization']) });
  add('a phone at another chapter', null, {
    authorization: swapped(phone.headers['authorization']),
  });

  const [revoked, leaver] = [
    await joinPhone(server, await code(), 'Rae'),
    await joinPhone(server, await code(), 'Lee'),
  ];
  for (const [name, gone] of [
    ['a revoked phone', revoked],
    ['the phone of a member who left', leaver],
  ] as const) {
    add(`${name}, reading`, 'canvasser', (await gone.reader()).headers, true);
    add(`${name}, pushing`, 'push', gone.headers);
  }

  const now = server.time.now;
  await db.write(async (trx) => {
    const member = (id: string) => trx.updateTable('members').where('id', '=', id as never);
    const session = trx.updateTable('sessions').where('member_id', '=', expired.memberId);
    await session.set({ expires_at: now }).execute();
    await member(left.memberId).set({ left_at: now }).execute();
    await member(demoted.memberId).set({ role: 'research-lead' }).execute();
    await member(walker.memberId).set({ role: 'canvasser' }).execute();
    await member(leaver.joined.member.id).set({ left_at: now }).execute();
    const device = trx.updateTable('devices').where('id', '=', revoked.joined.deviceId);
    await device.set({ revoked_at: now }).execute();
  });
  return callers;
}
