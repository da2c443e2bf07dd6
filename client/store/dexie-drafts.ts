import type { DoorId } from '#shared/kernel/ids.ts';
import type { TurfKey } from '../lock/turf-key.ts';
import type { PacketDb } from './packet-db.ts';
import { shutDraft, type SortedDrafts, sortDrafts } from './shut-draft.ts';
import { isOpen } from './shut-sheet.ts';

type Keys = readonly TurfKey[];

const namesOf = (keys: Keys, doorId: DoorId): Promise<string[]> =>
  Promise.all(keys.map((key) => key.nameOf(doorId)));

/** What is being typed, in the database of the packet whose doors it is of. */
export class DexieDrafts {
  readonly #db: PacketDb;

  constructor(db: PacketDb) {
    this.#db = db;
  }

  async read(keys: Keys, doorId: DoorId): Promise<unknown> {
    const names = await namesOf(keys, doorId);
    const found = await this.#db.open(() => this.#db.drafts.bulkGet([...names, doorId]));
    for (const [at, kept] of found.entries()) {
      if (kept === undefined) continue;
      if ('draft' in kept) return kept.draft;
      const text = (await keys[at]?.open(kept.box)) ?? null;
      if (text !== null) return JSON.parse(text);
    }
    return undefined;
  }

  async put(keys: Keys, doorId: DoorId, draft: unknown): Promise<void> {
    const [key, ...older] = keys;
    const shut = key === undefined ? null : await shutDraft(key, doorId, draft);
    const names = await namesOf(older, doorId);
    await this.#db.change(async () => {
      const stored = await this.#db.packet.get('packet');
      // What is typed while the turf is purged must not be left behind.
      if (stored === undefined) return;
      const kept = isOpen(stored) ? { doorId, draft } : shut;
      if (kept === null) return;
      await this.#db.drafts.bulkDelete(names);
      await this.#db.drafts.put(kept);
    });
  }

  async drop(keys: Keys, doorId: DoorId): Promise<void> {
    const names = [doorId, ...(await namesOf(keys, doorId))];
    await this.#db.change(() => this.#db.drafts.bulkDelete(names));
  }

  count(): Promise<number> {
    return this.#db.open(() => this.#db.drafts.count());
  }

  /** What a packet with these doors leaves of them; null when there are none. */
  async sort(keys: Keys, doors: readonly { readonly id: DoorId }[]): Promise<SortedDrafts | null> {
    return sortDrafts(keys, await this.#db.open(() => this.#db.drafts.toArray()), doors);
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
