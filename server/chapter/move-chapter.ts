import { join } from 'node:path';
import type { ChapterId } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { appendAudit, BY_OPERATOR } from '../audit/append-audit.ts';
import { expectedHead } from '../audit/expected-head.ts';
import { keepHead } from '../audit/keep-heads.ts';
import {
  clearMoved,
  fileIn,
  finishMove,
  isThere,
  moveDatabase,
  type MovePlace,
  nameOfMoved,
  openThere,
} from '../store/move-places.ts';
import type { PostgresRegistry } from '../store/postgres-registry.ts';
import type { RegisteredChapter, Registry } from '../store/registry.ts';
import type { SqliteRegistry } from '../store/sqlite-registry.ts';

export interface Moved {
  readonly chapterId: ChapterId;
  readonly slug: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  /** What each table held, the same before and after; null when only the end of an earlier move was missing. */
  readonly tables: Readonly<Record<string, { readonly rows: number; readonly sum: string }>> | null;
  /** What the old database is called now. */
  readonly keptAs: string;
}

interface Means {
  readonly files: SqliteRegistry;
  readonly postgres: PostgresRegistry;
  /** Milliseconds since 1970; the machine's own where it is not given. */
  readonly clock?: () => number;
}

async function findSource(
  slug: string,
  { files, postgres }: Means,
): Promise<{ chapter: RegisteredChapter; name: string } | null> {
  const listed = await postgres.bySlug(slug);
  const inFile = await files.bySlug(slug);
  if (listed !== null) {
    const name = (await postgres.serverOf(listed.id)) ?? 'main';
    return { chapter: listed, name };
  }
  return inFile === null ? null : { chapter: inFile, name: 'sqlite' };
}

async function placeOf(
  name: string,
  id: ChapterId,
  { files, postgres }: Means,
): Promise<MovePlace> {
  if (name === 'sqlite') return fileIn(files.dataDir, id);
  const folder = join(files.dataDir, 'chapters');
  return { engine: 'postgres', name, server: await postgres.server(name), folder };
}

/**
 * Enters the move in the chain at its new place, and notes its head there: what was noted at the old
 * one comes along first, so that a chain that had lost something is found there too.
 */
async function enterMove(
  { id }: RegisteredChapter,
  from: MovePlace,
  to: MovePlace,
  means: Means,
): Promise<void> {
  const [old, next] = [listOf(from.name, means), listOf(to.name, means)];
  const db = await next.openChapter(id);
  if (db === null) throw new Error('The chapter is not where it was moved to.');
  const { head: noted } = await expectedHead(db, old);
  if (noted !== null && old !== next) await next.noteHead(id, noted);
  const clock = means.clock ?? Date.now;
  const details = { from: from.name, to: to.name };
  await db.write((trx) =>
    appendAudit(trx, { at: clock(), kind: 'moved', actor: BY_OPERATOR, details }),
  );
  await keepHead(db, { registry: next, clock, warn: () => {} });
}

/** The registry that lists what lives in a place. */
function listOf(name: string, { files, postgres }: Means): Registry {
  return name === 'sqlite' ? files : postgres;
}

/** Lists the chapter at its new place and no longer at the old one; done twice it ends the same. */
async function changeLists(
  chapter: RegisteredChapter,
  from: MovePlace,
  to: MovePlace,
  means: Means,
): Promise<void> {
  const { id } = chapter;
  const [old, next] = [listOf(from.name, means), listOf(to.name, means)];
  if (old === next) return means.postgres.place(id, to.name);
  const codes = await old.codesOf(id);
  const there = (await next.chapters()).some((one) => one.id === id);
  if (!there) await next.add(chapter, await openThere(id, to));
  const known = (await next.codesOf(id)).map(({ hash }) => Buffer.from(hash).toString('hex'));
  for (const { hash, expiresAt } of codes) {
    if (known.includes(Buffer.from(hash).toString('hex'))) continue;
    await next.addCode(hash, id, expiresAt);
  }
  await old.remove(id);
}

const notValid = (reason: string): Problem => problem('not-valid', { reason });
const twoNamed = (slug: string): Problem => notValid(`two chapters have the short name ${slug}`);

/** Why the chapter cannot be listed at its goal; null when it can. */
async function findHolder(
  { id, slug }: RegisteredChapter,
  from: MovePlace,
  to: MovePlace,
  means: Means,
): Promise<Problem | null> {
  const list = listOf(to.name, means);
  if (list === listOf(from.name, means)) return null;
  const listed = await list.chapters();
  if (listed.some((one) => one.slug === slug && one.id !== id))
    return problem('slug-taken', { slug });
  const same = listed.find((one) => one.id === id);
  if (same === undefined || !(await isThere(id, from))) return null;
  const place = to.engine === 'sqlite' ? 'the data folder' : 'PostgreSQL';
  return notValid(
    `this chapter is in ${place} already, with the short name ${same.slug}: to put a backup in its place, use homeground chapter restore there`,
  );
}

/**
 * Two names may lead to one database, where making room for the copy would take the chapter itself.
 * What the source's claim holds is then held at the goal too.
 */
async function isOneDatabase(id: ChapterId, from: MovePlace, to: MovePlace): Promise<boolean> {
  if (from.engine !== 'postgres' || to.engine !== 'postgres') return false;
  const release = await to.server.claim(`${id} importing`);
  await release?.();
  return release === null;
}

/**
 * Carries a chapter to another engine or server, whole: its incarnation stays, since nothing is lost.
 * Whoever pushes meanwhile is asked to come back. Killed at any moment it can be run again, and until
 * the copy has been compared the chapter stays where it is. Problems: not-found, import-running,
 * slug-taken, not-valid.
 */
export async function moveChapter(
  slug: string,
  goal: string,
  means: Means,
): Promise<Result<Moved>> {
  const found = await findSource(slug, means);
  if (found === null) return fail(problem('not-found'));
  const { chapter, name } = found;
  const { id } = chapter;
  if (goal !== 'sqlite' && !means.postgres.serverNames().includes(goal)) {
    const names = ['sqlite', ...means.postgres.serverNames()].join(', ');
    return fail(notValid(`there is no place ${goal}; there are ${names}`));
  }
  const to = await placeOf(goal, id, means);
  if (name === goal) {
    // A move from a file may have broken off before its last step.
    const inFile = await means.files.bySlug(slug);
    if (goal === 'sqlite' || inFile === null) {
      return fail(notValid(`the chapter ${slug} is there already`));
    }
    const from = fileIn(means.files.dataDir, id);
    if (inFile.id !== id || (await isThere(id, from))) return fail(twoNamed(slug));
    await changeLists(chapter, from, to, means);
    await enterMove(chapter, from, to, means);
    return ok(tell(chapter, from, to, null));
  }
  const from = await placeOf(name, id, means);
  const holder = await findHolder(chapter, from, to, means);
  if (holder !== null) return fail(holder);
  if (!(await isThere(id, from))) {
    // It was copied, compared and put aside; only its name or the lists had not been changed.
    await finishMove(id, from, to);
    if (!(await isThere(id, to))) return fail(problem('not-found'));
    await changeLists(chapter, from, to, means);
    await enterMove(chapter, from, to, means);
    return ok(tell(chapter, from, to, null));
  }
  const source = await openThere(id, from);
  const release = await source.claim('importing');
  if (release === null) {
    await source.close();
    return fail(problem('import-running'));
  }
  try {
    if (await isOneDatabase(id, from, to)) {
      return fail(notValid(`${name} and ${goal} are one and the same database`));
    }
    if (await isThere(id, to)) {
      return fail(notValid(`a database of this chapter, which is in no list, stands at ${goal}`));
    }
    await clearMoved(id, from);
    const sums = await moveDatabase(source, from, to);
    await changeLists(chapter, from, to, means);
    await enterMove(chapter, from, to, means);
    return ok(tell(chapter, from, to, Object.fromEntries(sums)));
  } finally {
    await release();
    await source.close();
  }
}

function tell(
  chapter: RegisteredChapter,
  from: MovePlace,
  to: MovePlace,
  tables: Moved['tables'],
): Moved {
  const { id, slug, name } = chapter;
  const rows = Object.values(tables ?? {}).reduce((sum, table) => sum + table.rows, 0);
  const keptAs = nameOfMoved(id, from);
  return { chapterId: id, slug, name, from: from.name, to: to.name, rows, tables, keptAs };
}
