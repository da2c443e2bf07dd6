import type { ChapterDb } from '../store/chapter-db.ts';
import type { Registry } from '../store/registry.ts';
import { signHead } from './sign-head.ts';

/**
 * Notes the head of a chain that was put in place on purpose, by a restore or a move, instead of the
 * one that was noted before: what the chain says of it is its newest entry.
 */
export async function renoteHead(db: ChapterDb, registry: Registry, now: number): Promise<void> {
  const head = await signHead(db, now);
  if (head === null) return;
  await registry.noteHead(db.id, { seq: head.seq, hash: head.hash, at: head.at });
}
