import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { AuditFault } from '#shared/model/audit.ts';
import { appendAudit, BY_OPERATOR } from '../../server/audit/append-audit.ts';
import { keepHead } from '../../server/audit/keep-heads.ts';
import { readHead, signHead } from '../../server/audit/sign-head.ts';
import { verifyChain } from '../../server/audit/verify-chain.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, type TestApp } from './make-app.ts';

/** A chapter whose chain has ten entries, the head of the first eight signed and noted. */
async function makeChain(here: TestApp, slug: string): Promise<ChapterDb> {
  const db = await here.makeChapter(slug);
  const append = (n: number): Promise<void> =>
    db.write((trx) =>
      appendAudit(trx, {
        at: here.time.now + n,
        kind: n % 2 === 0 ? 'turf-launched' : 'looked-up',
        actor: BY_OPERATOR,
        subject: `turf ${n}`,
        details: { n },
      }),
    );
  const means = { registry: here.ports.registry, clock: here.ports.clock, warn: () => {} };
  const start = (await readHead(db.read))?.seq ?? 0;
  for (let n = start + 1; n <= 8; n++) await append(n);
  await keepHead(db, means);
  for (let n = 9; n <= 10; n++) await append(n);
  return db;
}

async function verify(here: TestApp, db: ChapterDb) {
  const noted = await here.ports.registry.notedHead(db.id);
  return verifyChain(db.read, { heads: noted === null ? [] : [noted] });
}

const raw =
  (text: string) =>
  async (db: ChapterDb): Promise<void> => {
    await db.write((trx) => sql.raw(text).execute(trx));
  };

/** What somebody with the database alone may do, and how it is found. */
const TAMPERINGS: readonly {
  readonly name: string;
  readonly how: (db: ChapterDb) => Promise<void>;
  readonly fault: AuditFault;
  readonly seq: number;
}[] = [
  ...[
    [`at = at + 1`, 'at'],
    [`kind = 'exported'`, 'kind'],
    [`actor = '{"kind":"server"}'`, 'actor'],
    [`actor = 'nonsense'`, 'actor to nonsense'],
    [`actor_id = 'server'`, 'actor_id'],
    [`subject = 'turf 6'`, 'subject'],
    [`details = '{"n":6}'`, 'details'],
    [`details = '['`, 'details to nonsense'],
    [`hash = (select hash from audit where seq = 4)`, 'hash'],
  ].map(([set = '', column = '']) => ({
    name: `${column} changed`,
    how: raw(`update audit set ${set} where seq = 5`),
    fault: 'changed' as const,
    seq: 5,
  })),
  {
    name: 'seq changed',
    how: raw('update audit set seq = 50 where seq = 5'),
    fault: 'missing',
    seq: 5,
  },
  {
    name: 'first entry dropped',
    how: raw('delete from audit where seq = 1'),
    fault: 'missing',
    seq: 1,
  },
  { name: 'entry dropped', how: raw('delete from audit where seq = 5'), fault: 'missing', seq: 5 },
  {
    name: 'entry dropped and the rest renumbered',
    how: async (db) => {
      await raw('delete from audit where seq = 5')(db);
      for (let n = 6; n <= 10; n++)
        await raw(`update audit set seq = ${n - 1} where seq = ${n}`)(db);
    },
    fault: 'changed',
    seq: 5,
  },
  {
    name: 'two entries swapped with their hashes',
    how: async (db) => {
      for (const [from, to] of [
        [4, 99],
        [7, 4],
        [99, 7],
      ]) {
        await raw(`update audit set seq = ${to} where seq = ${from}`)(db);
      }
    },
    fault: 'swapped',
    seq: 4,
  },
  {
    name: 'what two entries say swapped, their hashes left',
    how: async (db) => {
      await raw('create table apart as select * from audit where seq in (4, 7)')(db);
      for (const [to, from] of [
        [4, 7],
        [7, 4],
      ]) {
        await raw(`update audit set at = a.at, kind = a.kind, actor = a.actor, subject = a.subject,
          details = a.details, actor_id = a.actor_id from apart a
          where audit.seq = ${to} and a.seq = ${from}`)(db);
      }
    },
    fault: 'swapped',
    seq: 4,
  },
  {
    name: 'entry before the first',
    how: raw(`insert into audit select 0, at, kind, actor, subject, details, hash, actor_id
      from audit where seq = 1`),
    fault: 'missing',
    seq: 1,
  },
  {
    name: 'entry added without the chain',
    how: raw(`insert into audit select 11, at, kind, actor, subject, details, hash, actor_id
      from audit where seq = 10`),
    fault: 'changed',
    seq: 11,
  },
  {
    name: 'end cut off behind what was signed',
    how: raw('delete from audit where seq > 6'),
    fault: 'cut-off',
    seq: 7,
  },
  {
    name: 'end cut off, and the signed heads with it',
    how: async (db) => {
      await raw('delete from audit where seq > 6')(db);
      await raw('delete from audit_heads')(db);
    },
    fault: 'cut-off',
    seq: 7,
  },
  {
    name: 'everything gone',
    how: async (db) => {
      await raw('delete from audit')(db);
      await raw('delete from audit_heads')(db);
    },
    fault: 'cut-off',
    seq: 1,
  },
  {
    name: 'written anew from entry 6 on, and signed with the chapter’s own key',
    how: async (db) => {
      await raw('delete from audit where seq > 5')(db);
      await raw('delete from audit_heads')(db);
      for (let n = 6; n <= 10; n++) {
        await db.write((trx) => appendAudit(trx, { at: n, kind: 'swept', actor: BY_OPERATOR }));
      }
      await signHead(db, 1);
    },
    fault: 'other-head',
    seq: 8,
  },
  {
    name: 'head signed without the key',
    how: raw(`insert into audit_heads select 10, at, (select hash from audit where seq = 10), signature
      from audit_heads`),
    fault: 'head-not-signed',
    seq: 10,
  },
  {
    name: 'moment of a signed head changed',
    how: raw('update audit_heads set at = at + 1'),
    fault: 'head-not-signed',
    seq: 8,
  },
];

test('whatever is done to the chain by somebody with the database alone is found', async () => {
  const here = await makeApp();
  try {
    for (const [i, { name, how, fault, seq }] of TAMPERINGS.entries()) {
      const db = await makeChain(here, `chapter-${i}`);
      expect((await verify(here, db)).fault, name).toBeNull();
      await how(db);
      expect((await verify(here, db)).fault, name).toEqual({ seq, fault });
    }
  } finally {
    await here.close();
  }
});

test('a chain that lost what was noted keeps its note, and is told of', async () => {
  const here = await makeApp();
  try {
    const db = await makeChain(here, 'oakdale');
    const before = await here.ports.registry.notedHead(db.id);
    await raw('delete from audit where seq > 6')(db);
    const told: string[] = [];
    const { registry, clock } = here.ports;
    await keepHead(db, { registry, clock, warn: (sentence) => told.push(sentence) });
    expect(told).toHaveLength(1);
    expect(await registry.notedHead(db.id)).toEqual(before);
  } finally {
    await here.close();
  }
});

test('a head is signed and noted only when the chain has moved', async () => {
  const here = await makeApp();
  try {
    const db = await makeChain(here, 'oakdale');
    const { registry, clock } = here.ports;
    const means = { registry, clock, warn: () => {} };
    await keepHead(db, means);
    expect((await registry.notedHead(db.id))?.seq).toBe(10);
    here.time.now += 3_600_000;
    await keepHead(db, means);
    const rows = await db.read.selectFrom('audit_heads').select(['seq', 'at']).execute();
    expect(rows.map((row) => row.seq)).toEqual([8, 10]);
  } finally {
    await here.close();
  }
});
