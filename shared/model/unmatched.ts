import { Type, type Static } from 'typebox';
import type { BuildingId } from '../kernel/ids.ts';
import type { PlaceGrade } from './door.ts';
import { orNull, strict } from './schema.ts';

/** Addresses of one answer of `GET /v1/roll/unmatched`. */
export const UNMATCHED_PAGE = 100;

/** An address of the roll without a place on the map, or with one that somebody gave it. */
export interface UnmatchedPlace {
  readonly id: BuildingId;
  readonly number: string;
  readonly street: string;
  readonly city: string;
  readonly zip: string;
  readonly people: number;
  readonly doors: number;
  /** Why it was not found (see UnplacedReason); null where that is no longer known. */
  readonly reason: string | null;
  readonly grade: PlaceGrade;
  readonly lon: number | null;
  readonly lat: number | null;
}

/** `GET /v1/roll/unmatched`: the open ones or the settled ones, by street. */
export interface UnmatchedPage {
  /** Addresses and their people in all, on this page or not. */
  readonly addresses: number;
  readonly people: number;
  readonly places: readonly UnmatchedPlace[];
}

/** `GET /v1/roll/address-points`: one that what was typed may mean. */
export interface PointCandidate {
  readonly addressId: string;
  readonly number: string;
  readonly street: string;
  readonly city: string;
  readonly zip: string;
  readonly lon: number;
  readonly lat: number;
  /** 1 is what was typed; less by what differs. */
  readonly score: number;
}

/**
 * `PUT /v1/roll/unmatched/:id`: where it stands, in degrees (WGS84). With the id of a point of the
 * chapter's list the place is that point's; without, it is a pin.
 */
export const SettlePlace = Type.Object(
  {
    lon: Type.Number({ minimum: -180, maximum: 180 }),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    addressId: orNull<string>(Type.String({ maxLength: 200 })),
  },
  strict,
);
export type SettlePlace = Static<typeof SettlePlace>;
