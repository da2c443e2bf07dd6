import Type, { type Static } from 'typebox';
import { strict } from './schema.ts';

/** A file of voters that is about to be sent. */
export const BeginUpload = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 400 }),
    bytes: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    /** SHA-256 of its size and of the parts that fingerprintParts names, in hex. */
    fingerprint: Type.String({ pattern: '^[0-9a-f]{64}$', minLength: 64, maxLength: 64 }),
  },
  strict,
);
export type BeginUpload = Static<typeof BeginUpload>;

/** A file on its way: its next byte. */
export interface OpenUpload {
  readonly uploadId: string;
  readonly offset: number;
}
