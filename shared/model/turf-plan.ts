import { Type, type Static } from 'typebox';
import type { BuildingId, TurfId } from '../kernel/ids.ts';
import type { MultiPolygon, Polygon } from './geojson.ts';
import { id, orNull, strict, words } from './schema.ts';
import { MOST_RING, type Turf } from './turf.ts';

/** Turfs that one wish may write, and buildings in all of them: a county in one piece. */
const MOST_TURFS = 5000;
/** A phone carries a turf whole; more buildings than this nobody walks in a shift. */
const MOST_BUILDINGS = 5000;
const MOST_PARTS = 200;

const WHY = [
  'big-building',
  'floors',
  'large-buildings',
  'precinct-edge',
  'island',
  'barrier',
  'remainder',
] as const;

/** What was found out when a turf was cut: shown beside it, and out of date once its doors change. */
export const TurfAbout = Type.Object(
  {
    /** Drawn or changed by hand, or cut automatically and left so. */
    how: words(['hand', 'cut']),
    /** What a cut found on foot, before its walk is measured; null for one shaped by hand. */
    metres: orNull<number>({ type: 'number', minimum: 0, maximum: 1e8 }),
    minutes: Type.Number({ minimum: 0, maximum: 1e6 }),
    /** Kinds of streets and barriers that its walk goes across: `secondary`, `major`, `water` … */
    crosses: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 }),
    /** Why it is not simply of the size that was asked for. */
    why: Type.Array(words(WHY), { maxItems: WHY.length }),
  },
  strict,
);
export type TurfAbout = Static<typeof TurfAbout>;

const Ring = Type.Array(Type.Tuple([Type.Number(), Type.Number()]), {
  minItems: 4,
  maxItems: MOST_RING,
});

/** A cut draws around whatever others have in the middle of a turf: many holes, unlike a hand. */
const Part = Type.Array(Ring, { minItems: 1, maxItems: MOST_PARTS });

const Outline = Type.Unsafe<Polygon>(
  Type.Object({ type: Type.Literal('Polygon'), coordinates: Part }, strict),
);
const Outlines = Type.Unsafe<MultiPolygon>(
  Type.Object(
    {
      type: Type.Literal('MultiPolygon'),
      coordinates: Type.Array(Part, { maxItems: MOST_PARTS }),
    },
    strict,
  ),
);

const Version = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });

/** One turf of a plan as it shall be. */
export const KeepTurf = Type.Object(
  {
    /** A new turf's id is made where the plan is. */
    id: id<TurfId>(),
    /** The version that the writer saw; 0 for a turf that the server does not know yet. */
    version: Version,
    name: Type.String({ minLength: 1, maxLength: 80 }),
    hue: Type.Integer({ minimum: 0, maximum: 11 }),
    outline: Type.Unsafe<Polygon | MultiPolygon>(Type.Union([Outline, Outlines])),
    /** Those that are the turf's whole, in walk order as far as known. */
    buildings: Type.Array(id<BuildingId>(), { maxItems: MOST_BUILDINGS }),
    /** Those whose floors were shared out, with the units that are this turf's. */
    towers: Type.Array(
      Type.Object(
        {
          building: id<BuildingId>(),
          units: Type.Array(Type.String({ maxLength: 80 }), { minItems: 1, maxItems: 5000 }),
        },
        strict,
      ),
      { maxItems: 500 },
    ),
    about: orNull<TurfAbout>(TurfAbout),
  },
  strict,
);
export type KeepTurf = Static<typeof KeepTurf>;

const Size = (maximum: number) => Type.Integer({ minimum: 1, maximum });

/** The size that turfs were asked for in, so that whoever opens the plan measures them by it. */
export const PlanSize = Type.Object(
  {
    by: words(['doors', 'minutes', 'turfs']),
    doors: Size(5000),
    minutes: Size(1440),
    turfs: Size(5000),
    /** Per cent either way. */
    tolerance: Type.Integer({ minimum: 0, maximum: 100 }),
    wholePrecincts: Type.Boolean(),
    wholeFaces: Type.Boolean(),
    /** 0 is the shortest walks, 100 the roundest turfs. */
    tidy: Type.Integer({ minimum: 0, maximum: 100 }),
    /** What no walk goes across. */
    barriers: Type.Array(words(['water', 'rail', 'road']), { maxItems: 3 }),
  },
  strict,
);
export type PlanSize = Static<typeof PlanSize>;

/**
 * `PUT /v1/universes/:id/plan`: what changed in a plan, all of it or nothing. A wish that comes a
 * second time, because its answer was lost, changes nothing more.
 */
export const KeepPlan = Type.Object(
  {
    turfs: Type.Array(KeepTurf, { maxItems: MOST_TURFS }),
    removed: Type.Array(Type.Object({ id: id<TurfId>(), version: Version }, strict), {
      maxItems: MOST_TURFS,
    }),
    /** Left out: the size that was kept before stays. */
    size: Type.Optional(PlanSize),
  },
  strict,
);
export type KeepPlan = Static<typeof KeepPlan>;

/** The turfs that were written, in the order of the wish. */
export interface KeptPlan {
  readonly turfs: readonly Turf[];
  /** Buildings that are no longer in the universe, and so in no turf. */
  readonly leftOut: number;
}
