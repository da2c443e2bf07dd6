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
import { onWritten } from './on-written.ts';
import { OUTBOX_NAME } from './outbox-db.ts';
import { PACKET_NAME } from './packet-db.ts';
import { type Clock, makeRecorder } from './record-fact.ts';
import { prepareSealText, sealText } from './seal-text.ts';
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
const recorder = makeRecorder({
  outbox,
  packets,
  clock,
  random: randomBytes,
  hash: hashText,
  seal: sealText,
  prepareSeal: prepareSealText,
});
export const { recordFact, withdrawFact } = recorder;

/** Where a browser cannot say when it has nothing to do: after the picture, in ms. */
const IDLE = 200;

/** Runs it when nothing is drawn; gives how to leave it. */
function whenIdle(work: () => void): () => void {
  if ('requestIdleCallback' in globalThis) {
    const idle = requestIdleCallback(work);
    return () => cancelIdleCallback(idle);
  }
  const timer = setTimeout(work, IDLE);
  return () => clearTimeout(timer);
}

/**
 * Has what the next fact begins with ready before the tap, and reads it again whenever any tab has
 * written some of it. Gives how to stop.
 */
export function stayReady(): () => void {
  const prepare = (): void => void recorder.prepare();
  let leave = whenIdle(prepare);
  const again = (): void => {
    recorder.forget();
    leave();
    leave = whenIdle(prepare);
  };
  const stops = [
    onWritten(OUTBOX_NAME, ['head', 'identities'], again),
    onWritten(PACKET_NAME, ['entries'], again),
  ];
  return () => {
    leave();
    recorder.forget();
    for (const stop of stops) stop();
  };
}
