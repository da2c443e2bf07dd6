import type { Hold, PacketSheet } from './packet-store.ts';

/** What a packet says of the phone's hold on its turf. */
export function holdOf(sheet: PacketSheet): Hold {
  const { id, name, version } = sheet.turf;
  // Packets of the first version of the wire say nothing of an end.
  const until: unknown = sheet.heldUntil;
  return {
    turfId: id,
    turfName: name,
    version,
    until: typeof until === 'number' ? until : null,
    shifts: sheet.shiftsMark ?? '',
  };
}
