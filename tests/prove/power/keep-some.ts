import type { Dice } from '#shared/kernel/random.ts';
import { GrowingBytes } from './growing-bytes.ts';

/** A change to a file that no sync has promised yet. */
export type Change =
  | { readonly kind: 'write'; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'size'; readonly size: number };

/** Nothing of it, all of it, some whole writes, or some sectors of some writes. */
export type Keep = 'none' | 'all' | 'writes' | 'sectors';

export interface Kept {
  readonly bytes: Buffer;
  /** Writes that waited for a sync, and of them: not there whole, there in part, */
  readonly pending: number;
  readonly dropped: number;
  readonly torn: number;
  /** and missing though a later one is there. */
  readonly reordered: number;
}

/** What a disk writes whole or not at all. */
const SECTOR = 512;

interface Piece {
  readonly write: number;
  readonly at: number;
  readonly bytes: Buffer;
}

/** The writes cut at sectors: for each sector, what became of it, in order. */
function cutAtSectors(writes: readonly { readonly at: number; readonly bytes: Buffer }[]) {
  const sectors = new Map<number, Piece[]>();
  for (const [write, { at, bytes }] of writes.entries()) {
    for (let from = at; from < at + bytes.length;) {
      const sector = Math.floor(from / SECTOR);
      const to = Math.min((sector + 1) * SECTOR, at + bytes.length);
      const piece = { write, at: from, bytes: bytes.subarray(from - at, to - at) };
      const known = sectors.get(sector);
      if (known === undefined) sectors.set(sector, [piece]);
      else known.push(piece);
      from = to;
    }
  }
  return sectors;
}

/**
 * A file as a power cut may leave it. Each sector is as it was at the last sync or after any of the
 * writes since, whatever became of its neighbours: an operating system writes its pages back in
 * whatever order. A file that has grown may be as long as it should be with nothing or rubbish in it.
 */
export function keepSome(
  safe: GrowingBytes,
  pending: readonly Change[],
  how: Keep,
  dice: Dice | null = null,
): Kept {
  const file = GrowingBytes.of(safe.view());
  const roll = (): boolean => dice?.chance(0.5) ?? false;
  const facts = { pending: 0, dropped: 0, torn: 0, reordered: 0 };

  function keepWrites(writes: readonly { readonly at: number; readonly bytes: Buffer }[]): void {
    if (writes.length === 0) return;
    const stays = writes.map(() => how === 'all' || (how === 'writes' && roll()));
    const there = writes.map(() => 0);
    const parts = writes.map(() => 0);
    const grown = Math.max(...writes.map(({ at, bytes }) => at + bytes.length));
    if (how !== 'none' && how !== 'all' && grown > file.length && roll()) {
      const from = file.length;
      file.resize(grown);
      if (roll()) file.write(from, Buffer.alloc(grown - from, dice?.whole(0, 255) ?? 0));
    }
    for (const pieces of cutAtSectors(writes).values()) {
      const last = pieces.findLastIndex(({ write }) => stays[write]);
      const count = how === 'sectors' ? (dice?.whole(0, pieces.length) ?? 0) : last + 1;
      for (const [i, { write, at, bytes }] of pieces.entries()) {
        parts[write] = (parts[write] ?? 0) + 1;
        if (i >= count) continue;
        there[write] = (there[write] ?? 0) + 1;
        file.write(at, bytes);
      }
    }
    const lastThere = there.findLastIndex((n) => n > 0);
    facts.pending += writes.length;
    for (const [i, n] of there.entries()) {
      if (n < (parts[i] ?? 0)) facts.dropped += 1;
      if (n > 0 && n < (parts[i] ?? 0)) facts.torn += 1;
      if (n === 0 && i < lastThere) facts.reordered += 1;
    }
  }

  let writes: { at: number; bytes: Buffer }[] = [];
  for (const change of pending) {
    if (change.kind === 'write') {
      writes.push(change);
      continue;
    }
    keepWrites(writes);
    writes = [];
    if (how === 'all' || (how !== 'none' && roll())) file.resize(change.size);
  }
  keepWrites(writes);
  return { ...facts, bytes: file.view() };
}
