import { Type, type Static } from 'typebox';
import type { BuildingId, DoorId, TurfId, UniverseId } from '../kernel/ids.ts';
import type { MultiPolygon, Polygon } from './geojson.ts';
import { id, strict } from './schema.ts';
import type { TurfKind } from './turf-kind.ts';
import type { TurfAbout } from './turf-plan.ts';

/** S-13: ten thousand vertices in all. A hand draws one ring of at most 500; holes are refused by name. */
const MOST_VERTICES = 10_000;
const MOST_RINGS = 4;
/** Corners of one ring. */
export const MOST_RING = MOST_VERTICES / MOST_RINGS;

const Ring = Type.Array(Type.Tuple([Type.Number(), Type.Number()]), {
  minItems: 4,
  maxItems: MOST_RING,
});

/** An outline as it is sent to the server: a GeoJSON polygon in degrees. */
export const OutlineSchema = Type.Unsafe<Polygon>(
  Type.Object(
    {
      type: Type.Literal('Polygon'),
      coordinates: Type.Array(Ring, { minItems: 1, maxItems: MOST_RINGS }),
    },
    strict,
  ),
);

/** `POST /v1/turfs`: the doors of the universe inside the outline and in no other turf of it. */
export const MakeTurf = Type.Object(
  {
    universeId: id<UniverseId>(),
    name: Type.String({ minLength: 1, maxLength: 80 }),
    outline: OutlineSchema,
  },
  strict,
);
export type MakeTurf = Static<typeof MakeTurf>;

/** `PATCH /v1/turfs/:id` with If-Match: a new name, a new outline, or both. */
export const ChangeTurf = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    outline: Type.Optional(OutlineSchema),
  },
  strict,
);
export type ChangeTurf = Static<typeof ChangeTurf>;

export type TurfState = 'draft' | 'published';

/** `GET /v1/turfs`. */
export interface Turf {
  readonly id: TurfId;
  readonly universeId: UniverseId;
  /** How its people are met. */
  readonly kind: TurfKind;
  readonly name: string;
  /** 0 to 11: which of the twelve turf hues. */
  readonly hue: number;
  readonly state: TurfState;
  readonly version: number;
  /** For people: the doors are those that the turf lists, wherever they lie. */
  readonly outline: Polygon | MultiPolygon;
  /** What the cut said of it; null for one that was drawn. */
  readonly about: TurfAbout | null;
  /** Metres of its own walk, as its page and its paper say them; null until it was measured. */
  readonly onFoot: number | null;
  readonly doors: number;
  /** People of the universe who live behind them. */
  readonly people: number;
  readonly publishedAt: number | null;
  readonly tally: Tally;
  /** Names of those who hold it now. */
  readonly holders: readonly string[];
}

/**
 * What `POST /v1/turfs` and `PATCH /v1/turfs/:id` answer. `leftWithOthers` is how many buildings
 * inside the outline stayed with the turf that had them first.
 */
export interface CutTurf extends Turf {
  readonly leftWithOthers: number;
}

/** What has happened in one turf, computed from facts. `remaining` are doors still to be knocked. */
export interface Tally {
  readonly doors: number;
  readonly knocked: number;
  readonly contacts: number;
  readonly remaining: number;
  readonly knocks: number;
  /** How many people gave each support level, levels 1 to 5 at indexes 0 to 4. */
  readonly support: readonly [number, number, number, number, number];
  readonly lastKnockAt: number | null;
}

/** What the map and the list say of one door. */
export type DoorStanding = 'to-do' | 'not-home' | 'contact' | 'done' | 'do-not-contact';

/** `GET /v1/turfs/:id/doors`: for the desk's map and list, in walk order. */
export interface TurfDoor {
  readonly doorId: DoorId;
  readonly buildingId: BuildingId;
  readonly position: number;
  readonly label: string;
  readonly lon: number;
  readonly lat: number;
  readonly standing: DoorStanding;
}

/** `POST /v1/turfs/:id/launch`: what the coordinator shows. Times are ms since 1970. */
export interface LaunchCode {
  readonly id: string;
  /** For typing, e.g. `7K3MQ-9TX4B`. */
  readonly code: string;
  /** For scanning: opens the app and joins. */
  readonly url: string;
  readonly expiresAt: number;
}

/** An event of `GET /v1/live` (server-sent events; `event: turf`). */
export interface LiveTurf {
  readonly turfId: TurfId;
  readonly tally: Tally;
  readonly holders: readonly string[];
  readonly doors: readonly { readonly doorId: DoorId; readonly standing: DoorStanding }[];
}
