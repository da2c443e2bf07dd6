import type { DoorId, OpId } from '#shared/kernel/ids.ts';
import type { LogRow } from '#shared/sync/apply-pull.ts';
import type { Bytes, TurfKey } from '../lock/turf-key.ts';

/** A row of the log as it lies on the disk; rows of the first version lie there open. */
export interface ShutRow {
  readonly opId: OpId;
  readonly seq: number;
  readonly box: Bytes;
}
export type StoredRow = LogRow | ShutRow;

/** What somebody types at a door, as it lies on the disk. */
export type StoredDraft =
  | { readonly doorId: DoorId; readonly draft: unknown }
  /** Here `doorId` is a name that says nothing without the turf's key. */
  | { readonly doorId: string; readonly box: Bytes };

const IV = Array.from({ length: 12 }, (_, at) => at);

/** Puts rows behind the turf's key; their ids and places stay in the open. */
export function shutRows(key: TurfKey, rows: readonly LogRow[]): Promise<ShutRow[]> {
  return Promise.all(
    rows.map(async ({ opId, seq, doorId, body, eff }) => {
      const box = await key.shut(
        JSON.stringify({ doorId, body, ...(eff !== undefined && { eff }) }),
      );
      return { opId, seq, box };
    }),
  );
}

/**
 * Makes the function that opens rows. Each is opened once; without the key nothing is remembered and
 * rows that are shut are left out.
 */
export function makeRowOpener(): (
  key: TurfKey | null,
  rows: readonly StoredRow[],
) => Promise<LogRow[]> {
  const opened = new Map<OpId, { readonly box: Bytes; readonly row: LogRow }>();
  let of: CryptoKey | null = null;

  async function open(key: TurfKey | null, row: StoredRow): Promise<LogRow | null> {
    if (!('box' in row)) return row;
    const { opId, seq, box } = row;
    const known = opened.get(opId);
    // No two boxes begin alike.
    if (known !== undefined && IV.every((at) => known.box[at] === box[at])) return known.row;
    const text = (await key?.open(box)) ?? null;
    if (text === null) return null;
    const whole = { opId, seq, ...(JSON.parse(text) as Omit<LogRow, 'opId' | 'seq'>) };
    opened.set(opId, { box, row: whole });
    return whole;
  }

  return async (key, rows) => {
    if (key?.boxes !== of) {
      opened.clear();
      of = key?.boxes ?? null;
    }
    const all = await Promise.all(rows.map((row) => open(key, row)));
    return all.filter((row) => row !== null);
  };
}
