import { type Static, Type } from 'typebox';
import type { BuildingId, OpId } from '../kernel/ids.ts';
import { BUILDING_MEMORY, type BuildingMemory } from './field-words.ts';
import { id, orNull, strict, words } from './schema.ts';

/** Something that was said of a building, by whom and when: at a door, or at the desk. */
export interface ToldOfBuilding {
  readonly opId: OpId;
  readonly about: BuildingMemory;
  /** Null: that what was said before is no longer so. */
  readonly text: string | null;
  /** In ms since 1970. */
  readonly at: number;
  readonly who: string;
  readonly atDesk: boolean;
}

/** What stands of a building under one heading. */
export interface KnownOfBuilding {
  readonly about: BuildingMemory;
  readonly text: string;
  /** Of an entrance, that somebody put it on the map. */
  readonly onMap: boolean;
  readonly at: number;
  readonly who: string;
  /** How many different people have said the same. */
  readonly seenBy: number;
}

/** One building as the desk reads and corrects what is remembered of it. */
export interface DeskBuilding {
  readonly id: BuildingId;
  readonly number: string;
  readonly street: string;
  readonly city: string;
  readonly known: readonly KnownOfBuilding[];
  /** All that was said and was not taken back, newest first. */
  readonly told: readonly ToldOfBuilding[];
}

/** `GET /v1/buildings`: what was said last first; with a search its matches by street and number. */
export interface BuildingPage {
  readonly buildings: readonly DeskBuilding[];
  /** Buildings of which something is remembered, or that match. */
  readonly total: number;
  /** How many to pass over for the next page; null at the end. */
  readonly next: number | null;
}

/** `POST /v1/buildings/:id/memory`: what the desk knows better. `text` null: no longer so. */
export const CorrectBuilding = Type.Object(
  {
    /** Made where it is written: said again, it is the same. */
    opId: id<OpId>(),
    about: words(BUILDING_MEMORY),
    text: orNull<string>(Type.String({ minLength: 1, maxLength: 300, pattern: '\\S' })),
  },
  strict,
);
export type CorrectBuilding = Static<typeof CorrectBuilding>;
