import { Type, type Static } from 'typebox';
import type { TurfId, UniverseId } from '../kernel/ids.ts';
import { LayerFilter, type LayerFacet } from './layer.ts';
import { strict } from './schema.ts';

const list = Type.Array(Type.String({ maxLength: 80 }), { maxItems: 500 });

/**
 * A saved question about the roll. Each member that is given narrows the people further; an
 * empty list means any. Do not contact is never part of a universe, whatever the question.
 */
export const UniverseQuestion = Type.Object(
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
export type UniverseQuestion = Static<typeof UniverseQuestion>;

/** Everyone whom the roll knows. */
export const EVERYONE: UniverseQuestion = {
  parties: [],
  precincts: [],
  minAge: null,
  maxAge: null,
  elections: [],
  votedAtLeast: 1,
};

/** `POST /v1/universes/count`. `placed` is the doors with a place on the map. */
export interface UniverseCount {
  readonly people: number;
  readonly doors: number;
  readonly placed: number;
}

/** `GET /v1/universes/facets`: what the roll offers to choose from, most frequent first. */
export interface UniverseFacets {
  readonly people: number;
  readonly parties: readonly { readonly value: string; readonly people: number }[];
  readonly precincts: readonly { readonly value: string; readonly people: number }[];
  /** Newest first; `label` is for people, e.g. `General 2024`. */
  readonly elections: readonly {
    readonly value: string;
    readonly label: string;
    readonly people: number;
  }[];
  /** Columns of the chapter's own layers that this member may ask for. */
  readonly layers?: readonly LayerFacet[];
}

export const SaveUniverse = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 120 }), question: UniverseQuestion },
  strict,
);
export type SaveUniverse = Static<typeof SaveUniverse>;

/** `GET /v1/universes`. */
export interface Universe {
  readonly id: UniverseId;
  readonly name: string;
  readonly question: UniverseQuestion;
  readonly people: number;
  readonly doors: number;
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
  /** Index into `precincts`; -1 where none is known. */
  readonly precinct: readonly number[];
  readonly precincts: readonly string[];
  /** The units of each building of twenty doors and more, lowest first. */
  readonly units: readonly (readonly [index: number, units: readonly string[]])[];
  /** Of buildings whose floors were shared out: which turf has which units. */
  readonly shared: readonly (readonly [
    index: number,
    parts: readonly (readonly [turf: number, units: readonly string[]])[],
  ])[];
}
