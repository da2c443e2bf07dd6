import type { HeadNotes, Receipt } from '../store/outbox-store.ts';

type Owing = Pick<HeadNotes, 'receipt' | 'owed'>;

/** People who were on one phone before, and whose receipts are remembered. */
const MOST = 20;

/** Turfs more on the receipt of one person; what others on this phone owe stays owed beside it. */
export function addToReceipt(
  { receipt, owed }: Owing,
  deviceId: Receipt['deviceId'],
  turfIds: readonly string[],
): { readonly receipt: Receipt; readonly owed: readonly Receipt[] } {
  const all = receipt === null ? owed : [...owed, receipt];
  const own = all.filter((one) => one.deviceId === deviceId).flatMap((one) => one.turfIds);
  const others = all.filter((one) => one.deviceId !== deviceId);
  return {
    receipt: { deviceId, turfIds: [...new Set([...own, ...turfIds])] },
    owed: others.slice(-MOST),
  };
}

/** What is owed once a receipt was taken; one that has grown since is owed on. */
export function withoutReceipt({ receipt, owed }: Owing, taken: Receipt): Partial<Owing> {
  const isTaken = (one: Receipt): boolean =>
    one.deviceId === taken.deviceId && one.turfIds.length === taken.turfIds.length;
  return {
    ...(receipt !== null && isTaken(receipt) && { receipt: null }),
    ...(owed.some(isTaken) && { owed: owed.filter((one) => !isTaken(one)) }),
  };
}
