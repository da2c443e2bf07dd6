import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeId, type ExportId, type MemberId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { appendAudit, BY_OPERATOR } from '../../server/audit/append-audit.ts';
import { expectedHead } from '../../server/audit/expected-head.ts';
import { HeadKeeper, keepHead } from '../../server/audit/keep-heads.ts';
import { verifyChain } from '../../server/audit/verify-chain.ts';
import { backUpChapter } from '../../server/chapter/back-up-chapter.ts';
import { restoreChapter } from '../../server/chapter/restore-chapter.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { SqliteRegistry } from '../../server/store/sqlite-registry.ts';
import { makeApp, START } from '../api/make-app.ts';

let dir: string;
const random = seededBytes(seededDice(23));
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'homeground-rights-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const mark = (letter: string): Uint8Array => new Uint8Array(32).fill(letter.charCodeAt(0));

async function addPasskey(db: ChapterDb, memberId: MemberId, id: string): Promise<void> {
  const row = { counter: 0, transports: '[]', name: id, created_at: START, last_used_at: null };
  await db.write((trx) =>
    trx
      .insertInto('passkeys')
      .values({ id, member_id: memberId, public_key: mark(id), ...row })
      .execute(),
  );
}

/** Somebody came with a turf that was handed over. */
const makeHanded = (memberId: MemberId) => ({
  id: 'handed' as never,
  kind: 'handed' as const,
  token_hash: mark('h'),
  code_hash: null,
  call_hash: null,
  turf_id: null,
  name: '',
  device_key: null,
  created_by: memberId,
  created_at: START,
  expires_at: START + 1_000_000,
  state: 'used' as const,
});

/** What happens to the chapter after its backup was made. */
async function goOn(db: ChapterDb, memberId: MemberId): Promise<void> {
  await db.write(async (trx) => {
    await trx
      .updateTable('members')
      .set({ role: 'coordinator' })
      .where('id', '=', memberId)
      .execute();
    await trx.deleteFrom('passkeys').where('id', '=', 'stolen').execute();
    await trx
      .updateTable('recovery_codes')
      .set({ used_at: START + 1 })
      .where('hash', '=', mark('c'))
      .execute();
    await trx
      .insertInto('suppressions')
      .values({ mark: mark('s'), kind: 'voter', at: START })
      .execute();
    await trx
      .insertInto('exports')
      .values({
        id: makeId<ExportId>(START, random),
        kind: 'knocks',
        member_id: memberId,
        at: START,
        rows: 3,
        bytes: 9,
        sha256: 'x',
      })
      .execute();
    await trx.insertInto('invites').values(makeHanded(memberId)).execute();
    await trx
      .updateTable('chapter')
      .set({ backup_recipient: 'age1later', backup_every: 6 })
      .execute();
    for (let i = 0; i < 3; i++) {
      await appendAudit(trx, { at: START, kind: 'exported', actor: BY_OPERATOR, details: { i } });
    }
  });
}

test('what was decided since the backup stays decided, and the audit chain goes on', async () => {
  const dataDir = join(dir, 'data');
  const file = join(dir, 'backup.db');
  const server = await makeApp({ dataDir, seed: 1 });
  const db = await server.makeChapter('oakdale');
  const { memberId } = await server.staff(db, 'admin');
  await addPasskey(db, memberId, 'stolen');
  await addPasskey(db, memberId, 'kept');
  await db.write(async (trx) => {
    const code = { hash: mark('c'), member_id: memberId, created_at: START, used_at: null };
    await trx.insertInto('recovery_codes').values(code).execute();
    await appendAudit(trx, { at: START, kind: 'signed-in', actor: BY_OPERATOR });
  });
  if (db.engine !== 'sqlite') throw new Error('This is tried on SQLite.');
  await backUpChapter(db, file);
  await goOn(db, memberId);
  const before = await db.read.selectFrom('audit').selectAll().orderBy('seq').execute();
  await server.close();

  const registry = SqliteRegistry.open(dataDir);
  try {
    const means = { registry, clock: () => START + 9, random };
    expect(await restoreChapter(file, { slug: null }, means)).toMatchObject({ ok: true });
    const there = await registry.openChapter(db.id);
    if (there === null) throw new Error('It is gone.');
    const { read } = there;
    const member = await read
      .selectFrom('members')
      .select('role')
      .where('id', '=', memberId)
      .executeTakeFirst();
    expect(member?.role).toBe('coordinator');
    const keys = await read.selectFrom('passkeys').select('id').execute();
    expect(keys).toEqual([{ id: 'kept' }]);
    const codes = await read.selectFrom('recovery_codes').select('used_at').execute();
    expect(codes).toEqual([{ used_at: START + 1 }]);
    const invites = await read.selectFrom('invites').select(['id', 'state']).execute();
    expect(invites).toEqual([{ id: 'handed', state: 'used' }]);
    expect(await read.selectFrom('suppressions').select('kind').execute()).toHaveLength(1);
    expect(await read.selectFrom('exports').select('rows').execute()).toEqual([{ rows: 3 }]);
    const chapter = await read
      .selectFrom('chapter')
      .select(['backup_recipient', 'backup_every'])
      .executeTakeFirst();
    expect(chapter).toEqual({ backup_recipient: 'age1later', backup_every: 6 });
    const chain = await read.selectFrom('audit').selectAll().orderBy('seq').execute();
    expect(chain.slice(0, before.length)).toEqual(before);
    expect(chain.slice(before.length).map(({ kind }) => kind)).toContain('restored');
    expect((await verifyChain(read, { heads: [] })).fault).toBe(null);
  } finally {
    await registry.close();
  }
});

test('a chain that a restore put back is what is expected, also when it was killed before it said so', async () => {
  const dataDir = join(dir, 'data');
  const file = join(dir, 'backup.db');
  const server = await makeApp({ dataDir, seed: 2 });
  const db = await server.makeChapter('oakdale');
  if (db.engine !== 'sqlite') throw new Error('This is tried on SQLite.');
  await server.staff(db, 'admin');
  const enter = (to: ChapterDb, n: number) =>
    to.write(async (trx) => {
      for (let i = 0; i < n; i++) {
        await appendAudit(trx, { at: START, kind: 'swept', actor: BY_OPERATOR, details: { i } });
      }
    });
  await enter(db, 2);
  await backUpChapter(db, file);
  await enter(db, 20);
  await keepHead(db, { ...server.ports, warn: () => {} });
  const before = await server.ports.registry.notedHead(db.id);
  await server.close();
  // Nothing can be carried over from what is there: the chain that comes back is shorter.
  writeFileSync(db.path, 'no database');
  for (const end of ['-wal', '-shm']) rmSync(db.path + end, { force: true });

  const killed = SqliteRegistry.open(dataDir);
  killed.noteHead = () => Promise.reject(new Error('killed'));
  const means = { registry: killed, clock: () => START + 9, random };
  await expect(restoreChapter(file, { slug: null }, means)).rejects.toThrow('killed');
  await killed.close();

  const registry = SqliteRegistry.open(dataDir);
  const told: string[] = [];
  const keeper = new HeadKeeper({
    registry,
    clock: () => START + 10,
    warn: (sentence) => told.push(sentence),
  });
  try {
    const there = await registry.openChapter(db.id);
    if (there === null) throw new Error('It is gone.');
    const verify = async () => {
      const { head } = await expectedHead(there, registry);
      return (await verifyChain(there.read, { heads: head === null ? [] : [head] })).fault;
    };
    expect(await verify()).toBeNull();
    await keeper.keep(there);
    expect(told).toEqual([]);
    const noted = await registry.notedHead(db.id);
    expect(noted?.seq).toBeLessThan(before?.seq ?? 0);
    const row = await there.read
      .selectFrom('audit')
      .select('details')
      .where('kind', '=', 'restored')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(row.details)).toMatchObject({
      headBefore: before?.seq,
      headBeforeHash: before?.hash,
    });
    // Whoever notes late what was there before does not put it back.
    if (before !== null) await registry.noteHead(db.id, before, before);
    expect(await registry.notedHead(db.id)).toEqual(noted);

    await enter(there, 1);
    await keeper.keep(there);
    await there.write(async (trx) => {
      await trx.deleteFrom('audit_heads').execute();
      await trx
        .deleteFrom('audit')
        .where('seq', '>', noted?.seq ?? 0)
        .execute();
    });
    for (let hour = 0; hour < 3; hour++) await keeper.keep(there);
    expect(told).toHaveLength(1);
    expect(await verify()).toMatchObject({ fault: 'cut-off' });
  } finally {
    await keeper.close();
    await registry.close();
  }
});
