import type { OutboxOp } from '../../../client/store/outbox-store.ts';
import type { Books } from './books.ts';
import type { SimPhone } from './sim-phone.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { World } from './world.ts';

/** A phone whose rows went missing twice looks for the second loss only so long after the first. */
const LOOKS_AGAIN = 11 * 60_000;

/** How soon after the trouble every fact has arrived (I12), in ms. */
const HEALING = 60_000;

/**
 * What is unsent though its chapter knows who made it. One that was put back to before it met this
 * phone takes nothing of it: somebody must give it a turf there anew.
 */
function countStuck(world: World, { disk }: SimPhone): number {
  const isKnown = ({ chapterId, deviceId }: OutboxOp): boolean => {
    const town = world.towns.find((one) => one.chapterId === chapterId);
    if (!world.replaced || town === undefined) return true;
    return world.look(town, 'select 1 from devices where id = ?', deviceId).length > 0;
  };
  const unsent = [...disk.outbox.ops.values()].filter((op) => op.state === 'unsent');
  return unsent.filter(isKnown).length;
}

/** How long a desk waits before it tries again what has failed, and a little more, in ms. */
const DESK_TRIES = 3_000;
/** So often all of them look for the last time. */
const ROUNDS = 4;
/** A hold that ends so soon, in ms, ends before the phones look for the last time. */
const SOON = 60_000;

/** What changes between a phone's last look and ours would be called left behind. */
async function outlastDesk(world: World, time: VirtualTime): Promise<void> {
  await time.advance(DESK_TRIES);
  const ends = world.towns.map((town) => {
    const sql = 'select max(until_at) as last from assignments where until_at between ? and ?';
    return world.look<{ last: number | null }>(town, sql, world.now, world.now + SOON)[0]?.last;
  });
  const last = Math.max(world.now, ...ends.map((end) => end ?? 0));
  if (last > world.now) await time.advance(last - world.now + 1_000);
}

/**
 * How far the log of each chapter has come, who the phones are and which turf each has; `rows`, what
 * they have of it besides.
 */
function readHeads(world: World, phones: readonly SimPhone[], rows: boolean): string {
  const heads = world.towns.map((town) => {
    const [row] = world.look<{ seq: number }>(town, 'select seq from clock');
    return row?.seq;
  });
  const has = phones.map(({ disk: { packet }, deviceId, unsent }) => {
    const { sheet, cursor } = packet;
    const held = [deviceId, unsent, sheet?.turf.id, sheet?.turf.version];
    return rows ? [...held, cursor, packet.rows.size] : held;
  });
  return JSON.stringify([heads, has]);
}

/** So often a chapter hears from a phone that has left it, and a little more, in ms. */
const OTHERS_HEARD = 62 * 60_000;

/** A phone that works for another chapter by now hears of a restore of the first only then. */
async function outlastRestore(
  world: World,
  time: VirtualTime,
  phones: readonly SimPhone[],
): Promise<void> {
  const left = phones.some(({ faces, town }) => faces.some((face) => face.town !== town));
  if (world.replaced && left) await time.advance(OTHERS_HEARD);
}

/**
 * Peace: every app that can be started runs, nothing fails any more, and each phone is given the
 * time to send what it has and to read what there is. Says what did not come to an end.
 */
export async function comeToRest(
  world: World,
  time: VirtualTime,
  phones: readonly SimPhone[],
  books: Books,
  rowsLost = false,
): Promise<void> {
  await time.advanceUntil(() => world.up, 60_000);
  for (const phone of phones) phone.calm();
  await time.advanceUntil(() => phones.every((phone) => phone.unsent === 0), HEALING);
  for (const phone of phones) {
    const stuck = phone.broken ? 0 : countStuck(world, phone);
    if (stuck > 0) {
      books.say([`${phone.name}: ${stuck} facts stuck ${HEALING} ms after the peace (I12)`]);
    }
  }
  // A packet that was asked for just before the peace and never came is given up after 120 s.
  await time.advanceUntil(() => phones.every((phone) => phone.settled), 130_000, 5_000);
  if (rowsLost) await time.advance(LOOKS_AGAIN);
  await outlastDesk(world, time);
  await outlastRestore(world, time, phones);
  // Whoever is done before the last one has sent looks once more; where nothing came, nobody must.
  // A question that was lost before the peace is given up after 120 s: nobody is done before.
  // A log that stands still since all of them began to look has been read by all of them, unless it
  // is another one than it was, or a phone has to find out that its own rows are gone.
  const rows = rowsLost || world.replaced;
  let [heads, ended] = ['', false];
  for (let round = 0; round < ROUNDS; round++) {
    if (ended && heads === readHeads(world, phones, rows)) return;
    heads = readHeads(world, phones, rows);
    const synced = new Set<SimPhone>();
    for (const phone of phones) {
      if (phone.running) void phone.sync().then(() => synced.add(phone));
      else synced.add(phone);
    }
    await time.advanceUntil(() => synced.size === phones.length, HEALING);
    ended = synced.size === phones.length;
  }
}
