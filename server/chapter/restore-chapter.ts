import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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
import { isSlug, type Registry } from '../store/registry.ts';
import { SqliteChapterDb } from '../store/sqlite-chapter-db.ts';
import { type CarriedOver, carryOver } from './carry-over.ts';

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
}

interface Means {
  readonly registry: Registry;
  readonly clock: () => number;
  readonly random: RandomBytes;
}

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

/**
 * Makes the present database one whole file of this version's schema and says how far it had come.
 * Null when it is too damaged for that; `in-use` when somebody has it open.
 */
async function settlePresent(id: ChapterId, path: string): Promise<Mark | null | 'in-use'> {
  try {
    const db = await SqliteChapterDb.open(id, path);
    const mark = await readMark(db);
    await db.close();
    // Only who is alone with a database can take its write-ahead log away.
    inFile(path, () => {});
    return mark;
  } catch (error) {
    return /locked|busy/i.test(String(error)) ? 'in-use' : null;
  }
}

/** A name beside the database that nothing has yet. */
function nameBeside(path: string): string {
  const first = `${path}.before-restore`;
  if (!existsSync(first)) return first;
  for (let i = 2; ; i++) if (!existsSync(`${first}-${i}`)) return `${first}-${i}`;
}

/** Puts the staged file in the place of the present one, which stays beside it. */
function swap(staged: string, path: string): string | null {
  const present = existsSync(path);
  const kept = present ? nameBeside(path) : null;
  if (kept !== null) {
    // A damaged database may still have the other half of itself in its write-ahead log.
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${kept}-wal`);
    linkSync(path, kept);
    syncFile(kept);
  }
  for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true });
  renameSync(staged, path);
  syncFile(path);
  return kept;
}

/** The staged copy as it will be: this version's schema, a new incarnation, nothing revoked undone. */
async function prepare(
  staged: string,
  facts: BackupFacts,
  present: string | null,
  slug: string,
  { clock, random }: Means,
): Promise<{ readonly incarnation: string; readonly carried: CarriedOver | null }> {
  const incarnation = makeId<Id<'incarnation'>>(clock(), random);
  const db = await SqliteChapterDb.open(facts.id, staged);
  let carried: CarriedOver | null = null;
  try {
    carried = await db.exclusive((sqlite) => {
      if (present !== null) sqlite.prepare('attach ? as present').run(present);
      sqlite.exec('begin immediate');
      sqlite.prepare('update main.chapter set incarnation = ?, slug = ?').run(incarnation, slug);
      const done = present === null ? null : carryOver(sqlite);
      sqlite.exec('commit');
      if (present !== null) sqlite.exec('detach present');
      return done;
    });
  } finally {
    await db.close();
  }
  const after = inFile(staged, readFacts);
  if (after?.incarnation !== incarnation || incarnation === facts.incarnation) {
    throw new Error('The backup could not be given a new incarnation, so it was not put in place.');
  }
  syncPath(staged);
  return { incarnation, carried };
}

/** Where the short name comes from, and whether it is free. */
function chooseSlug(facts: BackupFacts, wish: string | null, registry: Registry): Result<string> {
  const known = registry.chapters().find((chapter) => chapter.id === facts.id);
  const slug = wish ?? known?.slug ?? facts.slug;
  if (!isSlug(slug)) {
    const reason = 'a short name has 3 to 40 lower-case letters, digits and hyphens';
    return fail(problem('not-valid', { reason }));
  }
  if (known !== undefined && known.slug !== slug) {
    const reason = `its chapter is here already, with the short name ${known.slug}`;
    return refuse(reason);
  }
  const holder = registry.bySlug(slug);
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
    registry.add({ id, slug, name, createdAt }, db);
  }
  const codes = await db.read
    .selectFrom('launch_codes')
    .select(['code_hash', 'expires_at'])
    .where('expires_at', '>', clock())
    .execute();
  for (const { code_hash: hash, expires_at: expires } of codes) {
    if (registry.chapterOfCode(hash, clock()) === null) registry.addCode(hash, id, expires);
  }
  return db;
}

/**
 * Puts a backup in the place of its chapter's database, or adds its chapter when it is not here. The
 * file stays untouched: a copy is checked, brought to this version's schema and given a new
 * incarnation, without which nothing is put in place; so every phone that comes back sends again
 * what it still has (P9). What was there before stays beside. No server may hold the data folder
 * meanwhile. Problems: backup-refused, chapter-in-use, slug-taken, not-valid; then nothing changed.
 */
export async function restoreChapter(
  file: string,
  wish: { readonly slug: string | null },
  means: Means,
): Promise<Result<Restored>> {
  const { registry } = means;
  if (!looksLikeSqlite(file)) return refuse('it is no SQLite database');
  const staged = join(registry.dataDir, 'chapters', `${randomUUID()}.restoring`);
  try {
    copyFileSync(file, staged);
    // Somebody may have copied a live database by hand: its log belongs to it.
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${staged}-wal`);
    const inspected = inspect(staged);
    if (!inspected.ok) return inspected;
    const facts = inspected.value;
    const slug = chooseSlug(facts, wish.slug, registry);
    if (!slug.ok) return slug;
    const path = registry.fileOf(facts.id);
    const there = existsSync(path) ? await settlePresent(facts.id, path) : null;
    if (there === 'in-use') return fail(problem('chapter-in-use'));
    const high = new HighWater(registry.dataDir);
    if (there !== null) high.note(facts.id, there);
    const present = there === null ? null : path;
    const { incarnation, carried } = await prepare(staged, facts, present, slug.value, means);
    const keptAs = swap(staged, path);
    const db = await register(slug.value, facts, means);
    high.note(facts.id, await readMark(db));
    const { id: chapterId, name } = facts;
    return ok({ chapterId, slug: slug.value, name, incarnation, backup: facts, keptAs, carried });
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(staged + end, { force: true });
  }
}
