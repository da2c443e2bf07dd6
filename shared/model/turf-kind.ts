import { Type, type Static } from 'typebox';
import type { TurfId, UniverseId } from '../kernel/ids.ts';
import { id, strict } from './schema.ts';

/**
 * How people of a turf are met: at their doors, at a stall where they come by, or by telephone from
 * a list. All three bring the same facts.
 */
export type TurfKind = 'walk' | 'stall' | 'calls';

/** People on one call list, and lists that are made at once. */
export const CALLS = { least: 5, most: 500, lists: 40 } as const;

const name = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' });

/** `POST /v1/stalls`: a place where conversations are had without a list. Degrees WGS84. */
export const MakeStall = Type.Object(
  {
    name,
    /** Where it stands, in words: `Farmers' market, Main St`. */
    place: Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' }),
    lon: Type.Number({ minimum: -180, maximum: 180 }),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
  },
  strict,
);
export type MakeStall = Static<typeof MakeStall>;

/**
 * `POST /v1/call-lists`: the people of a universe who have a telephone and are on no open call list,
 * shared out over lists of at most about `perList`; a household stays together.
 */
export const MakeCalls = Type.Object(
  {
    name,
    universeId: id<UniverseId>(),
    perList: Type.Integer({ minimum: CALLS.least, maximum: CALLS.most }),
    /** So many lists at most; left out: as many as are made at once. */
    lists: Type.Optional(Type.Integer({ minimum: 1, maximum: CALLS.lists })),
  },
  strict,
);
export type MakeCalls = Static<typeof MakeCalls>;

/** What both answer. They are published at once, and open for codes. */
export interface MadeTurfs {
  readonly turfIds: readonly TurfId[];
  readonly people: number;
  /** More people of the universe have a telephone than these lists hold. */
  readonly more: boolean;
}
