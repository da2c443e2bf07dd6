import type { DoorId } from '#shared/kernel/ids.ts';
import type { TurfKey } from '../lock/turf-key.ts';
import type { PacketDb, PacketTables } from './packet-db.ts';
import { shutDraft, type SortedDrafts, sortDrafts } from './shut-draft.ts';
import { isOpen } from './shut-sheet.ts';

/** What is being typed, in the database of the packet whose doors it is of. */
export class IdbDrafts {
  readonly #db: PacketDb;

  constructor(db: PacketDb) {
    this.#db = db;
  }

  async read(key: TurfKey | null, doorId: DoorId): Promise<unknown> {
    const name = await key?.nameOf(doorId);
    const [shut, open] = await this.#db.read(['drafts'], ({ drafts }) =>
      drafts.getMany([name ?? '', doorId]),
    );
    if (shut !== undefined && 'box' in shut) {
      const text = (await key?.open(shut.box)) ?? null;
      return text === null ? undefined : JSON.parse(text);
    }
    return open !== undefined && 'draft' in open ? open.draft : undefined;
  }

  async put(key: TurfKey | null, doorId: DoorId, draft: unknown): Promise<void> {
    const shut = key === null ? null : await shutDraft(key, doorId, draft);
    await this.#db.change(async ({ packet, drafts }) => {
      const stored = await packet.get('packet');
      // What is typed while the turf is purged must not be left behind.
      if (stored === undefined) return;
      const kept = isOpen(stored) ? { doorId, draft } : shut;
      if (kept !== null) await drafts.put(kept);
    });
  }

  async drop(key: TurfKey | null, doorId: DoorId): Promise<void> {
    const name = await key?.nameOf(doorId);
    const names = name === undefined ? [doorId] : [doorId, name];
    await this.#db.change(({ drafts }) => drafts.deleteMany(names));
  }

  count(): Promise<number> {
    return this.#db.read(['drafts'], ({ drafts }) => drafts.count());
  }

  /** What a packet with these doors leaves of them; null when there are none. */
  async sort(
    key: TurfKey | null,
    doors: readonly { readonly id: DoorId }[],
  ): Promise<SortedDrafts | null> {
    const all = await this.#db.read(['drafts'], ({ drafts }) => drafts.all());
    return sortDrafts(key, all, doors);
  }
}

/** Keeps those that may stay and no others. */
export async function keepDrafts(
  { drafts }: Pick<PacketTables, 'drafts'>,
  { stay, shut }: SortedDrafts,
): Promise<void> {
  const names = await drafts.keys();
  await drafts.deleteMany(names.filter((name) => !stay.has(name)));
  await drafts.putMany(shut);
}

/** Covers those that lay open. */
export async function coverDrafts(
  { drafts }: Pick<PacketTables, 'drafts'>,
  { open, shut }: SortedDrafts,
): Promise<void> {
  await drafts.deleteMany(open);
  await drafts.putMany(shut);
}
