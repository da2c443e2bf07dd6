import type { NoteReason, RawAddress } from './roll-voter.ts';

/** Degrees beyond the chapter's own addresses at which a place is no neighbour of theirs: some 100 km. */
const MARGIN = 1;

/** How far the chapter's own addresses reach, in degrees. */
export class ChapterBox {
  #west = Infinity;
  #east = -Infinity;
  #south = Infinity;
  #north = -Infinity;

  add(lon: number | null, lat: number | null): void {
    if (lon === null || lat === null || Number.isNaN(lon) || Number.isNaN(lat)) return;
    this.#west = Math.min(this.#west, lon);
    this.#east = Math.max(this.#east, lon);
    this.#south = Math.min(this.#south, lat);
    this.#north = Math.max(this.#north, lat);
  }

  #holds(lon: number, lat: number): boolean {
    const across = lon >= this.#west - MARGIN && lon <= this.#east + MARGIN;
    return across && lat >= this.#south - MARGIN && lat <= this.#north + MARGIN;
  }

  /**
   * What is wrong with a file's own coordinates, and those to go by: put right where the other way
   * round they are near, left out where they are near in neither. Null where the chapter has no
   * address yet, or nothing is wrong.
   */
  mend({ lon, lat }: Pick<RawAddress, 'lon' | 'lat'>): MendedPlace | null {
    if (lon === null || lat === null || this.#west > this.#east || this.#holds(lon, lat))
      return null;
    return this.#holds(lat, lon)
      ? { lon: lat, lat: lon, reason: 'place-swapped' }
      : { lon: null, lat: null, reason: 'place-far' };
  }
}

export interface MendedPlace {
  readonly lon: number | null;
  readonly lat: number | null;
  readonly reason: NoteReason;
}
