import { Type, type Static } from 'typebox';
import type { PersonId, TagId } from '../kernel/ids.ts';
import { strict } from './schema.ts';

/** Tags that canvassers choose from; more would be found by nobody at a door. */
export const MOST_TAGS = 60;

/** A tag as a phone offers it. */
export interface PacketTag {
  readonly id: TagId;
  readonly name: string;
  /** No longer offered; whoever carries it still does. Left out: it is offered. */
  readonly retired?: true;
}

/** `GET /v1/tags`. Times in ms since 1970. */
export interface Tag {
  readonly id: TagId;
  readonly name: string;
  /** Null: it is offered at doors. */
  readonly retiredAt: number | null;
  /** People who carry it now. */
  readonly people: number;
  /** Grows with every change; sent back as If-Match. */
  readonly version: number;
}

/** `POST /v1/tags`. */
export const MakeTag = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }) },
  strict,
);
export type MakeTag = Static<typeof MakeTag>;

/** `PATCH /v1/tags/:id` with If-Match. */
export const ChangeTag = Type.Object(
  {
    name: Type.Optional(MakeTag.properties.name),
    retired: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type ChangeTag = Static<typeof ChangeTag>;

/** Somebody who carries a tag. */
export interface TagCarrier {
  readonly personId: PersonId;
  readonly name: string;
  readonly address: string;
}

/** `GET /v1/tags/:id/people`: a page of them, by name. */
export interface TagCarriers {
  readonly people: readonly TagCarrier[];
  readonly total: number;
  /** How many to pass over for the next page; null at the end. */
  readonly next: number | null;
}
