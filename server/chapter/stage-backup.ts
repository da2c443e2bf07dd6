import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeId, type ChapterId, type Id } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { signHead } from '../audit/sign-head.ts';
import {
  type BackupFacts,
  findDamage,
  inFile,
  looksLikeSqlite,
  readFacts,
} from '../store/backup-file.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { type Mark, readMark } from '../store/high-water.ts';
import { isSlug, type Registry } from '../store/registry.ts';
import { SqliteChapterDb } from '../store/sqlite-chapter-db.ts';
import { afterRestore } from './after-restore.ts';
import { type CarriedOver, carryOver } from './carry-over.ts';
import { type SetAside, setDamagedAside } from './set-damaged-aside.ts';

export interface Restored {
  readonly chapterId: ChapterId;
  readonly slug: string;
  readonly name: string;
  /** The new one: phones that see it send again what they still have. */
  readonly incarnation: string;
  readonly backup: BackupFacts;
  /** Where the database that was there before is now; null when there was none. */
  readonly keptAs: string | null;
  /** What was taken over from it; null when there was none or it could not be read. */
  readonly carried: CarriedOver | null;
  /** What became of facts that had changed in the backup. */
  readonly damaged: SetAside;
}

/** What every restore needs of the outside. */
export interface RestoreMeans {
  readonly registry: Registry;
  readonly dataDir: string;
  readonly clock: () => number;
  readonly random: RandomBytes;
}

/** A backup that was looked at and may be put in the place of its chapter. */
export interface Staged {
  readonly facts: BackupFacts;
  readonly slug: string;
  /** A copy of the backup, which nobody else has open. */
  readonly path: string;
  /** Where the database that is there now is to be copied to. */
  readonly before: string;
  /** Where what is put in place may be written to. */
  readonly fresh: string;
}

const STAGING = 'restoring-';

/** Why nothing was put back. */
export const refuse = (reason: string): { readonly ok: false; readonly problem: Problem } =>
  fail(problem('backup-refused', { reason }));

/** Whether the staged copy can be a chapter's database, and which. */
function inspect(staged: string): Result<BackupFacts> {
  try {
    return inFile(staged, (sqlite) => {
      const facts = readFacts(sqlite);
      if (facts === null) return refuse('it is no chapter of Homeground');
      const damage = findDamage(sqlite);
      return damage === null ? ok(facts) : refuse(`it is damaged (${damage})`);
    });
  } catch (error) {
    return refuse(`it is damaged (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** Both halves of a database: SQLite may keep the newest part of it in the log beside it. */
export function copyDatabase(from: string, to: string): void {
  copyFileSync(from, to);
  if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${to}-wal`);
}

/** How far the database in this copy had come; null when it is too damaged to say. */
export async function readPresent(id: ChapterId, copy: string): Promise<Mark | null> {
  try {
    const db = await SqliteChapterDb.open(id, copy);
    try {
      return await readMark(db);
    } finally {
      await db.close();
    }
  } catch {
    return null;
  }
}

/** The staged copy as it is put in place. */
export interface Prepared {
  readonly incarnation: string;
  readonly carried: CarriedOver | null;
  readonly damaged: SetAside;
}

/** Gives the staged copy this version's schema and a new incarnation; nothing revoked is undone. */
export async function prepareStaged(
  { path, facts, slug }: Staged,
  present: string | null,
  { clock, random, registry }: RestoreMeans,
): Promise<Result<Prepared>> {
  const incarnation = makeId<Id<'incarnation'>>(clock(), random);
  let db: SqliteChapterDb;
  try {
    db = await SqliteChapterDb.open(facts.id, path);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  try {
    const done = await db.exclusive((sqlite) => {
      if (present !== null) sqlite.prepare('attach ? as present').run(present);
      sqlite.exec('begin immediate');
      sqlite.prepare('update main.chapter set incarnation = ?, slug = ?').run(incarnation, slug);
      const carried = present === null ? null : carryOver(sqlite);
      const damaged = setDamagedAside(sqlite, present !== null);
      sqlite.exec('commit');
      if (present !== null) sqlite.exec('detach present');
      return { carried, damaged };
    });
    await afterRestore(db, {
      chapterId: facts.id,
      now: clock(),
      facts: facts.facts,
      hadPresent: present !== null,
      headBefore: await registry.notedHead(facts.id),
      erasures: await registry.notedErasures(facts.id),
    });
    const head = await signHead(db, clock());
    if (head !== null) await registry.awaitHead(facts.id, head);
    const after = await readMark(db);
    if (after.incarnation !== incarnation || incarnation === facts.incarnation) {
      throw new Error('The backup could not be given a new incarnation: it was not put in place.');
    }
    return ok({ incarnation, ...done });
  } finally {
    await db.close();
  }
}

/** Where the short name comes from, and whether it is free. */
async function chooseSlug(
  facts: BackupFacts,
  wish: string | null,
  registry: Registry,
): Promise<Result<string>> {
  const known = (await registry.chapters()).find((chapter) => chapter.id === facts.id);
  const slug = wish ?? known?.slug ?? facts.slug;
  if (!isSlug(slug)) {
    const reason = 'a short name has 3 to 40 lower-case letters, digits and hyphens';
    return fail(problem('not-valid', { reason }));
  }
  if (known !== undefined && known.slug !== slug) {
    const reason = `its chapter is here already, with the short name ${known.slug}`;
    return refuse(reason);
  }
  const holder = await registry.bySlug(slug);
  return holder === null || holder.id === facts.id
    ? ok(slug)
    : fail(problem('slug-taken', { slug }));
}

/**
 * Looks at a copy of a backup, in a folder that is gone afterwards, and hands it on. Problems:
 * backup-refused, slug-taken, not-valid, and those of the work.
 */
export async function stageBackup(
  file: string,
  wish: { readonly slug: string | null },
  { dataDir, registry }: RestoreMeans,
  work: (staged: Staged) => Promise<Result<Restored>>,
): Promise<Result<Restored>> {
  if (!looksLikeSqlite(file)) return refuse('it is no SQLite database');
  // What a restore that was killed has left holds everybody's data.
  for (const name of readdirSync(dataDir)) {
    if (!name.startsWith(STAGING)) continue;
    rmSync(join(dataDir, name), { recursive: true, force: true });
  }
  const folder = join(dataDir, `${STAGING}${randomUUID()}`);
  mkdirSync(folder, { mode: 0o700 });
  try {
    const path = join(folder, 'backup.db');
    copyDatabase(file, path);
    const inspected = inspect(path);
    if (!inspected.ok) return inspected;
    const facts = inspected.value;
    const slug = await chooseSlug(facts, wish.slug, registry);
    if (!slug.ok) return slug;
    const [before, fresh] = [join(folder, 'present.db'), join(folder, 'fresh.db')];
    return await work({ facts, slug: slug.value, path, before, fresh });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Shows the chapter to the registry, which has its handle from then on. */
export async function listRestored(
  { slug, facts: { id, name, createdAt } }: Staged,
  { registry, clock }: RestoreMeans,
  open: () => Promise<ChapterDb>,
): Promise<ChapterDb> {
  let db = await registry.openChapter(id);
  if (db === null) {
    db = await open();
    await registry.add({ id, slug, name, createdAt }, db);
  }
  // What was used after the backup would open something again: all are made anew.
  await db.write((trx) =>
    trx
      .updateTable('invites')
      .set({ state: 'refused', decided_at: clock() })
      .where('state', '=', 'open')
      .where('kind', '!=', 'demo')
      .execute(),
  );
  return db;
}
