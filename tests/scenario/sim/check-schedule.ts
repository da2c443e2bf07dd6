import { canonicalJson } from '#shared/kernel/canonical.ts';
import { type DoorId, formatUuid } from '#shared/kernel/ids.ts';
import { asksNoContact, type DoorState, foldDoor } from '#shared/canvass/door-state.ts';
import { atDoor, isTakenBack } from '#shared/canvass/found-doors.ts';
import type { Operation } from '#shared/model/operation.ts';
import { readOperation } from '#shared/sync/read-operation.ts';
import { FINISH_MS } from '../../../client/sync/talk-wait.ts';
import { makeWalkFolder } from '../../../client/store/fold-walk.ts';
import { type Books, heldDoors, ownDoors } from './books.ts';
import type { SimPhone } from './sim-phone.ts';
import type { Town } from './town-template.ts';
import type { World } from './world.ts';

// Which checker covers which invariant of the protocol:
//   I1, I2, I3   checkFacts        I4, I6, I7   checkConvergence    I5    checkOrder
//   I3, I8       Books.witness     I8  checkPurged, checkWaited     I10   checkOptOuts
//   I11          checkShown        I12, I13     run-schedule        I14   checkClocks
//   I15, I16     checkFacts after a restore, of an old version      I17   GuardedOps in disk.ts

interface ServerOp {
  readonly seq: number;
  readonly opId: string;
  readonly door: string;
  readonly body: string;
  readonly eff: string | null;
  readonly receivedAt: number;
}

interface HeldFact {
  readonly reason: string;
  readonly body: string;
  /** Taken in since, as when the door that it names was found: it stands in the log now. */
  readonly accepted: boolean;
}

interface ServerTown {
  readonly town: Town;
  readonly ops: ReadonlyMap<string, ServerOp>;
  /** By id of the operation; one may be held more than once, with other bytes. */
  readonly held: ReadonlyMap<string, readonly HeldFact[]>;
  readonly clock: number;
  /** Which door an id of one means: one that was found twice has two. */
  readonly doorOf: (id: string) => DoorId;
}

interface OpRow {
  readonly seq: number;
  readonly op_id: Uint8Array;
  readonly body: string;
  readonly eff: string | null;
  readonly receivedAt: number;
  readonly door: string;
}

function readTown(world: World, town: Town): ServerTown {
  const rows = world.look<OpRow>(
    town,
    `select seq, op_id, body, eff_hlc as eff, received_at as receivedAt, doors.id as door
    from ops join doors on doors.key = ops.door_key order by seq`,
  );
  const ops = new Map<string, ServerOp>();
  for (const { op_id, ...row } of rows) {
    const opId = formatUuid(op_id);
    ops.set(opId, { ...row, opId });
  }
  const held = new Map<string, HeldFact[]>();
  const kept = world.look<{
    op_id: string;
    reason: string;
    body: string | Uint8Array;
    decision: string | null;
  }>(town, 'select op_id, reason, body, decision from held_ops');
  for (const { op_id: opId, reason, body, decision } of kept) {
    const text = typeof body === 'string' ? body : Buffer.from(body).toString();
    const accepted = decision === 'accepted';
    held.set(opId, [...(held.get(opId) ?? []), { reason, body: text, accepted }]);
  }
  const [clock] = world.look<{ seq: number }>(town, 'select seq from clock');
  const own = ownDoors(world, town);
  const doorOf = (id: string): DoorId => (own.get(id) ?? id) as DoorId;
  return { town, ops, held, clock: clock?.seq ?? 0, doorOf };
}

/** Every saved fact is on the server exactly once, with its own bytes and the word that it got. */
function checkFacts(
  phone: SimPhone,
  servers: readonly ServerTown[],
  isStranger: (deviceId: string) => boolean,
  replaced: boolean,
): string[] {
  const wrong: string[] = [];
  const say = (fault: string): number => wrong.push(`${phone.name}: ${fault}`);
  for (const { operation, town, fate } of phone.told) {
    const { opId, type } = operation;
    const body = canonicalJson(operation);
    const server = servers.find((one) => one.town === town);
    const applied = server?.ops.get(opId);
    const held = server?.held.get(opId) ?? [];
    const there = (applied === undefined ? 0 : 1) + held.filter((one) => !one.accepted).length;
    const op = phone.disk.outbox.ops.get(opId);
    // A chapter put back to before it met this phone: its facts wait on the phone, and are found in
    // a rescue file; nothing may have been thrown away.
    if (there === 0 && op !== undefined && isStranger(operation.deviceId)) continue;
    // Its phone is gone, and what the server had of it went with the server's disk.
    if (there === 0 && fate !== 'kept' && replaced) continue;
    if (there === 0 && fate !== 'lost with its phone') say(`a saved ${type} never arrived (I2)`);
    if (there > 1) say(`a ${type} is there ${there} times (I3)`);
    if (applied !== undefined && applied.body !== body) say(`a ${type} changed on its way (I1)`);
    if (held.some((one) => one.body !== body)) say(`a held ${type} changed on its way (I1)`);
    if (op === undefined) {
      if (fate === 'kept') say(`a saved ${type} left the phone (I2)`);
      continue;
    }
    if (op.state === 'unsent') say(`a ${type} is still unsent (I12)`);
    if (op.state === 'again') say(`a ${type} waits to be sent again (I15)`);
    if (op.result?.status === 'applied' && op.result.seq !== applied?.seq) {
      say(`a ${type} was told a place in the log that is not its own (I3)`);
    }
    if (op.result?.status === 'held' && op.result.reason !== held[0]?.reason) {
      say(`a ${type} was told another reason than the one kept (I3)`);
    }
  }
  return wrong;
}

function wasGiven(world: World, town: Town, deviceId: string, turfId: string): boolean {
  const sql = `select 1 from assignments a join devices d on d.key = a.device_key
    where d.id = ? and a.turf_id = ?`;
  return world.look(town, sql, deviceId, turfId).length > 0;
}

/** Where a fact that was told "saved" may be held although its phone showed the door. */
function mayBeHeld(
  world: World,
  phone: SimPhone,
  town: Town,
  { payload, entityId, deviceId, scopeId }: Operation,
): boolean {
  // That it was given this turf went with the server's disk: a person looks at what it said there.
  if (world.replaced && !wasGiven(world, town, deviceId, scopeId)) return true;
  // The thief of a phone could have written it; one that came back as a new phone still shows the
  // turf of the one it was until it has fetched its own.
  if (phone.strangers.has(deviceId) || phone.faces.length > 1) return true;
  const shown = town.turfs.some((turf) => turf.doors.some((door) => door.id === entityId));
  return !shown || 'opId' in payload;
}

/** The phone's own order is the order of its numbers and of its stamps; wishes count anywhere. */
function checkOrder(world: World, phone: SimPhone, servers: readonly ServerTown[]): string[] {
  const wrong: string[] = [];
  const say = (fault: string): number => wrong.push(`${phone.name}: ${fault}`);
  let before: Operation | null = null;
  for (const { operation, town } of phone.told) {
    if (before?.dbEpoch === operation.dbEpoch) {
      if (operation.localSeq <= before.localSeq) say('two facts have one number (P3)');
      if (operation.hlc <= before.hlc) say('a later fact has an earlier stamp (P11)');
    }
    before = operation;
    const held = servers.find((one) => one.town === town)?.held.get(operation.opId)?.[0];
    if (held === undefined || held.accepted) continue;
    if (held.reason === 'unknown-door' && world.hasDoor(town, operation.entityId)) {
      say('a fact waits for a door that is there (I2)');
    }
    const known = [...town.wild, ...town.turfs.flatMap((turf) => turf.doors)];
    const isKnown = known.some((door) => door.id === operation.entityId);
    if (asksNoContact(operation) && isKnown) say('a wish not to be contacted is only held (I10)');
    if (held.reason === 'scope' && !mayBeHeld(world, phone, town, operation)) {
      say('a fact of a turf that was its own is out of scope (P8)');
    }
  }
  // One that was never told “saved”, since the app died over it, takes its number too.
  const numbers = [...phone.disk.outbox.ops.values()].map((op) => op.localSeq);
  if (new Set(numbers).size < numbers.length) say('two facts in the outbox have one number (P3)');
  return wrong;
}

const showState = (state: DoorState): string =>
  canonicalJson({ ...state, people: [...state.people.values()] });

interface TurfHold {
  readonly id: string;
  readonly version: number;
}

function readHold(world: World, town: Town, deviceId: string): TurfHold | undefined {
  return world.look<TurfHold>(
    town,
    `select t.id, t.version from assignments a join devices d on d.key = a.device_key
      join turfs t on t.id = a.turf_id
    where d.id = ? and d.revoked_at is null and a.ended_at is null and a.until_at > ?
    order by a.from_at desc limit 1`,
    deviceId,
    world.now,
  )[0];
}

/** Nothing of any walk can be read on a phone that holds no turf. */
function checkPurged(phone: SimPhone): string[] {
  const { packet, outbox } = phone.disk;
  const { sheet, rows, drafts, cursor } = packet;
  const left = [
    ...(sheet === null ? [] : ['the packet']),
    ...(rows.size === 0 ? [] : [`${rows.size} rows of the log`]),
    ...(drafts.size === 0 ? [] : ['drafts']),
    ...(cursor === null ? [] : ['the cursor']),
    ...(outbox.head.waiting === null ? [] : ['a note that a conversation is waited for']),
  ];
  const stored = JSON.stringify([
    { ...packet, rows: [...rows.values()], drafts: [...drafts.values()] },
    [...outbox.ops.values()],
    [...outbox.carried.values()],
    outbox.head,
  ]);
  const words = ['Oakish', 'Elmish', 'First', 'was here', 'personId', 'outcome'];
  for (const word of words) if (stored.includes(word)) left.push(`the word ${word}`);
  return left.map((thing) => `${phone.name}: ${thing} is left after its turf was taken (I8)`);
}

/** A turf that waits for a conversation is purged when that is over; facts are pushed before. */
const FINISHED = FINISH_MS + 5 * 60_000;

/** No conversation keeps a turf for longer than it may. */
export function checkWaited({ name, waited }: SimPhone): string[] {
  return (waited ?? 0) <= FINISHED ? [] : [`${name}: a turf was kept ${waited} ms for a talk (I8)`];
}

/** The phone shows what the log says, and has read all of the log that is its turf's. */
function checkConvergence(
  phone: SimPhone,
  server: ServerTown,
  hold: TurfHold,
  doors: ReadonlySet<string>,
): string[] {
  const wrong: string[] = [];
  const say = (fault: string): number => wrong.push(`${phone.name}: ${fault}`);
  const { sheet, rows } = phone.disk.packet;
  if (sheet === null) return [`${phone.name}: never got its packet (I4)`];
  if (sheet.turf.id !== hold.id) return [`${phone.name}: shows a turf that it does not hold (I4)`];
  if (sheet.turf.version !== hold.version) say('shows an older cut of its turf (I4)');
  const log = [...server.ops.values()].filter((op) => doors.has(op.door));
  const missing = log.filter((op) => !rows.has(op.opId as never)).length;
  if (missing > 0 || rows.size !== log.length) {
    say(`${missing} of the turf's ${log.length} facts were never pulled, ${rows.size} were (I6)`);
  }
  // What waits for somebody of the chapter is shown to whoever said it, and to nobody else.
  const waiting = [...phone.disk.outbox.ops.values()].filter((op) => op.state === 'held');
  const facts = [
    ...log.flatMap((op) => readOperation(op.body, op.eff ?? undefined) ?? []),
    ...waiting.flatMap((op) => readOperation(op.body) ?? []),
  ].map((fact) => atDoor(fact, server.doorOf(fact.entityId)));
  const walk = makeWalkFolder()(sheet, [...rows.values()], [...phone.disk.outbox.ops.values()]);
  const shown = new Set<string>(walk.doors.map(({ door }) => server.doorOf(door.id)));
  const gone = [...doors].filter((id) => isTakenBack(facts.filter((one) => one.entityId === id)));
  const standing = [...doors].filter((id) => !gone.includes(id));
  const all = walk.doors.length === standing.length;
  if (!all || standing.some((door) => !shown.has(door))) {
    say(`shows ${walk.doors.length} doors and the turf has ${standing.length} (I4)`);
  }
  for (const { door, state } of walk.doors) {
    const people = sheet.people
      .filter((person) => person.doorId === door.id)
      .map(({ id, doNotContact }) => ({ id, doNotContact }));
    const doorId = server.doorOf(door.id);
    const truth = (order: typeof facts): string =>
      showState(foldDoor({ doorId, people, turfId: sheet.turf.id }, order));
    if (showState({ ...state, doorId }) !== truth(facts)) {
      say(`door ${door.position} shows ${state.standing} unlike the server (I4)`);
    }
    if (truth(facts) !== truth([...facts].reverse())) say('facts depend on their order (I5)');
  }
  return wrong;
}

/** What the phone itself has said stays on its screen from the moment that it was saved. */
export function checkShown(phone: SimPhone): string[] {
  const { packet, outbox } = phone.disk;
  if (packet.sheet === null) return [];
  const doors = new Set(packet.sheet.doors.map((door) => door.id));
  const lost = phone.told.filter(({ operation, fate }) => {
    if (fate !== 'kept' || operation.scopeId !== packet.sheet?.turf.id) return false;
    if (!doors.has(operation.entityId) || packet.rows.has(operation.opId)) return false;
    // The sealed copy here cannot be read: what the browser itself has deleted is missed at the next
    // digest and not before. That it came back is checked with all else that the log has (I6).
    if (phone.rowsLost.has(operation.opId)) return false;
    const op = outbox.ops.get(operation.opId);
    // Held facts wait for a person; the phone says so and need not show them at the door.
    return op === undefined || (op.body === '' && op.state !== 'held' && op.state !== 'again');
  });
  return lost.map(({ operation }) => `${phone.name}: a ${operation.type} left the screen (I11)`);
}

/** Everybody who was ever heard to want no contact is marked so. */
function checkOptOuts(world: World, { town, ops, doorOf }: ServerTown): string[] {
  const ids = (sql: string): Set<string> =>
    new Set(world.look<{ id: string }>(town, sql).map((row) => row.id));
  const out = ids(`select p.id from opt_outs o join people p on p.key = o.person_key
    union all select d.id from door_opt_outs o join doors d on d.key = o.door_key`);
  const known = ids('select id from people');
  return [...ops.values()].flatMap(({ body }) => {
    const { payload } = JSON.parse(body) as {
      payload: { outcome?: { result?: string }; personId?: string | null; doorId: string };
    };
    if (payload.outcome?.result !== 'do-not-contact') return [];
    const { personId = null, doorId } = payload;
    if (out.has(personId ?? doorOf(doorId)) || (personId !== null && !known.has(personId)))
      return [];
    return [`${town.slug}: somebody asked for no contact and is not marked (I10)`];
  });
}

/** However wrong a phone's clock, nothing counts as later than five minutes after it came. */
function checkClocks({ town, ops }: ServerTown): string[] {
  const most = 5 * 60_000;
  const early = [...ops.values()].filter((op) => {
    const stamp = op.eff ?? (JSON.parse(op.body) as { hlc: string }).hlc;
    return Number.parseInt(stamp.slice(0, 12), 16) > op.receivedAt + most;
  });
  return early.map(() => `${town.slug}: a stamp from the future counts (I14)`);
}

/** Sequence numbers are the clock's, and nothing is in the log that no phone wrote. */
function checkLog({ town, ops, clock }: ServerTown, books: Books): string[] {
  const last = Math.max(0, ...[...ops.values()].map((op) => op.seq));
  const wrong = last > clock ? [`${town.slug}: the log is ahead of its clock (P6)`] : [];
  const made = [...ops.keys()].filter((opId) => !books.saved.has(opId)).length;
  if (made > 0) wrong.push(`${town.slug}: ${made} facts that nobody wrote`);
  return wrong;
}

/** Only a phone whose own storage has lost a row may ever see another digest than its own. */
function checkMismatches(world: World, { town }: ServerTown): string[] {
  const [row] = world.look<{ n: number }>(town, 'select sum(mismatches) as n from devices');
  return (row?.n ?? 0) > 0 ? [`${town.slug}: ${row?.n} digests did not match (I4)`] : [];
}

/** Everything that must hold once the trouble is over. */
export function checkEnd(world: World, phones: readonly SimPhone[], books: Books): void {
  const servers = world.towns.flatMap((town) =>
    world.wasAsked(town) ? [readTown(world, town)] : [],
  );
  const known = new Set(
    servers.flatMap(({ town }) =>
      world.look<{ id: string }>(town, 'select id from devices').map((row) => row.id),
    ),
  );
  const isStranger = (deviceId: string): boolean => world.replaced && !known.has(deviceId);
  for (const phone of phones) {
    books.say(checkFacts(phone, servers, isStranger, world.replaced));
    books.say(checkOrder(world, phone, servers));
    if (phone.broken) continue;
    books.say(checkShown(phone));
    const server = servers.find((one) => one.town === phone.town);
    if (server === undefined || phone.deviceId === null || isStranger(phone.deviceId)) continue;
    // A backup from before a phone was called lost does not make it one that is trusted.
    if (world.replaced && phone.strangers.has(phone.deviceId)) continue;
    const hold = readHold(world, server.town, phone.deviceId);
    const { head } = phone.disk.outbox;
    // A backup from before a turf ended hands it out again: a phone that has given it up and deleted
    // it does not take it back by itself, somebody has to join with it.
    if (world.replaced && phone.disk.packet.sheet === null && head?.ended) continue;
    if (hold === undefined) books.say(checkPurged(phone));
    else {
      const doors = heldDoors(world, server.town, phone.deviceId);
      books.say(checkConvergence(phone, server, hold, doors));
    }
  }
  for (const server of servers) {
    books.say(checkLog(server, books));
    books.say(checkClocks(server));
    books.say(checkOptOuts(world, server));
    // A copy put back by hand moments after a change is found out by digests alone.
    if (!books.rowsLost && !world.replaced) books.say(checkMismatches(world, server));
  }
}
