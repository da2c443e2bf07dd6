import { type Static, Type } from 'typebox';
import type { Id, TurfId, UniverseId } from '../kernel/ids.ts';
import { id, strict } from './schema.ts';

export type TurfSetId = Id<'turf-set'>;

const Name = Type.String({ minLength: 1, maxLength: 80 });

/** Turfs that one set may hold. */
const MOST_TURFS = 1000;

/** A row of `GET /v1/turf-sets`: turfs that were kept under a name, to be used again. */
export interface TurfSet {
  readonly id: TurfSetId;
  readonly name: string;
  /** What the universe was called that they were cut from. */
  readonly universeName: string;
  readonly turfs: number;
  readonly buildings: number;
  readonly keptAt: number;
  /** Null for a member who is no longer known. */
  readonly keptBy: string | null;
}

/** `POST /v1/turf-sets`: names, outlines, buildings and walks of these turfs of one universe. */
export const KeepTurfSet = Type.Object(
  { name: Name, turfIds: Type.Array(id<TurfId>(), { minItems: 1, maxItems: MOST_TURFS }) },
  strict,
);
export type KeepTurfSet = Static<typeof KeepTurfSet>;

/** `PATCH /v1/turf-sets/:id`. */
export const RenameTurfSet = Type.Object({ name: Name }, strict);
export type RenameTurfSet = Static<typeof RenameTurfSet>;

/** `POST /v1/turf-sets/:id/use`: drafts in a universe out of a set. */
export const UseTurfSet = Type.Object({ universeId: id<UniverseId>() }, strict);
export type UseTurfSet = Static<typeof UseTurfSet>;

/** What it answers. */
export interface UsedTurfSet {
  /** Drafts that were made. */
  readonly turfs: number;
  readonly buildings: number;
  /** Buildings of the set that the universe does not have. */
  readonly gone: number;
  /** Buildings that are in an open turf of the universe already. */
  readonly taken: number;
  /** Turfs of the set of which nothing is left. */
  readonly empty: number;
}
