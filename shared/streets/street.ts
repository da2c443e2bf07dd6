import type { Position } from '../model/geojson.ts';

/**
 * What a street is to somebody on foot: nobody walks along or across a `limited` one (motorways),
 * a `major` one is crossed at corners, a `path` is no street at all to cross.
 */
export const STREET_KINDS = ['side', 'secondary', 'major', 'path', 'limited'] as const;
export type StreetKind = (typeof STREET_KINDS)[number];

/** A stretch of street as a chapter's map has it. */
export interface Street {
  /** Empty when it has none. */
  readonly name: string;
  readonly kind: StreetKind;
  readonly line: readonly Position[];
  /** 1 when the numbers on its left are odd, 0 when even, -1 when the map does not say. */
  readonly leftOdd: -1 | 0 | 1;
  readonly rightOdd: -1 | 0 | 1;
}

/** What crossing costs, in metres that one would rather walk. Infinity: not there. */
export interface CrossingCost {
  readonly midBlock: number;
  readonly corner: number;
}

export type CrossingCosts = Readonly<Record<StreetKind, CrossingCost>>;

/** Judgement, not measurement: what people do who carry a clipboard. */
export const CROSSING_COSTS: CrossingCosts = {
  side: { midBlock: 14, corner: 10 },
  secondary: { midBlock: 60, corner: 22 },
  major: { midBlock: Infinity, corner: 45 },
  path: { midBlock: 0, corner: 0 },
  limited: { midBlock: Infinity, corner: Infinity },
};
