import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Backup,
  backUpChapter,
  type BackupSource,
  DamagedFactsError,
} from '../chapter/back-up-chapter.ts';
import { restoreChapter } from '../chapter/restore-chapter.ts';
import { restoreToPostgres } from '../chapter/restore-to-postgres.ts';
import type { Restored } from '../chapter/stage-backup.ts';
import type { Ports } from '../ports.ts';
import { checkTarget } from './check-target.ts';
import { claimData } from './claim-data.ts';
import { loadConfig, openBySlug, withPorts } from './open-data.ts';
import { PostgresRegistry } from '../store/postgres-registry.ts';
import { SqliteRegistry } from '../store/sqlite-registry.ts';
import { openSqlite } from '../store/sqlite.ts';
import { readBackupSettings } from '../backup/backup-rows.ts';
import { type CopyBook, openBooks } from '../backup/books.ts';
import { readyToRestore, type ReadyToRestore } from '../backup/ready-to-restore.ts';
import { sayVerified } from '../backup/say-verified.ts';
import { isGood, verifyBackup } from '../backup/verify-backup.ts';
import { openWorkFolder, sweepWorkFolders } from '../backup/work-folder.ts';
import { readKeyFile } from './read-key-file.ts';
import { CommandError, EXIT, openTerminal, orEnd } from './terminal.ts';

export const BACKUP_HELP = `homeground chapter backup SHORT-NAME --to FILE [--plain] [--json]
homeground chapter verify FILE [--key FILE] [--json]
homeground chapter restore FILE|ZIP|DIR [--key FILE] [--slug SHORT-NAME] [--json]

  backup   writes the whole chapter to one file, as it is at one moment, while the server goes on,
           sealed to the chapter’s backup key (see: homeground backup key). --plain writes it
           unsealed: such a file is everybody’s data and the chapter’s keys, open to whoever has it
  verify   opens a backup and reads all of it: SQLite’s own check, every fact against its hash, the
           audit chain, the counts. Ends with 1 when something is not as it was
  restore  puts a backup, or an archive (its ZIP or its directory), in the place of its chapter, or
           adds the chapter when it is not here. Stop the server of this data folder first. What was there
           stays beside it as .before-restore; on PostgreSQL, where other servers may go on, as a
           schema named before_restore_…. Phones send again what they have kept: everything of the
           last 14 days comes back by itself

  --key    the file with the secret (AGE-SECRET-KEY-1…), or - to type or pipe it in`;

const reasonOf = (error: unknown): string => {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? String(error);
};

/**
 * The chapter, without opening its file for writing: whatever version of the server has it open
 * goes on with the schema that it knows.
 */
async function findSource(ports: Ports, slug: string): Promise<BackupSource> {
  const { registry } = ports;
  const known = await registry.bySlug(slug);
  if (known !== null && registry instanceof SqliteRegistry) {
    return { engine: 'sqlite', id: known.id, path: registry.fileOf(known.id) };
  }
  return openBySlug(ports, slug);
}

const sayDamaged = ({ message, keptAs }: DamagedFactsError, file: string): string =>
  `The chapter’s database is damaged: ${message}.
The backup was not made; what was at ${file} before stays. A copy of the chapter as it is now lies at ${keptAs}.
Look at the disk first. Then stop the server and run: homeground chapter restore ${keptAs}
That keeps the damaged facts aside; phones that recorded them in the last 14 days bring them again.`;

/** What a restore says of facts that had changed in the backup; nothing when all were whole. */
function tellDamaged({ aside, mended, first }: Restored['damaged']): string[] {
  const lines: string[] = [];
  if (mended > 0) {
    lines.push(`${mended} facts were damaged in the backup and were mended from another copy.`);
  }
  if (aside > 0) {
    const named = `${first.join(', ')}${aside > first.length ? ' …' : ''}`;
    lines.push(
      `${aside} facts are damaged in the backup (${named}): they do not count and are kept aside, under Held as “Damaged in storage”. Phones that recorded them in the last 14 days bring them again; those that are older are lost as far as no other backup has them. Opt-outs stay in force.`,
    );
  }
  return lines;
}

/** What the chapter's backups are sealed to; its file is only read, whatever version has it open. */
async function findRecipient(source: BackupSource): Promise<string | null> {
  if (source.engine === 'postgres') return (await readBackupSettings(source)).recipient;
  const sqlite = openSqlite(source.path, { readOnly: true });
  try {
    const row = sqlite.prepare('select * from chapter').get() as
      { backup_recipient?: string | null } | undefined;
    return row?.backup_recipient ?? null;
  } finally {
    sqlite.close();
  }
}

const NO_KEY = (slug: string): string =>
  `The chapter has no backup key yet, so the backup would be open to whoever gets the file. Nothing was written.
Make a key first: homeground backup key --chapter ${slug}
or say --plain to write it unsealed.`;

/** How the copy is made: where it lies until it is sealed, and to whom. */
async function prepareWish(source: BackupSource, slug: string, plain: boolean, dataDir: string) {
  if (plain) return { wish: { recipient: null, folder: null }, drop: () => {} };
  const recipient = await findRecipient(source);
  if (recipient === null) throw new CommandError(NO_KEY(slug), EXIT.misused);
  sweepWorkFolders(dataDir);
  const work = openWorkFolder(dataDir);
  return { wish: { recipient, folder: work.path }, drop: () => work.drop() };
}

export interface BackUpOptions {
  readonly to: string | undefined;
  readonly plain: boolean;
  readonly json: boolean;
}

const NOT_WRITTEN = 'It could not be written into the chapter’s ledger and audit chain';

/**
 * Enters in the books that a backup is begun; why not, where it cannot be. A sealed one is made all the
 * same: on a full disk it is needed most, and nobody reads it without the key.
 */
async function beginIn(book: CopyBook | null, plain: boolean): Promise<string | null> {
  if (book === null) return `${NOT_WRITTEN}: an older version made this database, without them.`;
  try {
    await book.begin();
    return null;
  } catch (error) {
    const why = `${NOT_WRITTEN} (${reasonOf(error)}).`;
    if (plain) throw new CommandError(`${why} So nothing was copied.`);
    return why;
  }
}

async function endIn(book: CopyBook | null, backup: Backup, sealed: boolean) {
  try {
    await book?.made(backup, sealed);
    return null;
  } catch (error) {
    return `${NOT_WRITTEN} (${reasonOf(error)}), but for its beginning.`;
  }
}

/** `chapter backup`. */
export async function backUp(slug: string, { to, plain, json }: BackUpOptions): Promise<void> {
  if (to === undefined) throw new CommandError('Say where to: --to FILE.');
  const file = resolve(to);
  await checkTarget(file);
  await withPorts(async (ports) => {
    const source = await findSource(ports, slug);
    const terminal = openTerminal(json);
    const { wish, drop } = await prepareWish(source, slug, plain, ports.config.dataDir);
    const book = await openBooks(source, ports);
    let unwritten: string | null = null;
    let backup: Backup;
    try {
      unwritten = await beginIn(book, plain);
      terminal.progress('Copying the chapter');
      backup = await backUpChapter(source, file, wish).catch(async (error: unknown) => {
        // What has been said to have begun then stands there without an end.
        if (unwritten === null) await book?.failed(error).catch(() => {});
        if (error instanceof DamagedFactsError) throw new CommandError(sayDamaged(error, file));
        throw new CommandError(
          `The backup was not made (${reasonOf(error)}). What was at ${file} before stays.`,
        );
      });
      unwritten ??= await endIn(book, backup, wish.recipient !== null);
    } finally {
      drop();
      await book?.close();
    }
    const { name, facts, held, bytes, sha256 } = backup;
    const sealed =
      wish.recipient === null
        ? 'It is NOT encrypted: it holds everybody’s data and the chapter’s keys. Keep it as you keep the server.'
        : `Sealed to ${wish.recipient}: only its secret opens it.`;
    terminal.result(
      `Wrote ${name} to ${file}: ${facts} facts and ${held} held ones, ${bytes} bytes.\n${sealed}\nSHA-256 ${sha256}${unwritten === null ? '' : `\n${unwritten}`}`,
      { ...backup, slug, recipient: wish.recipient, written: unwritten === null },
    );
  });
}

/** Where the chapters are: in the data folder, or on PostgreSQL. */
function restoreWhere(ports: Ports, from: string, slug: string | null) {
  const { registry, clock, random, config } = ports;
  if (registry instanceof SqliteRegistry) {
    return restoreChapter(from, { slug }, { registry, clock, random });
  }
  if (!(registry instanceof PostgresRegistry)) throw new Error('There is no such registry.');
  const { dataDir } = config;
  return restoreToPostgres(from, { slug }, { registry, dataDir, clock, random });
}

export interface RestoreOptions {
  readonly slug: string | null;
  /** The file with the secret, or `-`. */
  readonly key: string | undefined;
  readonly json: boolean;
}

/** `chapter restore`. */
export async function restore(file: string, { slug, key, json }: RestoreOptions): Promise<void> {
  const from = resolve(file);
  if (!existsSync(from)) throw new CommandError(`There is no file ${from}. Nothing was changed.`);
  const secret = await readKeyFile(key);
  const { dataDir } = loadConfig();
  const release = claimData(dataDir);
  let ready: ReadyToRestore | null = null;
  try {
    await withPorts(async (ports) => {
      const terminal = openTerminal(json);
      terminal.progress('Checking the backup');
      sweepWorkFolders(dataDir);
      ready = orEnd(await readyToRestore(from, secret, dataDir));
      const restored = orEnd(await restoreWhere(ports, ready.path, slug));
      const { name, backup, keptAs, carried } = restored;
      const onPostgres = ports.registry instanceof PostgresRegistry;
      const lines = [
        `Put ${name} back as it was after ${backup.facts} facts. ${onPostgres ? 'Start the servers anew' : 'Start the server'}: phones send again what they have kept since.`,
      ];
      if (keptAs !== null) {
        const kept = onPostgres ? `the schema ${keptAs}; drop it when you like` : keptAs;
        lines.push(`What was there before is ${kept}.`);
      }
      if (carried !== null) {
        lines.push(
          `From there, ${carried.phones} phones that joined since were taken over, and what was revoked since stays revoked.`,
        );
      } else if (keptAs !== null) {
        lines.push(
          'It could not be read: phones that joined since then join again, and whatever was revoked since then has to be revoked again.',
        );
      }
      lines.push(...tellDamaged(restored.damaged));
      terminal.result(lines.join('\n'), restored);
    });
  } finally {
    dropReady(ready);
    release();
  }
}

function dropReady(ready: ReadyToRestore | null): void {
  ready?.drop();
}

/** `chapter verify`. */
export async function verify(file: string, key: string | undefined, json: boolean): Promise<void> {
  const path = resolve(file);
  if (!existsSync(path)) throw new CommandError(`There is no file ${path}.`);
  const secret = await readKeyFile(key);
  const { dataDir } = loadConfig();
  sweepWorkFolders(dataDir);
  const work = openWorkFolder(dataDir);
  try {
    const terminal = openTerminal(json);
    terminal.progress('Reading the backup');
    const verified = orEnd(await verifyBackup(path, secret, work.path));
    const good = isGood(verified);
    terminal.result(sayVerified(verified), { ...verified, good });
    if (!good) process.exitCode = EXIT.failed;
  } finally {
    work.drop();
  }
}
