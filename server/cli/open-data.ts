import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Config, readConfig } from '../config.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { PostgresRegistry } from '../store/postgres-registry.ts';
import type { Registry } from '../store/registry.ts';
import { SqliteRegistry } from '../store/sqlite-registry.ts';
import { findProjectRoot } from './project-root.ts';
import { CommandError, EXIT } from './terminal.ts';

/** The configuration of this process, or its end with a sentence a fault. */
export function loadConfig(): Config {
  const config = readConfig(process.env, join(findProjectRoot(), 'dist/client'));
  if (config.ok) return config.value;
  throw new CommandError(config.problem.join('\n'));
}

/** On PostgreSQL where DATABASE_URL names one, else in the data folder. */
async function openRegistry({ databases, dataDir }: Config): Promise<Registry> {
  if (databases.size === 0) return SqliteRegistry.open(dataDir);
  try {
    return await PostgresRegistry.open(databases, dataDir);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      `The PostgreSQL server of DATABASE_URL cannot be used: ${reason}. Nothing was changed.`,
    );
  }
}

/** What a command needs of the outside: the registry, the clock, randomness. */
export async function openPorts(config: Config): Promise<Ports> {
  return {
    config,
    registry: await openRegistry(config),
    clock: Date.now,
    random: (count) => new Uint8Array(randomBytes(count)),
    publicUrl: () => config.publicUrl ?? `http://localhost:${config.port}`,
  };
}

/** Runs a command on the data and lets go of it afterwards, however the command ends. */
export async function withPorts<T>(work: (ports: Ports) => Promise<T>): Promise<T> {
  const ports = await openPorts(loadConfig());
  try {
    return await work(ports);
  } finally {
    await ports.registry.close();
  }
}

/** The chapter with this short name, or the end of the command. */
export async function openBySlug(ports: Ports, slug: string | undefined): Promise<ChapterDb> {
  const known = (await ports.registry.chapters()).map((chapter) => chapter.slug);
  const list = known.length === 0 ? 'There is none yet.' : `There are: ${known.join(', ')}.`;
  if (slug === undefined) {
    throw new CommandError(`Say which chapter: --chapter SHORT-NAME. ${list}`, EXIT.misused);
  }
  const chapter = await ports.registry.bySlug(slug);
  const db = chapter === null ? null : await ports.registry.openChapter(chapter.id);
  if (db !== null) return db;
  throw new CommandError(`No chapter has the short name "${slug}". ${list}`);
}
