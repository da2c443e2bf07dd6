import type { DeviceId } from '#shared/kernel/ids.ts';
import type { DexieCarried } from './dexie-carried.ts';
import type { OutboxDb } from './outbox-db.ts';
import type { Contact, Identity } from './outbox-store.ts';
import { SETTLED } from './settle-op.ts';

/** Who this phone is and was to each chapter, in the outbox's database. */
export class DexieIdentities {
  readonly #db: OutboxDb;
  readonly #carried: DexieCarried;

  constructor(db: OutboxDb, carried: DexieCarried) {
    this.#db = db;
    this.#carried = carried;
  }

  /** The one that new facts are written under; null before joining. */
  current(): Promise<Identity | null> {
    const { head, identities } = this.#db;
    return this.#db.look([head, identities], async () => {
      const deviceId = (await this.#db.findHead())?.deviceId ?? null;
      return deviceId === null ? null : ((await identities.get(deviceId)) ?? null);
    });
  }

  list(): Promise<readonly Identity[]> {
    return this.#db.open(() => this.#db.identities.toArray());
  }

  /** Adds it, or replaces it, and makes it the one for new facts. */
  async put(identity: Identity): Promise<void> {
    await this.#db.changeHead(async (head) => {
      await this.#db.identities.put(identity);
      return { ...head, deviceId: identity.deviceId, ended: null };
    });
  }

  /** Changes some of one that is there; null when it is not. */
  change(
    deviceId: DeviceId,
    change: (identity: Identity) => Partial<Identity>,
  ): Promise<Identity | null> {
    const { identities } = this.#db;
    return this.#db.change([identities], async () => {
      const before = await identities.get(deviceId);
      if (before === undefined) return null;
      const after = { ...before, ...change(before) };
      await identities.put(after);
      return after;
    });
  }

  /** Notes which life of a chapter's database has answered, and what that life wants again (P9). */
  async noteContact(contact: Contact): Promise<void> {
    const { deviceId, incarnation, clockOffsetMs, serverMs } = contact;
    const { identities, ops } = this.#db;
    await this.#db.changeHead(async (head) => {
      const next = { ...head, clockOffsetMs, incarnation, serverMs, seenMs: null };
      const identity = await identities.get(deviceId);
      if (identity === undefined || identity.incarnation === incarnation) return next;
      // Rows of the first version know it of the phone's latest contact only.
      const before = identity.incarnation ?? (head.deviceId === deviceId ? head.incarnation : null);
      const chapterId = identity.chapter.id;
      const same = (await identities.toArray()).filter((one) => one.chapter.id === chapterId);
      await identities.bulkPut(same.map((one) => ({ ...one, incarnation })));
      if (before === null || before === incarnation) return next;
      await ops
        .where('state')
        .anyOf([...SETTLED])
        .filter((op) => op.chapterId === chapterId)
        .modify({ state: 'again' });
      await this.#carried.markAgain(chapterId);
      return next;
    });
  }
}
