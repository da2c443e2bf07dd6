import type { FeatureCollection } from '../../shared/model/geojson.ts';
import type { WalkDoor } from '../../shared/walk/group-stops.ts';

/** What the rest of a walk is found from; sent once. */
export interface WayGround {
  readonly kind: 'ground';
  readonly streets: FeatureCollection;
  readonly doors: readonly WalkDoor[];
  /** One side of a street out, the other back. */
  readonly oneSide: boolean;
}

/** Which door comes after the one at `from`, of these that are left. */
export interface WayQuestion {
  readonly kind: 'next';
  readonly key: string;
  readonly from: string;
  readonly left: readonly string[];
}

export interface WayAnswer {
  readonly key: string;
  /** Null when nothing is left, or nothing of it has a place. */
  readonly next: string | null;
  /** Milliseconds that it took. */
  readonly ms: number;
}
