import type { Id } from '#shared/kernel/ids.ts';
import type { Packet } from '#shared/model/packet.ts';
import { LockDisk } from '../../client/lock/lock-disk.ts';
import { Vault } from '../../client/lock/vault.ts';
import { DexiePackets } from '../../client/store/dexie-packets.ts';

declare global {
  /** Set here, called by the bench: one turf put away and read again, in ms. */
  var measureTurf: (packet: Packet) => Promise<{ put: number; read: number }>;
}

const vault = new Vault(new LockDisk());
const writer = new DexiePackets(undefined, undefined, vault);
// Another reader, as after a start: nothing of what was written is in its memory.
const makeReader = (): DexiePackets => new DexiePackets(undefined, undefined, vault);

globalThis.measureTurf = async (packet) => {
  // A turf of its own, so that its key is made too.
  const turf = { ...packet.turf, id: crypto.randomUUID() as Id<'turf'> };
  const reader = makeReader();
  // Databases are opened at the start of the app, guarded or not.
  await Promise.all([writer.readHold(), reader.readHold()]);
  const began = performance.now();
  await writer.putPacket({ ...packet, turf });
  const stored = performance.now();
  const [sheet, rows] = await Promise.all([reader.readPacket(), reader.readRows()]);
  const done = performance.now();
  if (sheet === null || rows.length !== packet.history.length) throw new Error('not all is back');
  reader.close();
  return { put: stored - began, read: done - stored };
};
