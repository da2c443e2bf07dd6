import type { OpId } from '#shared/kernel/ids.ts';
import type { LogRow } from '#shared/sync/apply-pull.ts';
import type { Bytes, TurfKey } from '../lock/turf-key.ts';

/**
 * Rows of the log as they lie on the disk. Many share a box, because what takes time on a slow phone
 * is each call of WebCrypto; not all do, or one knock would have a whole turf written again.
 */
export interface RowBox {
  /** Of two boxes that hold the same operation, the later one counts. */
  readonly nth: number;
  /** These stay in the open: they are looked for while the phone is locked. */
  readonly opIds: readonly OpId[];
  readonly box: Bytes;
}

/** So many rows at most are written again for one that comes. */
export const ROWS_A_BOX = 32;
const IV = Array.from({ length: 12 }, (_, at) => at);

/** True of the same box with the same content: no two begin alike. */
export function isSameBox(one: RowBox | undefined, other: RowBox | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.nth === other.nth && IV.every((at) => one.box[at] === other.box[at]);
}

/** Puts rows behind the turf's key, in boxes that count on from `nth`. */
export function shutRows(key: TurfKey, rows: readonly LogRow[], nth: number): Promise<RowBox[]> {
  const boxes = Array.from({ length: Math.ceil(rows.length / ROWS_A_BOX) }, (_, at) =>
    rows.slice(at * ROWS_A_BOX, (at + 1) * ROWS_A_BOX),
  );
  return Promise.all(
    boxes.map(async (some, at) => {
      const box = await key.shut(JSON.stringify(some));
      return { nth: nth + at, opIds: some.map(({ opId }) => opId), box };
    }),
  );
}

/**
 * Makes the function that opens boxes and gives their rows. Each is opened once; without the key
 * nothing is remembered, and boxes that it does not open are left out.
 */
export function makeBoxOpener(): (
  key: TurfKey | null,
  boxes: readonly RowBox[],
) => Promise<LogRow[]> {
  const opened = new Map<number, { readonly box: RowBox; readonly rows: readonly LogRow[] }>();
  let of: CryptoKey | null = null;

  async function open(key: TurfKey, box: RowBox): Promise<readonly LogRow[]> {
    const known = opened.get(box.nth);
    if (isSameBox(known?.box, box)) return known?.rows ?? [];
    const text = await key.open(box.box);
    if (text === null) return [];
    const rows = JSON.parse(text) as LogRow[];
    if (of === key.boxes) opened.set(box.nth, { box, rows });
    return rows;
  }

  return async (key, boxes) => {
    if (key?.boxes !== of) {
      opened.clear();
      of = key?.boxes ?? null;
    }
    if (key === null) return [];
    return (await Promise.all(boxes.map((box) => open(key, box)))).flat();
  };
}
