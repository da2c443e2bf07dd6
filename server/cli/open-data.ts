import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Config, readConfig } from '../config.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { Registry } from '../store/registry.ts';
import { findProjectRoot } from './project-root.ts';
import { CommandError, EXIT } from './terminal.ts';

/** The configuration of this process, or its end with a sentence a fault. */
export function loadConfig(): Config {
  const config = readConfig(process.env, join(findProjectRoot(), 'dist/client'));
  if (config.ok) return config.value;
  throw new CommandError(config.problem.join('\n'));
}

/** What a command needs of the outside: the registry, the clock, randomness. */
export function openPorts(config: Config): Ports {
  return {
    config,
    registry: Registry.open(config.dataDir),
    clock: Date.now,
    random: (count) => new Uint8Array(randomBytes(count)),
    publicUrl: () => config.publicUrl ?? `http://localhost:${config.port}`,
  };
}

/** Runs a command on the data and lets go of it afterwards, however the command ends. */
export async function withPorts<T>(work: (ports: Ports) => Promise<T>): Promise<T> {
  const ports = openPorts(loadConfig());
  try {
    return await work(ports);
  } finally {
    await ports.registry.close();
  }
}

/** The chapter with this short name, or the end of the command. */
export async function openBySlug(ports: Ports, slug: string | undefined): Promise<ChapterDb> {
  const known = ports.registry.chapters().map((chapter) => chapter.slug);
  const list = known.length === 0 ? 'There is none yet.' : `There are: ${known.join(', ')}.`;
  if (slug === undefined) {
    throw new CommandError(`Say which chapter: --chapter SHORT-NAME. ${list}`, EXIT.misused);
  }
  const chapter = ports.registry.bySlug(slug);
  const db = chapter === null ? null : await ports.registry.openChapter(chapter.id);
  if (db !== null) return db;
  throw new CommandError(`No chapter has the short name "${slug}". ${list}`);
}
