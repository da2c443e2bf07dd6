import { randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { makeId, type ChapterId, type Id } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import {
  type BackupFacts,
  findDamage,
  inFile,
  looksLikeSqlite,
  readFacts,
  syncFile,
  syncPath,
} from '../store/backup-file.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { HighWater, type Mark, readMark } from '../store/high-water.ts';
import { hasLog, makeWhole } from '../store/make-whole.ts';
import { isSlug } from '../store/registry.ts';
import type { SqliteRegistry } from '../store/sqlite-registry.ts';
import { SqliteChapterDb } from '../store/sqlite-chapter-db.ts';
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

interface Means {
  readonly registry: SqliteRegistry;
  readonly clock: () => number;
  readonly random: RandomBytes;
}

const STAGING = 'restoring-';

const refuse = (reason: string): { readonly ok: false; readonly problem: Problem } =>
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
function copyDatabase(from: string, to: string): void {
  copyFileSync(from, to);
  if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${to}-wal`);
}

/** How far the database in this copy had come; null when it is too damaged to say. */
async function readPresent(id: ChapterId, copy: string): Promise<Mark | null> {
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

/** A name beside the database that nothing has yet. */
function nameBeside(path: string): string {
  const first = `${path}.before-restore`;
  if (!existsSync(first)) return first;
  for (let i = 2; ; i++) if (!existsSync(`${first}-${i}`)) return `${first}-${i}`;
}

/** Makes the present database one file, which only who is alone with it can. */
function isAlone(path: string): boolean {
  try {
    makeWhole(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Puts the new file in the place of the present one, which stays beside it. Killed at any moment, one
 * of the two is there, whole; only what is damaged already may lose its log to the copy of it.
 */
function swap(fresh: string, path: string): string | null {
  const kept = existsSync(path) ? nameBeside(path) : null;
  if (kept !== null) {
    // Damaged: what is in its log stays beside, as it is.
    if (hasLog(path)) copyFileSync(`${path}-wal`, `${kept}-wal`);
    linkSync(path, kept);
    syncFile(kept);
  }
  // Another database's log must not be there when the new one gets its name.
  for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true });
  syncPath(dirname(path));
  renameSync(fresh, path);
  syncFile(path);
  return kept;
}

interface Prepared {
  readonly incarnation: string;
  readonly carried: CarriedOver | null;
  readonly damaged: SetAside;
}

/** Gives the staged copy this version's schema and a new incarnation; nothing revoked is undone. */
async function prepare(
  staged: string,
  facts: BackupFacts,
  present: string | null,
  slug: string,
  { clock, random }: Means,
): Promise<Result<Prepared>> {
  const incarnation = makeId<Id<'incarnation'>>(clock(), random);
  let db: SqliteChapterDb;
  try {
    db = await SqliteChapterDb.open(facts.id, staged);
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
  registry: SqliteRegistry,
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

/** Shows the chapter to the registry, which has its handle from then on. */
async function register(
  slug: string,
  { id, name, createdAt }: BackupFacts,
  means: Means,
): Promise<ChapterDb> {
  const { registry, clock } = means;
  let db = await registry.openChapter(id);
  if (db === null) {
    db = await SqliteChapterDb.open(id, registry.fileOf(id));
    await registry.add({ id, slug, name, createdAt }, db);
  }
  const codes = await db.read
    .selectFrom('launch_codes')
    .select(['code_hash', 'expires_at'])
    .where('expires_at', '>', clock())
    .execute();
  for (const { code_hash: hash, expires_at: expires } of codes) {
    if ((await registry.chapterOfCode(hash, clock())) === null) {
      await registry.addCode(hash, id, expires);
    }
  }
  return db;
}

/**
 * Puts a backup in the place of its chapter's database, or adds its chapter when it is not here. The
 * file stays untouched: a copy is checked, brought to this version's schema and given a new
 * incarnation, without which nothing is put in place; so every phone that comes back sends again
 * what it still has (P9). Facts that have changed in the file are kept aside, held as damaged, and are
 * new when a phone brings them again. What was there before stays beside. No server may hold the data folder
 * meanwhile. Problems: backup-refused, slug-taken, not-valid; then nothing changed.
 */
export async function restoreChapter(
  file: string,
  wish: { readonly slug: string | null },
  means: Means,
): Promise<Result<Restored>> {
  const { registry } = means;
  if (!looksLikeSqlite(file)) return refuse('it is no SQLite database');
  // What a restore that was killed has left holds everybody's data.
  for (const name of readdirSync(registry.dataDir)) {
    if (!name.startsWith(STAGING)) continue;
    rmSync(join(registry.dataDir, name), { recursive: true, force: true });
  }
  const folder = join(registry.dataDir, `${STAGING}${randomUUID()}`);
  mkdirSync(folder, { mode: 0o700 });
  const [staged, before, fresh] = [
    join(folder, 'backup.db'),
    join(folder, 'present.db'),
    join(folder, 'fresh.db'),
  ];
  try {
    copyDatabase(file, staged);
    const inspected = inspect(staged);
    if (!inspected.ok) return inspected;
    const facts = inspected.value;
    const slug = await chooseSlug(facts, wish.slug, registry);
    if (!slug.ok) return slug;
    const path = registry.fileOf(facts.id);
    if (existsSync(path)) copyDatabase(path, before);
    // What is open here may keep its locks for a while, so nothing here opens what stays.
    const mark = existsSync(path) ? await readPresent(facts.id, before) : null;
    const present = mark === null ? null : before;
    const prepared = await prepare(staged, facts, present, slug.value, means);
    if (!prepared.ok) return prepared;
    makeWhole(staged);
    copyFileSync(staged, fresh);
    syncPath(fresh);
    const high = new HighWater(registry.dataDir);
    if (mark !== null) {
      high.note(facts.id, mark);
      if (!isAlone(path)) return refuse('another program has the chapter’s database open');
    }
    const keptAs = swap(fresh, path);
    const db = await register(slug.value, facts, means);
    high.note(facts.id, await readMark(db));
    const { id: chapterId, name } = facts;
    return ok({ chapterId, slug: slug.value, name, ...prepared.value, backup: facts, keptAs });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
