import type { TurfId } from '#shared/kernel/ids.ts';
import type { Bytes, TurfKey } from '../lock/turf-key.ts';
import type { PacketSheet } from './packet-store.ts';

interface OpenPacket {
  readonly name: 'packet';
  readonly sheet: PacketSheet;
}
interface ShutPacket {
  readonly name: 'packet';
  /** Made with the box: the same one needs opening only once. */
  readonly id: string;
  readonly turfId: TurfId;
  readonly box: Bytes;
}
/** A packet as it lies on the disk; one of the first version lies there open. */
export type StoredPacket = OpenPacket | ShutPacket;

/** True of a packet that lies there for anybody to read. */
export function isOpen(stored: StoredPacket | undefined): stored is OpenPacket {
  return stored !== undefined && 'sheet' in stored;
}

/** True when nothing was put in its place meanwhile. */
export function isSamePacket(now: StoredPacket | undefined, then: StoredPacket): boolean {
  return isOpen(then) ? isOpen(now) : !isOpen(now) && now?.id === then.id;
}

/** Puts a packet behind the turf's key; without one it stays as it is. */
export async function shutSheet(key: TurfKey | null, sheet: PacketSheet): Promise<StoredPacket> {
  if (key === null) return { name: 'packet', sheet };
  const box = await key.shut(JSON.stringify(sheet));
  return { name: 'packet', id: crypto.randomUUID(), turfId: sheet.turf.id, box };
}

/**
 * Makes the function that opens packets; null of one that it cannot open. The last one is
 * remembered as long as there is a key.
 */
export function makeSheetOpener(): (
  key: TurfKey | null,
  stored: StoredPacket | undefined,
) => Promise<PacketSheet | null> {
  let last: { readonly id: string; readonly sheet: PacketSheet } | null = null;
  return async (key, stored) => {
    if (stored === undefined) return null;
    if (isOpen(stored)) return stored.sheet;
    if (key === null) {
      last = null;
      return null;
    }
    if (last?.id === stored.id) return last.sheet;
    const text = await key.open(stored.box);
    if (text === null) return null;
    const sheet = JSON.parse(text) as PacketSheet;
    last = { id: stored.id, sheet };
    return sheet;
  };
}
