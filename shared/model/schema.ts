import { Type, type TUnsafe } from 'typebox';
import type { Id } from '../kernel/ids.ts';

/** One of a fixed list of words. AJV checks an enum faster than a union of literals. */
export function words<const W extends readonly string[]>(list: W): TUnsafe<W[number]> {
  return Type.Unsafe<W[number]>({ type: 'string', enum: [...list] });
}

/** An id of one kind: a UUID in lower case. */
export function id<K extends Id<string>>(): TUnsafe<K> {
  return Type.Unsafe<K>({
    type: 'string',
    maxLength: 36,
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
  });
}

/** A value that may be null. */
export function orNull<T>(schema: object): TUnsafe<T | null> {
  return Type.Unsafe<T | null>({ ...schema, nullable: true });
}

/** A language tag such as `es` or `zh-Hant`. */
export const languageTag = Type.String({
  pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$',
  maxLength: 35,
});

/** Unknown fields are refused loudly, never stripped. */
export const strict = { additionalProperties: false } as const;
