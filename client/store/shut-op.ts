import type { DoorId, TurfId } from '#shared/kernel/ids.ts';
import { readOperation } from '#shared/sync/read-operation.ts';
import type { Bytes, TurfKey } from '../lock/turf-key.ts';
import type { OutboxOp } from './outbox-store.ts';

/**
 * An operation as it lies on the disk. Behind the turf's key are its copy (`box`) and the door that
 * it is of (`door`); `body` and `doorId` are empty then. Rows of earlier versions lie there open.
 */
export interface StoredOp extends OutboxOp {
  readonly box?: Bytes;
  readonly door?: Bytes;
}

const NO_DOOR = '' as DoorId;

/** The turf that an operation is of, while its body can be read. */
export const turfOf = (body: string): TurfId | undefined => readOperation(body)?.scopeId;

/** An operation with a sealed copy, so that nothing at rest can be read without the turf's key. */
export async function shutOp(
  key: TurfKey | null,
  op: OutboxOp & { readonly sealed: string },
): Promise<StoredOp> {
  const { copy: _copy, ...rest } = op;
  const bare: OutboxOp = { ...rest, body: '', doorId: NO_DOOR };
  const turfId = op.copy ?? turfOf(op.body);
  if (key === null || turfId !== key.turfId) return bare;
  const [box, door] = await Promise.all([key.shut(op.body), key.shut(op.doorId)]);
  return { ...bare, copy: key.turfId, box, door };
}

/**
 * Makes the function that opens operations. What was opened once is remembered as long as the same
 * key is there; what cannot be opened comes with an empty body.
 */
export function makeOpOpener(): (
  key: TurfKey | null,
  rows: readonly StoredOp[],
) => Promise<OutboxOp[]> {
  const bodies = new Map<string, string>();
  const doors = new Map<string, DoorId>();
  let of: CryptoKey | null = null;

  async function find<T extends string>(
    known: Map<string, T>,
    key: TurfKey | null,
    opId: string,
    box: Bytes | undefined,
  ): Promise<T | null> {
    if (key === null || box === undefined) return null;
    const before = known.get(opId);
    if (before !== undefined) return before;
    const text = (await key.open(box)) as T | null;
    if (text !== null) known.set(opId, text);
    return text;
  }

  async function open(key: TurfKey | null, row: StoredOp): Promise<OutboxOp> {
    const { box, door, ...op } = row;
    if (box === undefined && door === undefined) return op;
    const [body, doorId] = await Promise.all([
      find(bodies, key, op.opId, box),
      find(doors, key, op.opId, door),
    ]);
    return { ...op, body: body ?? op.body, doorId: doorId ?? op.doorId };
  }

  return (key, rows) => {
    if (key?.boxes !== of) {
      bodies.clear();
      doors.clear();
      of = key?.boxes ?? null;
    }
    return Promise.all(rows.map((row) => open(key, row)));
  };
}
