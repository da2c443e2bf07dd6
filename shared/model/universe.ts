import { Type, type Static } from 'typebox';
import type { CampaignId, QuestionId, TurfId, UniverseId } from '../kernel/ids.ts';
import { LayerFilter, type LayerFacet } from './layer.ts';
import { id, strict } from './schema.ts';
import type { QuestionKind } from './script.ts';
import type { PlanSize } from './turf-plan.ts';
import { type Step, UniverseSteps } from './universe-step.ts';

const list = Type.Array(Type.String({ maxLength: 80 }), { maxItems: 500 });

/**
 * A saved question, first form, as older versions made it. Each member that is given narrows the
 * people further; an empty list means any. See readSteps.
 */
export const FirstQuestion = Type.Object(
  {
    parties: list,
    precincts: list,
    /** Whole years, inclusive; null is no limit. People without an age pass only when both are null. */
    minAge: Type.Unsafe<number | null>({
      type: 'integer',
      nullable: true,
      minimum: 0,
      maximum: 130,
    }),
    maxAge: Type.Unsafe<number | null>({
      type: 'integer',
      nullable: true,
      minimum: 0,
      maximum: 130,
    }),
    /** Voted in at least `votedAtLeast` of these elections; no limit when the list is empty. */
    elections: list,
    votedAtLeast: Type.Integer({ minimum: 0, maximum: 500 }),
    /** By columns of the chapter's own layers; older questions have none. */
    layers: Type.Optional(Type.Array(LayerFilter, { maxItems: 20 })),
  },
  strict,
);
export type FirstQuestion = Static<typeof FirstQuestion>;

/** A saved question. Do not contact is never part of a universe, whatever it asks for. */
export const UniverseQuestion = Type.Union([FirstQuestion, UniverseSteps]);
export type UniverseQuestion = FirstQuestion | UniverseSteps;

/** Everyone whom the roll knows. */
export const EVERYONE: FirstQuestion = {
  parties: [],
  precincts: [],
  minAge: null,
  maxAge: null,
  elections: [],
  votedAtLeast: 1,
};

/** People and the doors that they live behind. */
export interface Counted {
  readonly people: number;
  readonly doors: number;
}

/** `POST /v1/universes/count`. `placed` is the doors with a place on the map. */
export interface UniverseCount extends Counted {
  readonly placed: number;
  /** After each step, in their order; a question of the first form has none. */
  readonly steps?: readonly Counted[];
  /**
   * Those among them who said that nobody may come to the door, and the doors that have nobody else
   * of them: in no turf. Left out where there are none.
   */
  readonly noVisit?: Counted;
}

/** A value to choose, with how many have it. */
export interface Facet {
  readonly value: string;
  readonly people: number;
}

/** A question of a script, as answers can be asked for. */
export interface QuestionFacet {
  readonly id: QuestionId;
  readonly scriptName: string;
  readonly kind: QuestionKind;
  readonly prompt: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
}

/** A tag, as it can be asked for. */
export interface TagFacet extends Facet {
  readonly label: string;
}

/** `GET /v1/universes/facets`: what there is to choose from, most frequent first. */
export interface UniverseFacets {
  readonly people: number;
  readonly parties: readonly Facet[];
  readonly precincts: readonly Facet[];
  /** Newest first; `label` is for people, e.g. `General 2024`. */
  readonly elections: readonly (Facet & { readonly label: string })[];
  /** How people voted, where the roll says so. */
  readonly methods: readonly Facet[];
  readonly sexes: readonly Facet[];
  readonly statuses: readonly Facet[];
  readonly languages: readonly Facet[];
  /** By kind, such as `congressional`. */
  readonly districts: readonly { readonly of: string; readonly values: readonly Facet[] }[];
  /** True where some have a day of registration. */
  readonly registered: boolean;
  /** Columns of the chapter's own layers that this member may ask for. */
  readonly layers?: readonly LayerFacet[];
  readonly questions?: readonly QuestionFacet[];
  /** The chapter's tags, with those that are no longer offered. */
  readonly tags?: readonly TagFacet[];
}

export const SaveUniverse = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 120 }),
    question: UniverseQuestion,
    /** True keeps the people as they are now, whatever the roll and the field say later. */
    frozen: Type.Optional(Type.Boolean()),
    /** A universe whose question and people it takes over, whatever `question` says. */
    copyOf: Type.Optional(id<UniverseId>()),
  },
  strict,
);
export type SaveUniverse = Static<typeof SaveUniverse>;

/** `PATCH /v1/universes/:id` with If-Match. */
export const ChangeUniverse = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
    question: Type.Optional(UniverseQuestion),
    frozen: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type ChangeUniverse = Static<typeof ChangeUniverse>;

/** `GET /v1/universes`. People and doors are as of when it was saved, changed or frozen. */
export interface Universe {
  readonly id: UniverseId;
  readonly name: string;
  readonly question: UniverseQuestion;
  readonly people: number;
  readonly doors: number;
  readonly version: number;
  /** When its people were kept as they were, in ms since 1970; null: it is asked anew each time. */
  readonly frozenAt: number | null;
  /** Turfs that are cut from it. */
  readonly turfs: number;
  /** The size that they were asked for in; null before a plan was kept. */
  readonly planSize: PlanSize | null;
}

/** What is known of a universe when its question is asked: what others it asks for, and when. */
export interface Asked {
  /** Ms since 1970. */
  readonly now: number;
  readonly campaign: CampaignId;
  /** The chapter's, for days. */
  readonly timeZone: string;
  /** Each universe that is asked for; null: its people are kept. */
  readonly universes: ReadonlyMap<UniverseId, readonly Step[] | null>;
}
/** A question that is ready to be asked. */
export interface AskedSteps extends UniverseSteps {
  readonly asked: Asked;
}

/**
 * `GET /v1/universes/:id/doors`: the doors as columns, one entry a building with its doors, so
 * that 200,000 travel well. `buildings[i]` stands at `lon[i]`, `lat[i]` and holds `doors[i]` doors
 * with `people[i]` people of the universe; `turf[i]` is an index into `turfs`, or -1 when uncut.
 */
export interface UniverseDoors {
  readonly buildings: readonly string[];
  readonly label: readonly string[];
  readonly lon: readonly number[];
  readonly lat: readonly number[];
  readonly doors: readonly number[];
  readonly people: readonly number[];
  /** Empty for a question that is not saved. */
  readonly turfs: readonly TurfId[];
  readonly turf: readonly number[];
  /** Where in its turf's walk, from 1; 0 when uncut. */
  readonly position: readonly number[];
  readonly street: readonly string[];
  readonly number: readonly string[];
  /** Who asked for no visits and so is not among them, as in a count; left out where nobody did. */
  readonly noVisit?: Counted;
  /** Index into `precincts`; -1 where none is known. */
  readonly precinct: readonly number[];
  readonly precincts: readonly string[];
  /** The units of each building of twenty doors and more, or that is shared out, lowest first. */
  readonly units: readonly (readonly [index: number, units: readonly string[]])[];
  /** Of buildings whose floors were shared out: which turf has which units. */
  readonly shared: readonly (readonly [
    index: number,
    parts: readonly (readonly [turf: number, units: readonly string[]])[],
  ])[];
}
