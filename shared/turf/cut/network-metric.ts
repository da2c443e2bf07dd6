import { CornerSearch } from '../../streets/corner-search.ts';
import { nearestStops } from '../../streets/nearest-stops.ts';
import type { PlacedStops } from '../../streets/place-stops.ts';
import { stopMatrix } from '../../streets/stop-matrix.ts';
import { JOINED, type StreetNetwork } from '../../streets/street-network.ts';
import { STREET_KINDS } from '../../streets/street.ts';
import { joinClusters } from './join-clusters.ts';
import type { StopMetric } from './stop-metric.ts';
import { LONGEST_LINK } from './straight-metric.ts';

/** Crossing a side street or a path is what walking is; these are worth a word. */
const WORTH_SAYING = new Set<string>(['secondary', 'major', 'limited']);

/** Walking metres on a network of streets, exact for the k nearest of each stop. */
export function makeNetworkMetric(
  network: StreetNetwork,
  stops: PlacedStops,
  k: number,
): StopMetric {
  const n = stops.count;
  const nearest = nearestStops(network, stops, k, LONGEST_LINK);
  const near = nearest.stop;
  const metres = new Float32Array(nearest.metres);
  // A place found from either end may come out a hair below nothing.
  for (let i = 0; i < metres.length; i++) if ((metres[i] as number) < 0) metres[i] = 0;
  const search = new CornerSearch(network);
  /** The corner that each edge leaves. */
  const leaves = new Int32Array(network.edges.to.length);
  for (let corner = 0; corner < network.corners.count; corner++) {
    leaves.fill(corner, network.edges.from[corner], network.edges.from[corner + 1]);
  }
  const island = joinClusters(near, k, stops.x, stops.y, () => true);
  const face = new Int32Array(n).fill(-1);
  for (let i = 0; i < n; i++) {
    const segment = stops.segment[i] as number;
    if (segment < 0) island[i] = -1;
    else face[i] = 2 * segment + (stops.side[i] as number);
  }
  return {
    k,
    near,
    metres,
    island,
    face,
    metresTo: (from, to) => [
      ...stopMatrix(network, stops, [from, ...to], { search }).subarray(1, to.length + 1),
    ],
    crossings: (order) => {
      const found = new Set<string>();
      const prices: number[] = [];
      for (let i = 1; i < order.length; i++) {
        const crossed = crossedBetween(order[i - 1] as number, order[i] as number);
        for (const kind of crossed.kinds) found.add(kind);
        prices.push(crossed.price);
      }
      return { kinds: [...found].sort(), prices };
    },
  };

  function kindOf(segment: number): string {
    return STREET_KINDS[network.segments.kind[segment] as number] ?? '';
  }

  /** What the shortest way from stop to stop crosses, of what is worth a word, and its price. */
  function crossedBetween(a: number, b: number): { kinds: string[]; price: number } {
    const [sa, sb] = [stops.segment[a] as number, stops.segment[b] as number];
    if (sa < 0 || sb < 0 || (sa === sb && stops.side[a] === stops.side[b])) {
      return { kinds: [], price: 0 };
    }
    const { segments, edges } = network;
    if (sa === sb && Number.isFinite(segments.midBlock[sa])) {
      const kind = kindOf(sa);
      const price = segments.midBlock[sa] as number;
      return { kinds: WORTH_SAYING.has(kind) ? [kind] : [], price };
    }
    const cornersOf = (stop: number, s: number): [number, number, number, number] => {
      const side = stops.side[stop] as number;
      const along = stops.along[stop] as number;
      const left = Math.max(0, (segments.metres[s] as number) - along);
      const begins = segments.corner[4 * s + side] as number;
      return [begins, along, segments.corner[4 * s + 2 + side] as number, left];
    };
    const [a1, toA1, a2, toA2] = cornersOf(a, sa);
    const [b1, toB1, b2, toB2] = cornersOf(b, sb);
    search.begin();
    search.reach(a1, toA1);
    search.reach(a2, toA2);
    for (let corner = search.next(); corner >= 0; corner = search.next()) {
      const reached = search.distanceOf(corner);
      if (search.isFinal(b1) && (search.isFinal(b2) || search.distanceOf(b1) + toB1 <= reached))
        break;
      if (search.isFinal(b2) && search.distanceOf(b2) + toB2 < reached) break;
    }
    let corner = search.distanceOf(b1) + toB1 <= search.distanceOf(b2) + toB2 ? b1 : b2;
    const kinds: string[] = [];
    let price = 0;
    for (let edge = search.edgeTo(corner); edge >= 0; edge = search.edgeTo(corner)) {
      const what = edges.what[edge] as number;
      const kind = what === JOINED ? 'gap' : what < 0 ? kindOf(-1 - what) : '';
      if (kind === 'gap' || WORTH_SAYING.has(kind)) kinds.push(kind);
      price += edges.price[edge] as number;
      corner = leaves[edge] as number;
    }
    return { kinds, price };
  }
}
