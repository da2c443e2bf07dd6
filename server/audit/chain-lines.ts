import type { Line } from '../export/stream-out.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readChain } from './read-chain.ts';

/**
 * The whole chain as JSON lines, oldest first: each entry as it was hashed, with its hash, so that
 * anybody can check it without us. Lines: seq, at, kind, actor, subject, details, hash.
 */
export async function* chainLines(db: Pick<ChapterDb, 'read'>): AsyncGenerator<Line> {
  for await (const rows of readChain(db.read)) {
    for (const { seq, at, kind, actor, subject, details, hash } of rows) {
      const said = `"kind":${JSON.stringify(kind)},"seq":${seq},"subject":${JSON.stringify(subject)}`;
      const hex = Buffer.from(hash).toString('hex');
      const text = `{"actor":${actor},"at":${at},"details":${details},"hash":"${hex}",${said}}\n`;
      yield { text, rows: 1 };
    }
  }
}
