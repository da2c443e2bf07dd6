import type { ChapterDb } from '../store/chapter-db.ts';
import type { ImportTarget } from './import-messages.ts';

/** Where a chapter is, for a thread that opens it anew. */
export function targetOf(db: ChapterDb): ImportTarget {
  if (db.engine === 'sqlite') return { engine: 'sqlite', path: db.path };
  const { id, server, folder } = db;
  return { engine: 'postgres', url: server.url, chapterId: id, folder };
}
