import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeId, type ExportId, type MemberId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { appendAudit, BY_OPERATOR } from '../../server/audit/append-audit.ts';
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
