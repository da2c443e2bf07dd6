import { makeId, type Id } from '#shared/kernel/ids.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { dropBallast } from './ballast.ts';
import { DexieOutbox } from './dexie-outbox.ts';
import { DexiePackets } from './dexie-packets.ts';
import { LockDisk } from '../lock/lock-disk.ts';
import { makeTabWire } from '../lock/tab-wire.ts';
import { Vault } from '../lock/vault.ts';
import { hashText } from './hash-text.ts';
import { makeRoomMaker } from './make-room.ts';
import { type Clock, makeRecorder } from './record-fact.ts';
import { sealText } from './seal-text.ts';
import { watchWalk } from './watch-walk.ts';

/** The phone's CSPRNG. */
export const randomBytes: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

/** The phone's wall clock. */
export const clock: Clock = {
  now: () => Date.now(),
  offset: () => -new Date().getTimezoneOffset(),
};

/** On a full disk, in this order: what serves nothing else, then the streets under the doors. */
const makeRoom = makeRoomMaker([() => dropBallast(), () => packets.dropMap()]);

/** How the tabs of this browser tell each other of keys. */
export const tabWire = makeTabWire();

/** What opens and shuts this phone's rows. */
export const vault = new Vault(new LockDisk(), tabWire);

/** This browser's two databases, and what is done with them. Opened at the first use. */
export const outbox = new DexieOutbox(
  () => makeId<Id<'epoch'>>(clock.now(), randomBytes),
  undefined,
  makeRoom,
  vault,
);
export const packets = new DexiePackets(undefined, makeRoom, vault);
export const walk = watchWalk(outbox, packets);
export const { recordFact, withdrawFact } = makeRecorder({
  outbox,
  packets,
  clock,
  random: randomBytes,
  hash: hashText,
  seal: sealText,
  onSaved: (op) => walk.note(op),
});
