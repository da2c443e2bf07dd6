import type { Id } from '#shared/kernel/ids.ts';
import type { Packet } from '#shared/model/packet.ts';
import { LockDisk } from '../../client/lock/lock-disk.ts';
import { Vault } from '../../client/lock/vault.ts';
import { DexiePackets } from '../../client/store/dexie-packets.ts';

declare global {
  /** Set here, called by the bench: one turf put away and read again, in ms. */
  var measureTurf: (packet: Packet) => Promise<{ put: number; read: number; doors: number }>;
}

const vault = new Vault(new LockDisk());

globalThis.measureTurf = async (packet) => {
  // A turf of its own, so that its key is made too.
  const turf = { ...packet.turf, id: crypto.randomUUID() as Id<'turf'> };
  const began = performance.now();
  const writer = new DexiePackets(undefined, undefined, vault);
  await writer.putPacket({ ...packet, turf });
  const stored = performance.now();
  // Another reader, as after a start: nothing of it is in memory.
  const reader = new DexiePackets(undefined, undefined, vault);
  const [sheet, rows] = await Promise.all([reader.readPacket(), reader.readRows()]);
  const done = performance.now();
  if (sheet === null || rows.length !== packet.history.length) throw new Error('not all is back');
  writer.close();
  reader.close();
  return { put: stored - began, read: done - stored, doors: sheet.doors.length };
};
