import type { ChapterId } from '#shared/kernel/ids.ts';
import { appendAudit, BY_SERVER } from '../audit/append-audit.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { networkOf } from './network-of.ts';

const MINUTE = 60_000;
/** A chapter's chain takes no more of these lines in a minute, from however many addresses. */
const MOST_IN_A_MINUTE = 10;
const REMEMBERED = 10_000;

/**
 * Writes down that a link, a code or a passkey was refused: one line a minute for each address, so
 * that nobody fills the chain by trying. The line says how it was tried and not from where: members
 * read it.
 */
export class RefusalNotes {
  readonly #clock: () => number;
  readonly #byAddress = new Map<string, number>();
  readonly #byChapter = new Map<ChapterId, { since: number; count: number }>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  async note(db: ChapterDb, address: string, how: 'link' | 'passkey' | 'recovery'): Promise<void> {
    const now = this.#clock();
    if (!this.#isDue(`${db.id} ${networkOf(address)}`, db.id, now)) return;
    await db.write((trx) =>
      appendAudit(trx, { at: now, kind: 'sign-in-refused', actor: BY_SERVER, details: { how } }),
    );
  }

  #isDue(address: string, chapterId: ChapterId, now: number): boolean {
    const last = this.#byAddress.get(address);
    if (last !== undefined && now - last < MINUTE) return false;
    const before = this.#byChapter.get(chapterId);
    const minute = before && now - before.since < MINUTE ? before : { since: now, count: 0 };
    if (minute.count >= MOST_IN_A_MINUTE) return false;
    this.#byChapter.set(chapterId, { ...minute, count: minute.count + 1 });
    this.#byAddress.delete(address);
    this.#byAddress.set(address, now);
    const oldest = this.#byAddress.keys().next();
    if (this.#byAddress.size > REMEMBERED && !oldest.done) this.#byAddress.delete(oldest.value);
    return true;
  }
}
