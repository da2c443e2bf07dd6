import { CornerSearch } from './corner-search.ts';
import type { PlacedStops } from './place-stops.ts';
import type { StreetNetwork } from './street-network.ts';

/** The nearest stops of each stop: k a row, nearest first, -1 and Infinity where there are fewer. */
export interface NearestStops {
  readonly k: number;
  readonly stop: Int32Array;
  readonly metres: Float64Array;
}

/**
 * For each stop the k others that are nearest to walk to, in metres with the price of crossings.
 * Exact. Stops off the streets have none. `within` ends each search early. Method: Dijkstra over
 * corners; a corner that becomes final lays the stops of its faces open, from its end inwards.
 */
export function nearestStops(
  network: StreetNetwork,
  stops: PlacedStops,
  k: number,
  within = Infinity,
): NearestStops {
  const faces = sortByFace(network, stops);
  const ends = facesOfCorners(network);
  const found = new Nearest(stops.count, k);
  const search = new CornerSearch(network);
  const { segments } = network;
  for (let a = 0; a < stops.count; a++) {
    const s = stops.segment[a] as number;
    found.begin(a, within);
    if (s >= 0) {
      const side = stops.side[a] as number;
      const along = stops.along[a] as number;
      for (let over = 0; over < 2; over++) {
        const price = over === 0 ? 0 : (segments.midBlock[s] as number);
        if (price < found.reach)
          offerFace(faces, stops, 2 * s + (side ^ over), along, price, found);
      }
      search.begin();
      search.reach(segments.corner[4 * s + side] as number, along);
      search.reach(
        segments.corner[4 * s + 2 + side] as number,
        // Measured from either end, a place at the very end may come out a hair beyond it.
        Math.max(0, (segments.metres[s] as number) - along),
      );
      for (let corner = search.next(found.reach); corner >= 0; corner = search.next(found.reach)) {
        const distance = search.distanceOf(corner);
        if (distance >= found.reach) break;
        for (let e = ends.from[corner] as number; e < (ends.from[corner + 1] as number); e++) {
          offerEnd(faces, stops, segments.metres, ends.face[e] as number, distance, found);
        }
      }
    }
    found.end();
  }
  return { k, stop: found.stop, metres: found.metres };
}

/** Stops of face f, by how far along they are: `stop[from[f]]` to `stop[from[f + 1] - 1]`. */
interface Faces {
  readonly from: Int32Array;
  readonly stop: Int32Array;
}

function sortByFace({ segments }: StreetNetwork, stops: PlacedStops): Faces {
  const faceOf = (i: number): number =>
    2 * (stops.segment[i] as number) + (stops.side[i] as number);
  const placed = Array.from({ length: stops.count }, (_, i) => i).filter(
    (i) => (stops.segment[i] as number) >= 0,
  );
  placed.sort(
    (a, b) =>
      faceOf(a) - faceOf(b) || (stops.along[a] as number) - (stops.along[b] as number) || a - b,
  );
  const from = new Int32Array(2 * segments.count + 1);
  for (const i of placed) from[faceOf(i) + 1] = (from[faceOf(i) + 1] as number) + 1;
  for (let f = 0; f < 2 * segments.count; f++)
    from[f + 1] = (from[f + 1] as number) + (from[f] as number);
  return { from, stop: Int32Array.from(placed) };
}

/** For each corner the ends of faces that lie at it: 2 * face + (0 first point, 1 last point). */
function facesOfCorners({ segments, corners }: StreetNetwork): {
  readonly from: Int32Array;
  readonly face: Int32Array;
} {
  const from = new Int32Array(corners.count + 1);
  for (const c of segments.corner) from[c + 1] = (from[c + 1] as number) + 1;
  for (let c = 0; c < corners.count; c++)
    from[c + 1] = (from[c + 1] as number) + (from[c] as number);
  const next = from.slice();
  const face = new Int32Array(4 * segments.count);
  segments.corner.forEach((c, at) => {
    const end = (at >> 1) & 1;
    const side = at & 1;
    const to = next[c] as number;
    next[c] = to + 1;
    face[to] = 2 * (2 * (at >> 2) + side) + end;
  });
  return { from, face };
}

/** Offers the stops of one's own street from where one stands, both ways. */
function offerFace(
  { from, stop }: Faces,
  stops: PlacedStops,
  face: number,
  along: number,
  price: number,
  found: Nearest,
): void {
  const [first, end] = [from[face] as number, from[face + 1] as number];
  let [low, high] = [first, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stops.along[stop[middle] as number] as number) < along) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < end; i++) {
    const metres = price + (stops.along[stop[i] as number] as number) - along;
    if (metres >= found.reach) break;
    found.offer(stop[i] as number, metres);
  }
  for (let i = low - 1; i >= first; i--) {
    const metres = price + along - (stops.along[stop[i] as number] as number);
    if (metres >= found.reach) break;
    found.offer(stop[i] as number, metres);
  }
}

/** Offers the stops of a face from one of its ends inwards. */
function offerEnd(
  { from, stop }: Faces,
  stops: PlacedStops,
  lengths: Float64Array,
  faceEnd: number,
  distance: number,
  found: Nearest,
): void {
  const face = faceEnd >> 1;
  const [first, end] = [from[face] as number, from[face + 1] as number];
  if ((faceEnd & 1) === 0) {
    for (let i = first; i < end; i++) {
      const metres = distance + (stops.along[stop[i] as number] as number);
      if (metres >= found.reach) break;
      found.offer(stop[i] as number, metres);
    }
    return;
  }
  const length = lengths[face >> 1] as number;
  for (let i = end - 1; i >= first; i--) {
    const metres = distance + Math.max(0, length - (stops.along[stop[i] as number] as number));
    if (metres >= found.reach) break;
    found.offer(stop[i] as number, metres);
  }
}

/** The k nearest so far of one stop after another, kept sorted by distance, then by number. */
class Nearest {
  readonly stop: Int32Array;
  readonly metres: Float64Array;
  /** Nothing at this distance or further is wanted. */
  reach = Infinity;
  readonly #k: number;
  /** In whose list each stop is, and how far it is there. */
  readonly #listed: Int32Array;
  readonly #known: Float64Array;
  #self = -1;
  #size = 0;
  #within = Infinity;

  constructor(count: number, k: number) {
    this.#k = k;
    this.#listed = new Int32Array(count).fill(-1);
    this.#known = new Float64Array(count);
    this.stop = new Int32Array(count * k).fill(-1);
    this.metres = new Float64Array(count * k).fill(Infinity);
  }

  begin(self: number, within: number): void {
    [this.#self, this.#size, this.#within] = [self, 0, within];
    this.reach = this.#k === 0 ? 0 : within;
  }

  offer(stop: number, metres: number): void {
    if (stop === this.#self) return;
    const base = this.#self * this.#k;
    let at = this.#size;
    if (this.#listed[stop] === this.#self) {
      if ((this.#known[stop] as number) <= metres) return;
      do at--;
      while (this.stop[base + at] !== stop);
    } else {
      if (at === this.#k) this.#listed[this.stop[base + --at] as number] = -1;
      else this.#size++;
      this.#listed[stop] = this.#self;
    }
    this.#known[stop] = metres;
    while (at > 0 && (this.metres[base + at - 1] as number) > metres) {
      this.metres[base + at] = this.metres[base + at - 1] as number;
      this.stop[base + at] = this.stop[base + at - 1] as number;
      at--;
    }
    this.metres[base + at] = metres;
    this.stop[base + at] = stop;
    if (this.#size === this.#k) {
      this.reach = Math.min(this.#within, this.metres[base + this.#k - 1] as number);
    }
  }

  end(): void {
    this.reach = Infinity;
  }
}
