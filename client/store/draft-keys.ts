import { fromBase64url } from '#shared/kernel/base64url.ts';
import { importTurfKey, type TurfKey } from '../lock/turf-key.ts';
import type { PacketSheet } from './packet-store.ts';

/**
 * The keys that drafts may lie behind; new ones go behind the first. None: they lie open.
 *
 * A phone without a guard has the key of its list in memory alone: what is typed there is sealed with
 * one that the chapter gives with each packet, and that lies nowhere but in it. So it comes back with
 * the list. The turf's own key opens what was typed before, and serves where there is no other.
 */
export class DraftKeys {
  /** A packet is large, and they are asked for with every letter. */
  readonly #known = new WeakMap<TurfKey, readonly TurfKey[]>();

  /** With this packet on the phone, behind this turf key. */
  async withSheet(
    { turf, draftKey = '' }: Pick<PacketSheet, 'turf' | 'draftKey'>,
    key: TurfKey | null,
  ): Promise<readonly TurfKey[]> {
    if (key === null) return [];
    const raw = fromBase64url(draftKey);
    const own = raw === null || raw.length === 0 ? [] : [await importTurfKey(turf.id, raw)];
    const keys = [...own, key];
    this.#known.set(key, keys);
    return keys;
  }

  /** With the packet that lies there behind this key. */
  async find(
    key: TurfKey | null,
    readSheet: () => Promise<PacketSheet | null>,
  ): Promise<readonly TurfKey[]> {
    if (key === null) return [];
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const sheet = await readSheet();
    return sheet === null ? [key] : this.withSheet(sheet, key);
  }
}
