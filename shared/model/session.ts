import { Type } from 'typebox';
import { strict } from './schema.ts';

/** A session of the member who asks; times in ms since 1970. */
export interface OwnSession {
  /** Names it; nobody gets in with it. */
  readonly id: string;
  /** The browser and its system, such as `Firefox, Windows`; null: it did not say. */
  readonly device: string | null;
  /** What it was begun with; null: before that was written down. */
  readonly how: 'link' | 'passkey' | 'recovery' | null;
  readonly since: number;
  /** To within a quarter of an hour; null: before that was noted. */
  readonly seenAt: number | null;
  /** When it ends if it is not used. */
  readonly until: number;
  /** The one that asks. */
  readonly here: boolean;
}

/** `DELETE /v1/sessions/:id`. */
export const SessionId = Type.Object(
  { id: Type.String({ pattern: '^[A-Za-z0-9_-]+$', minLength: 1, maxLength: 64 }) },
  strict,
);
