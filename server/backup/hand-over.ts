import { type Kysely, sql } from 'kysely';
import packageJson from '../../package.json' with { type: 'json' };
import type { HandOver } from '#shared/model/backup.ts';
import { readHead } from '../audit/sign-head.ts';
import { listPhones } from '../chapter/list-phones.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { backupFolder } from './backup-folder.ts';
import { findBackup, listDrills, readBackupSettings } from './backup-rows.ts';

type Staff = HandOver['members'][number];

async function readMembers(db: Kysely<Tables>) {
  const rows = await db
    .selectFrom('members')
    .leftJoin('passkeys', 'passkeys.member_id', 'members.id')
    .select(['members.name', 'members.role', 'members.created_at as since'])
    .select((of) => of.fn.count<number>('passkeys.id').as('passkeys'))
    .where('members.left_at', 'is', null)
    .groupBy(['members.id', 'members.name', 'members.role', 'members.created_at'])
    .orderBy('members.created_at')
    .orderBy('members.name')
    .execute();
  const members: Staff[] = [];
  let canvassers = 0;
  for (const { role, passkeys, ...row } of rows) {
    if (role === 'canvasser') canvassers += 1;
    else members.push({ ...row, role, passkeys });
  }
  return { members, canvassers };
}

async function count(db: Kysely<Tables>, table: 'voters' | 'ops' | 'turfs' | 'universes') {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

async function countHeld(db: Kysely<Tables>): Promise<number> {
  const { n } = await db
    .selectFrom('held_ops')
    .select((of) => of.fn.countAll<number>().as('n'))
    .where('decision', 'is', null)
    .executeTakeFirstOrThrow();
  return n;
}

/** The newest entry of the audit chain with its time. */
async function readAudit(db: Kysely<Tables>): Promise<HandOver['audit']> {
  const head = await readHead(db);
  if (head === null) return null;
  const { at } = await db
    .selectFrom('audit')
    .select('at')
    .where('seq', '=', head.seq)
    .executeTakeFirstOrThrow();
  return { ...head, at };
}

/** Phones that hold a turf now, or have work that is not here yet. */
async function readPhones(db: Pick<ChapterDb, 'read'>, now: number): Promise<HandOver['phones']> {
  const phones = await listPhones(db, now);
  return phones
    .filter(({ turfs, unsent }) => turfs.length > 0 || (unsent ?? 0) > 0)
    .map(({ memberName: name, turfs, unsent, lastSeenAt }) => ({
      name,
      turfs: turfs.map((turf) => turf.name),
      unsent,
      lastSeenAt,
    }));
}

/**
 * One page for the next officers: where everything is, who may do what, and what is open. It names
 * members and turfs, and nobody of the roll.
 */
export async function readHandOver(
  db: Pick<ChapterDb, 'id' | 'read'>,
  { config, clock, address }: Pick<Ports, 'config' | 'clock'> & { readonly address: string },
): Promise<HandOver> {
  const now = clock();
  const { slug, name, recipient, every } = await readBackupSettings(db);
  const { time_zone: timeZone } = await db.read
    .selectFrom('chapter')
    .select('time_zone')
    .executeTakeFirstOrThrow();
  const newest = await findBackup(db, 'newest');
  const [drill] = await listDrills(db, 1);
  return {
    at: now,
    chapter: { id: db.id, name, slug, timeZone },
    address,
    version: packageJson.version,
    backups: {
      folder: backupFolder(config, slug),
      recipient,
      every,
      last:
        newest === null
          ? null
          : { at: newest.entry.at, bytes: newest.entry.bytes, file: newest.entry.file },
      drill:
        drill === undefined ? null : { at: drill.at, good: drill.good, depth: drill.report.depth },
    },
    ...(await readMembers(db.read)),
    audit: await readAudit(db.read),
    held: await countHeld(db.read),
    phones: await readPhones(db, now),
    counts: {
      voters: await count(db.read, 'voters'),
      facts: await count(db.read, 'ops'),
      turfs: await count(db.read, 'turfs'),
      universes: await count(db.read, 'universes'),
    },
  };
}
