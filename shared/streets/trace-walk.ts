import type { Position } from '../model/geojson.ts';
import { CornerSearch } from './corner-search.ts';
import type { PlacedStops } from './place-stops.ts';
import { toLonLat } from './plane.ts';
import { DETOUR, JOINED, type StreetNetwork } from './street-network.ts';

/** Metres beside the middle of a street at which a walk along it is drawn: people see its side. */
const BESIDE = 4.5;

export interface TracedWalk {
  /** In degrees. */
  readonly line: readonly Position[];
  /** Metres walked; where no street is known 1.4 times the straight line. Crossings count nothing. */
  readonly metres: number;
  /** The same with the price of crossings. */
  readonly length: number;
  /** Streets crossed, paths aside. */
  readonly crossings: number;
}

/**
 * The way itself from stop to stop in this order: the same ways that `stopMatrix` measures, drawn on
 * their side of the street. `order` are indexes of stops.
 */
export function traceWalk(
  network: StreetNetwork,
  stops: PlacedStops,
  order: readonly number[],
  { oneSide = false }: { readonly oneSide?: boolean } = {},
): TracedWalk {
  const search = new CornerSearch(network);
  const pen = new Pen(network);
  const first = order[0];
  if (first !== undefined) pen.stop(stops, first);
  for (let i = 1; i < order.length; i++) {
    const [a, b] = [order[i - 1] as number, order[i] as number];
    pen.walk(stops, a, b, search, oneSide);
    pen.stop(stops, b);
  }
  return {
    line: pen.line,
    metres: Math.round(pen.metres * 10) / 10,
    length: Math.round((pen.metres + pen.price) * 10) / 10,
    crossings: pen.crossings,
  };
}

class Pen {
  readonly line: Position[] = [];
  metres = 0;
  price = 0;
  crossings = 0;
  readonly #network: StreetNetwork;

  constructor(network: StreetNetwork) {
    this.#network = network;
  }

  /** A stop's own place on its side of the street; a stop off the streets is where it is. */
  stop(stops: PlacedStops, stop: number): void {
    const s = stops.segment[stop] as number;
    if (s < 0) this.#put(stops.x[stop] as number, stops.y[stop] as number);
    else this.#along(s, stops.side[stop] as number, stops.along[stop] as number);
  }

  walk(stops: PlacedStops, a: number, b: number, search: CornerSearch, oneSide: boolean): void {
    const [sa, sb] = [stops.segment[a] as number, stops.segment[b] as number];
    if (sa < 0 || sb < 0) {
      const [dx, dy] = [
        (stops.x[a] as number) - (stops.x[b] as number),
        (stops.y[a] as number) - (stops.y[b] as number),
      ];
      this.metres += DETOUR * Math.hypot(dx, dy);
      return;
    }
    const { segments } = this.#network;
    const route = this.#findRoute(stops, a, b, search);
    if (sa === sb) {
      const apart = Math.abs((stops.along[a] as number) - (stops.along[b] as number));
      const same = stops.side[a] === stops.side[b];
      const price = same ? 0 : oneSide ? Infinity : (segments.midBlock[sa] as number);
      if (apart + price <= route.cost) {
        this.metres += apart;
        if (!same && price > 0) this.crossings++;
        this.price += price;
        const side = stops.side[a] as number;
        this.#stretch(sa, side, stops.along[a] as number, stops.along[b] as number);
        return;
      }
    }
    const { edges } = this.#network;
    this.metres += route.out + route.home;
    this.#stretch(sa, stops.side[a] as number, stops.along[a] as number, route.outTo);
    for (const edge of route.edges) {
      this.metres += edges.metres[edge] as number;
      this.price += edges.price[edge] as number;
      const what = edges.what[edge] as number;
      if (what === JOINED) continue;
      if (what < 0) {
        if ((edges.price[edge] as number) > 0) this.crossings++;
      } else this.#wholeFace(edge, what);
    }
    this.#stretch(sb, stops.side[b] as number, route.homeFrom, stops.along[b] as number);
  }

  #findRoute(stops: PlacedStops, a: number, b: number, search: CornerSearch) {
    const { segments } = this.#network;
    const endsOf = (stop: number) => {
      const s = stops.segment[stop] as number;
      const side = stops.side[stop] as number;
      const along = stops.along[stop] as number;
      const length = segments.metres[s] as number;
      return [
        { corner: segments.corner[4 * s + side] as number, metres: along, at: 0 },
        {
          corner: segments.corner[4 * s + 2 + side] as number,
          metres: Math.max(0, length - along),
          at: length,
        },
      ] as const;
    };
    const [from, to] = [endsOf(a), endsOf(b)];
    search.begin();
    for (const { corner, metres } of from) search.reach(corner, metres);
    for (let corner = search.next(); corner >= 0; corner = search.next()) {
      if (to.every((end) => search.isFinal(end.corner))) break;
    }
    const costTo = (end: (typeof to)[number]): number => search.distanceOf(end.corner) + end.metres;
    const last = costTo(to[0]) <= costTo(to[1]) ? to[0] : to[1];
    const edges: number[] = [];
    let corner = last.corner;
    for (let edge = search.edgeTo(corner); edge >= 0; edge = search.edgeTo(corner)) {
      edges.push(edge);
      corner = this.#startOf(edge);
    }
    edges.reverse();
    const reached = from.filter((end) => end.corner === corner);
    const first = reached.sort((one, other) => one.metres - other.metres)[0] ?? from[0];
    return {
      cost: costTo(last),
      edges,
      out: first.metres,
      outTo: first.at,
      home: last.metres,
      homeFrom: last.at,
    };
  }

  /** The corner that an edge leaves. */
  #startOf(edge: number): number {
    const { from } = this.#network.edges;
    let [low, high] = [0, this.#network.corners.count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((from[middle] as number) <= edge) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** A segment from one end to the other, on the side whose corners the edge joins. */
  #wholeFace(edge: number, s: number): void {
    const { segments, edges } = this.#network;
    const [start, end] = [this.#startOf(edge), edges.to[edge] as number];
    const length = segments.metres[s] as number;
    for (let side = 0; side < 2; side++) {
      const first = segments.corner[4 * s + side];
      const last = segments.corner[4 * s + 2 + side];
      if (start === first && end === last) return this.#stretch(s, side, 0, length);
      if (start === last && end === first) return this.#stretch(s, side, length, 0);
    }
  }

  /** A stretch of a segment, its bends included, on one side of it. */
  #stretch(s: number, side: number, begin: number, end: number): void {
    const { x, y, from } = this.#network.segments;
    const bends: number[] = [];
    let walked = 0;
    for (let i = (from[s] as number) + 1; i < (from[s + 1] as number) - 1; i++) {
      walked += Math.hypot(
        (x[i] as number) - (x[i - 1] as number),
        (y[i] as number) - (y[i - 1] as number),
      );
      if (walked > Math.min(begin, end) && walked < Math.max(begin, end)) bends.push(walked);
    }
    this.#along(s, side, begin);
    for (const at of begin <= end ? bends : bends.reverse()) this.#along(s, side, at);
    this.#along(s, side, end);
  }

  /** The point so far along a segment, beside its middle. */
  #along(s: number, side: number, along: number): void {
    const { x, y, from } = this.#network.segments;
    const last = (from[s + 1] as number) - 1;
    let left = along;
    for (let i = from[s] as number; i < last; i++) {
      const [x1, y1] = [x[i] as number, y[i] as number];
      const [dx, dy] = [(x[i + 1] as number) - x1, (y[i + 1] as number) - y1];
      const length = Math.hypot(dx, dy);
      if (left <= length || i === last - 1) {
        const t = Math.min(1, left / length);
        const beside = ((side === 0 ? 1 : -1) * BESIDE) / length;
        this.#put(x1 + t * dx - beside * dy, y1 + t * dy + beside * dx);
        return;
      }
      left -= length;
    }
  }

  #put(x: number, y: number): void {
    const [lon, lat] = toLonLat(this.#network.plane, x, y);
    const point: Position = [Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6];
    const before = this.line.at(-1);
    if (before !== undefined && before[0] === point[0] && before[1] === point[1]) return;
    this.line.push(point);
  }
}
