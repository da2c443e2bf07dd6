import type { Transaction, Kysely } from 'kysely';
import type { PersonId } from '#shared/kernel/ids.ts';
import type { Tables } from '../store/tables.ts';
import { OP_TO_EMPTY, type OpToEmpty } from './empty-ops.ts';

/** Whom facts are looked through for. */
export interface Sought {
  readonly id: PersonId;
  readonly key: number;
  readonly doorKey: number;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/** A held fact, whole. */
export interface HeldAbout {
  readonly key: number;
  readonly body: string;
}

/** How a fact is about somebody: it names them, or its own words do, at their door. */
export type About = 'named' | 'mentioned';

const PAGE = 500;
/** Shorter names are words of many others. */
const SHORTEST = 3;

const plain = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** True when a text has the name as a word of its own, whatever its accents and case. */
function mentions(text: string, name: string | null): boolean {
  if (name === null || name.trim().length < SHORTEST) return false;
  const words = plain(text).split(/[^\p{L}\p{N}]+/u);
  return plain(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= SHORTEST)
    .some((word) => words.includes(word));
}

function textsOf(payload: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([payload['note'] ?? '', payload['text'] ?? '', payload['answers'] ?? []]);
}

/** How a fact's bytes are about them, at the door where they live or not; null when they are not. */
export function aboutWhom(body: string, who: Sought, atTheirDoor: boolean): About | null {
  let fact: unknown;
  try {
    fact = JSON.parse(body);
  } catch {
    return body.includes(who.id) ? 'named' : null;
  }
  const payload = (fact as { payload?: unknown } | null)?.payload;
  if (typeof payload !== 'object' || payload === null) {
    return body.includes(who.id) ? 'named' : null;
  }
  if ((payload as { personId?: unknown }).personId === who.id) return 'named';
  if (!atTheirDoor) return null;
  const text = textsOf(payload as Readonly<Record<string, unknown>>);
  return mentions(text, who.firstName) || mentions(text, who.lastName) ? 'mentioned' : null;
}

/** The facts of the log that are about somebody: at their door, and wherever they are named. */
export async function factsAbout(
  db: Kysely<Tables> | Transaction<Tables>,
  who: Sought,
): Promise<(OpToEmpty & { readonly about: About })[]> {
  const rows = await db
    .selectFrom('ops')
    .select(OP_TO_EMPTY)
    .where((where) =>
      where.or([where('person_key', '=', who.key), where('door_key', '=', who.doorKey)]),
    )
    .orderBy('seq')
    .execute();
  return rows.flatMap((row) => {
    const about = aboutWhom(row.body, who, row.door_key === who.doorKey);
    return about === null ? [] : [{ ...row, about }];
  });
}

/** What is held about somebody, page by page: held bytes may be large. */
export async function heldAbout(
  db: Kysely<Tables> | Transaction<Tables>,
  who: Sought,
  doorId: string,
): Promise<HeldAbout[]> {
  const found: HeldAbout[] = [];
  for (let after = 0; ;) {
    const rows = await db
      .selectFrom('held_ops')
      .select(['key', 'body'])
      .where('key', '>', after)
      .where('emptied', '=', 0)
      .orderBy('key')
      .limit(PAGE)
      .execute();
    for (const { key, body } of rows) {
      after = key;
      const text = Buffer.from(body).toString();
      if (aboutWhom(text, who, text.includes(doorId)) !== null) found.push({ key, body: text });
    }
    if (rows.length < PAGE) return found;
  }
}
