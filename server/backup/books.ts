import { basename } from 'node:path';
import { sql } from 'kysely';
import type { MemberId } from '#shared/kernel/ids.ts';
import { appendAudit, BY_OPERATOR } from '../audit/append-audit.ts';
import { type Backup, type BackupSource, DamagedFactsError } from '../chapter/back-up-chapter.ts';
import { type Departure, exportBook } from '../export/ledger.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { SqliteChapterDb } from '../store/sqlite-chapter-db.ts';
import { markFile } from './seal-file.ts';

/** What is written down of a backup that the operator takes by command. */
export interface CopyBook {
  /** Before anything is copied. Throws when it cannot be written down. */
  begin(): Promise<void>;
  /** The backup was made. */
  made(backup: Backup, sealed: boolean): Promise<void>;
  /** It was not made; of damaged facts the copy is there all the same. */
  failed(error: unknown): Promise<void>;
  close(): Promise<void>;
}

/** An admin, else whoever has been a member longest; null: the chapter never had one. */
async function findKeeper(db: Pick<ChapterDb, 'read'>): Promise<MemberId | null> {
  const row = await db.read
    .selectFrom('members')
    .select('id')
    .orderBy(sql`case when role = 'admin' and left_at is null then 0 else 1 end`)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** False in the database of a version that kept no books yet. */
async function hasBooks(db: Pick<ChapterDb, 'read'>): Promise<boolean> {
  try {
    await db.read.selectFrom('audit').select('actor_id').limit(1).execute();
    await db.read.selectFrom('exports').select(['purpose', 'broken']).limit(1).execute();
    return true;
  } catch {
    return false;
  }
}

const NOTHING: Departure = { rows: 0, bytes: 0, sha256: '', broken: true };

function bookIn(
  db: ChapterDb,
  memberId: MemberId | null,
  means: Pick<Ports, 'clock' | 'random'>,
): Omit<CopyBook, 'close'> {
  const taker = memberId === null ? null : { db, memberId, actor: BY_OPERATOR };
  const ledger = taker === null ? null : exportBook(taker, 'backup', means);
  return {
    begin: async () => ledger?.begin(),
    async made({ file, bytes, sha256, facts }, sealed) {
      await ledger?.end({ rows: facts, bytes, sha256, broken: false });
      const details = { file: basename(file), bytes, sha256, facts, sealed };
      await db.write((trx) =>
        appendAudit(trx, { at: means.clock(), kind: 'backed-up', actor: BY_OPERATOR, details }),
      );
    },
    async failed(error) {
      const left = error instanceof DamagedFactsError ? await markFile(error.keptAs) : {};
      await ledger?.end({ ...NOTHING, ...left });
    },
  };
}

/**
 * Opens the ledger and the audit chain of a chapter for one backup by command, as the database is: a
 * server of another version may have it open, and goes on with the schema that it knows. Null when
 * that version kept no books.
 */
export async function openBooks(
  source: BackupSource,
  means: Pick<Ports, 'clock' | 'random'>,
): Promise<CopyBook | null> {
  const own = source.engine === 'sqlite';
  const db = own ? SqliteChapterDb.openAsItIs(source.id, source.path) : source;
  const close = async (): Promise<void> => {
    // A handle of the registry is closed by it.
    if (own) await db.close();
  };
  if (!(await hasBooks(db))) {
    await close();
    return null;
  }
  return { ...bookIn(db, await findKeeper(db), means), close };
}
