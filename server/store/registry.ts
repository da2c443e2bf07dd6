import type { ChapterId } from '#shared/kernel/ids.ts';
import type { ChapterDb } from './chapter-db.ts';

/** A chapter as the registry knows it: nothing about voters or members. Times are ms since 1970. */
export interface RegisteredChapter {
  readonly id: ChapterId;
  readonly slug: string;
  readonly name: string;
  readonly createdAt: number;
}

const SLUG = /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/;

/** True for a chapter's short name: 3 to 40 lower-case letters, digits and hyphens. */
export function isSlug(text: string): boolean {
  return SLUG.test(text);
}

/** The newest entry of an audit chain at some time. */
export interface NotedHead {
  readonly seq: number;
  /** Hex. */
  readonly hash: string;
  readonly at: number;
}

/** That somebody was erased, as their mark; see suppression-mark. */
export interface NotedErasure {
  readonly mark: Uint8Array;
  readonly at: number;
}

/** Whose chapter a typed code belongs to, and how long. */
export interface RegisteredCode {
  readonly hash: Uint8Array;
  readonly expiresAt: number;
}

/**
 * Which chapters there are and where. The short name never reaches a path or a schema. Chapters are
 * opened on first use.
 */
export interface Registry {
  readonly engine: 'sqlite' | 'postgres';
  /** Every chapter, oldest first. */
  chapters(): Promise<RegisteredChapter[]>;
  bySlug(slug: string): Promise<RegisteredChapter | null>;
  /** Makes the database of a chapter that is not registered yet; `add` shows it once it is stamped. */
  makeChapter(id: ChapterId): Promise<ChapterDb>;
  /** Registers a stamped chapter and keeps its handle. */
  add(chapter: RegisteredChapter, db: ChapterDb): Promise<void>;
  /** The handle to a registered chapter; null for any other id. */
  openChapter(id: string): Promise<ChapterDb | null>;
  /**
   * Some chapter, at which whoever names one that is not here is looked up in vain, so that their
   * refusal takes as long; null where to find that out takes as long by itself.
   */
  standIn(): Promise<ChapterDb | null>;
  /** What is done with each chapter before anybody else gets it; with those that are open, now. */
  whenOpened(first: (db: ChapterDb) => Promise<void>): Promise<void>;
  /** Notes whose chapter a typed code belongs to. */
  addCode(codeHash: Uint8Array, chapterId: ChapterId, expiresAt: number): Promise<void>;
  /** The chapter of a typed code that has not expired. */
  chapterOfCode(codeHash: Uint8Array, now: number): Promise<ChapterId | null>;
  codesOf(chapterId: ChapterId): Promise<RegisteredCode[]>;
  dropExpiredCodes(now: number): Promise<void>;
  /**
   * Notes outside the chapter's database how far its audit chain had come, in the place of what was
   * noted before. With `insteadOf` only while that is what is noted: of two who note at the same
   * time, a restore and a server, the later one does not put back what the other has replaced. A
   * head that was awaited is no longer.
   */
  noteHead(chapterId: ChapterId, head: NotedHead, insteadOf?: NotedHead | null): Promise<void>;
  /** What was noted last; null before the first. */
  notedHead(chapterId: ChapterId): Promise<NotedHead | null>;
  /**
   * Notes the head of a chain that is about to be put in the place of another: whoever is killed
   * between that and `noteHead` leaves a chain that is known all the same.
   */
  awaitHead(chapterId: ChapterId, head: NotedHead): Promise<void>;
  /** What is awaited; null when nothing is. */
  awaitedHead(chapterId: ChapterId): Promise<NotedHead | null>;
  /** Notes outside the chapter's database who was erased, beside what was noted before. */
  noteErasures(chapterId: ChapterId, erasures: readonly NotedErasure[]): Promise<void>;
  notedErasures(chapterId: ChapterId): Promise<NotedErasure[]>;
  /** Notes for every process how the chapter's archive stands, in the place of what was noted; null: it has none. */
  noteArchive(chapterId: ChapterId, note: string | null): Promise<void>;
  notedArchive(chapterId: ChapterId): Promise<string | null>;
  /** Lets go of a chapter that lives elsewhere now. Its database stays. */
  remove(chapterId: ChapterId): Promise<void>;
  /**
   * 32 random bytes that every process of this registry has, made on first use: they vouch for what
   * is given out before a chapter is known.
   */
  secret(): Promise<Uint8Array>;
  /** Waits for its turn among the processes that share this registry. */
  claim(task: string): Promise<() => Promise<void>>;
  /**
   * What is set so that an acknowledged commit would not survive a power cut, asked anew of every
   * database server in use; null when there is nothing.
   */
  findWeakness(): Promise<string | null>;
  close(): Promise<void>;
}
