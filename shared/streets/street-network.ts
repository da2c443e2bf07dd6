import type { Plane } from './plane.ts';

/**
 * Streets as somebody on foot meets them. A *segment* is a stretch of street between two crossings;
 * it has a left and a right *face*, as seen from its first point (face = 2 * segment + side, side 0
 * is left). Around a crossing there is one *corner* in each wedge between two neighbouring
 * streets. Edges lead along a face, from corner to corner, and across a street at its corner. All
 * lengths are metres, prices are metres that one would rather walk.
 *
 * A door is no node: it stands on a face, so-and-so many metres along. As crossing at a corner
 * never costs more than crossing the same street between corners, the shortest way to a door of
 * another segment always comes by the two corners of the door's own face.
 */
export interface StreetNetwork {
  readonly plane: Plane;
  readonly segments: Segments;
  readonly corners: Corners;
  readonly edges: Edges;
  /** Names in use, by number; number 0 is the empty name. */
  readonly names: readonly string[];
  /** Stretches that had to be joined by a straight line, because no street leads there. */
  readonly joins: readonly Join[];
}

export interface Segments {
  readonly count: number;
  readonly name: Int32Array;
  /** An index of STREET_KINDS. */
  readonly kind: Uint8Array;
  readonly metres: Float64Array;
  /** What crossing it between its corners costs; Infinity where nobody does. */
  readonly midBlock: Float64Array;
  /** For each face: 1 odd numbers, 0 even, -1 not known. */
  readonly odd: Int8Array;
  /** Four corners a segment: left and right at its first point, left and right at its last. */
  readonly corner: Int32Array;
  /** The points of segment s are `from[s]` to `from[s + 1] - 1`. */
  readonly from: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface Corners {
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The connected part of the streets it lay in before parts were joined; 0 is the largest. */
  readonly part: Int32Array;
}

/** Edges from corner c are `from[c]` to `from[c + 1] - 1`; each edge is there in both directions. */
export interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Metres walked. */
  readonly metres: Float64Array;
  /** The price of what is crossed on it. */
  readonly price: Float64Array;
  /** Along a segment: its number. Across one: -1 - its number. A join: JOINED. */
  readonly what: Int32Array;
}

/** The mark of an edge that is no street but a straight line. */
export const JOINED = 0x7fffffff;

/** A part of the streets that nothing connects, and the straight line that was put in. */
export interface Join {
  readonly from: number;
  readonly to: number;
  readonly metres: number;
}

/** What walking costs per straight metre where no street is known. */
export const DETOUR = 1.4;
