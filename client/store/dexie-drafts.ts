import type { DoorId } from '#shared/kernel/ids.ts';
import type { TurfKey } from '../lock/turf-key.ts';
import type { PacketDb } from './packet-db.ts';
import { shutDraft, type SortedDrafts, sortDrafts } from './shut-draft.ts';
import { isOpen } from './shut-sheet.ts';

/** What is being typed, in the database of the packet whose doors it is of. */
export class DexieDrafts {
  readonly #db: PacketDb;

  constructor(db: PacketDb) {
    this.#db = db;
  }

  async read(key: TurfKey | null, doorId: DoorId): Promise<unknown> {
    const name = await key?.nameOf(doorId);
    const [shut, open] = await this.#db.open(() => this.#db.drafts.bulkGet([name ?? '', doorId]));
    if (shut !== undefined && 'box' in shut) {
      const text = (await key?.open(shut.box)) ?? null;
      return text === null ? undefined : JSON.parse(text);
    }
    return open !== undefined && 'draft' in open ? open.draft : undefined;
  }

  async put(key: TurfKey | null, doorId: DoorId, draft: unknown): Promise<void> {
    const shut = key === null ? null : await shutDraft(key, doorId, draft);
    await this.#db.change(async () => {
      const stored = await this.#db.packet.get('packet');
      // What is typed while the turf is purged must not be left behind.
      if (stored === undefined) return;
      const kept = isOpen(stored) ? { doorId, draft } : shut;
      if (kept !== null) await this.#db.drafts.put(kept);
    });
  }

  async drop(key: TurfKey | null, doorId: DoorId): Promise<void> {
    const name = await key?.nameOf(doorId);
    const names = name === undefined ? [doorId] : [doorId, name];
    await this.#db.change(() => this.#db.drafts.bulkDelete(names));
  }

  count(): Promise<number> {
    return this.#db.open(() => this.#db.drafts.count());
  }

  /** What a packet with these doors leaves of them; null when there are none. */
  async sort(
    key: TurfKey | null,
    doors: readonly { readonly id: DoorId }[],
  ): Promise<SortedDrafts | null> {
    return sortDrafts(key, await this.#db.open(() => this.#db.drafts.toArray()), doors);
  }

  /** Keeps those that may stay and no others, in the caller's transaction. */
  async keep({ stay, shut }: SortedDrafts): Promise<void> {
    await this.#db.drafts.filter(({ doorId }) => !stay.has(doorId)).delete();
    await this.#db.drafts.bulkPut([...shut]);
  }

  /** Covers those that lay open, in the caller's transaction. */
  async cover({ open, shut }: SortedDrafts): Promise<void> {
    await this.#db.drafts.bulkDelete([...open]);
    await this.#db.drafts.bulkPut([...shut]);
  }
}
