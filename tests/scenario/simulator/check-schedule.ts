import { formatUuid } from '#shared/kernel/ids.ts';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import { type DoorState, foldDoor } from '#shared/canvass/door-state.ts';
import { readOperation } from '#shared/sync/read-operation.ts';
import { makeWalkFolder } from '../../../client/store/fold-walk.ts';
import { readTurfChanges } from '../../../server/store/log.ts';
import type { MadeChapter, MadeTurf } from '../make-chapter.ts';
import type { SimPhone } from './sim-phone.ts';

const showState = (state: DoorState): string =>
  canonicalJson({ ...state, people: [...state.people.values()] });

interface ServerOp {
  readonly seq: number;
  readonly body: string;
}

async function readServer(made: MadeChapter, phones: readonly SimPhone[]) {
  const keys = phones.map((phone) => phone.holder.device.deviceKey);
  const rows = await made
    .db()
    .read.selectFrom('ops')
    .select(['seq', 'op_id', 'body'])
    .where('device_key', 'in', keys)
    .execute();
  const held = await made
    .db()
    .read.selectFrom('held_ops')
    .select(['op_id', 'reason', 'body'])
    .where('device_key', 'in', keys)
    .execute();
  const ops = new Map<string, ServerOp>();
  for (const { seq, op_id, body } of rows) ops.set(formatUuid(op_id), { seq, body });
  return { ops, held: new Map(held.map((row) => [row.op_id, row])), heldRows: held.length };
}

/** No fact that a phone was told to be on the server is missing there (I1), at any moment. */
export async function checkAcknowledged(
  made: MadeChapter,
  phones: readonly SimPhone[],
): Promise<string[]> {
  const faults: string[] = [];
  const { ops, held } = await readServer(made, phones);
  for (const phone of phones) {
    for (const op of phone.disk.ops.values()) {
      if (op.state === 'unsent') continue;
      const kept = ops.get(op.opId)?.body ?? held.get(op.opId)?.body;
      if (kept !== op.body) faults.push(`${phone.name}: an acknowledged ${op.type} is not there`);
    }
  }
  return faults;
}

function checkPhone(phone: SimPhone, server: Awaited<ReturnType<typeof readServer>>): string[] {
  const faults: string[] = [];
  const say = (fault: string): number => faults.push(`${phone.name}: ${fault}`);
  for (const operation of phone.told) {
    if (!phone.disk.ops.has(operation.opId)) say(`a saved ${operation.type} left the phone`);
  }
  for (const op of phone.disk.ops.values()) {
    const applied = server.ops.get(op.opId);
    const held = server.held.get(op.opId);
    if (op.state === 'unsent') say(`a ${op.type} is still unsent`);
    if (applied === undefined && held === undefined) say(`a ${op.type} never arrived`);
    if (applied !== undefined && held !== undefined) say(`a ${op.type} is applied and held`);
    if (applied !== undefined && applied.body !== op.body) say(`a ${op.type} changed on its way`);
    if (op.result?.status === 'applied' && op.result.seq !== applied?.seq) {
      say(`a ${op.type} was told a place in the log that is not its own`);
    }
    if (op.result?.status === 'held' && op.result.reason !== held?.reason) {
      say(`a ${op.type} was told another reason than the one kept`);
    }
  }
  return faults;
}

/** Every phone shows what the log says, and has read all of the log that is its turf's (I4, I6). */
async function checkConvergence(
  made: MadeChapter,
  turf: MadeTurf,
  phones: readonly SimPhone[],
): Promise<string[]> {
  const faults: string[] = [];
  const log = await readTurfChanges(made.db().read, [turf.id], 0, null);
  const facts = log.flatMap((change) => readOperation(change.body) ?? []);
  const truth = new Map(
    turf.doors.map((door) => {
      const people = door.people.map((id) => ({ id, doNotContact: false }));
      const state = foldDoor({ doorId: door.id, people, turfId: turf.id }, facts);
      return [door.id, showState(state)];
    }),
  );
  for (const phone of phones) {
    const { sheet, rows, ops } = phone.disk;
    if (sheet === null) {
      faults.push(`${phone.name}: never got its packet`);
      continue;
    }
    const missing = log.filter((change) => !rows.has(change.opId)).length;
    if (missing > 0 || rows.size !== log.length) {
      faults.push(`${phone.name}: ${missing} of the turf's ${log.length} facts were never pulled`);
    }
    const walk = makeWalkFolder()(sheet, [...rows.values()], [...ops.values()]);
    for (const { door, state } of walk.doors) {
      if (showState(state) !== truth.get(door.id)) {
        faults.push(
          `${phone.name}: door ${door.position} shows ${state.standing} unlike the server`,
        );
      }
    }
  }
  return faults;
}

/** Sequence numbers without gaps, and nothing in the log that no phone wrote. */
async function checkLog(made: MadeChapter, phones: readonly SimPhone[], count: number) {
  const faults: string[] = [];
  const { read } = made.db();
  const clock = await read.selectFrom('clock').select('seq').executeTakeFirstOrThrow();
  const counted = await read
    .selectFrom('ops')
    .select((eb) => [eb.fn.countAll<number>().as('n'), eb.fn.max('seq').as('last')])
    .executeTakeFirstOrThrow();
  if (counted.n !== clock.seq || (counted.last ?? 0) !== clock.seq) {
    faults.push(`the log has ${counted.n} facts and its clock says ${clock.seq}`);
  }
  const written = phones.reduce((sum, phone) => sum + phone.disk.ops.size, 0);
  if (count !== written) faults.push(`phones wrote ${written} facts and the server keeps ${count}`);
  return faults;
}

/** Everything that must hold once the trouble is over. */
export async function checkSchedule(
  made: MadeChapter,
  turf: MadeTurf,
  phones: readonly SimPhone[],
): Promise<string[]> {
  const server = await readServer(made, phones);
  return [
    ...phones.flatMap((phone) => checkPhone(phone, server)),
    ...(await checkConvergence(made, turf, phones)),
    ...(await checkLog(made, phones, server.ops.size + server.heldRows)),
  ];
}
