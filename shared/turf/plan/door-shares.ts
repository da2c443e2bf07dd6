/** Buildings of one piece. An edit copies the pieces that it touches and no others. */
const PIECE = 256;

/** None, one, or, for a tower whose floors were shared out, several keys of turfs. */
type Share = string | readonly string[] | null;

const NONE: readonly string[] = [];

/**
 * Which turfs each building is in. Persistent: `with` gives another one and leaves this alone, in time
 * that grows with what changes and not with the universe.
 */
export class DoorShares {
  readonly #pieces: readonly (readonly Share[])[];

  private constructor(pieces: readonly (readonly Share[])[]) {
    this.#pieces = pieces;
  }

  /** All of `n` buildings in no turf. */
  static none(n: number): DoorShares {
    const empty = Array.from({ length: PIECE }, (): Share => null);
    return new DoorShares(Array.from({ length: Math.ceil(n / PIECE) }, () => empty));
  }

  /** The keys of the turfs that a building is in: one at most, but for a tower shared out. */
  at(index: number): readonly string[] {
    const share = this.#pieces[Math.floor(index / PIECE)]?.[index % PIECE] ?? null;
    return share === null ? NONE : typeof share === 'string' ? [share] : share;
  }

  /** The turf of a building; the first of several; null when it is in none. */
  firstAt(index: number): string | null {
    const share = this.#pieces[Math.floor(index / PIECE)]?.[index % PIECE] ?? null;
    return share === null || typeof share === 'string' ? share : (share[0] ?? null);
  }

  /** The same with these buildings in those turfs. */
  with(changes: Iterable<readonly [index: number, keys: readonly string[]]>): DoorShares {
    const pieces = [...this.#pieces];
    const own = new Map<number, Share[]>();
    for (const [index, keys] of changes) {
      const at = Math.floor(index / PIECE);
      let piece = own.get(at);
      if (piece === undefined) {
        piece = [...(pieces[at] ?? [])];
        own.set(at, piece);
        pieces[at] = piece;
      }
      piece[index % PIECE] = keys.length > 1 ? keys : (keys[0] ?? null);
    }
    return new DoorShares(pieces);
  }
}
