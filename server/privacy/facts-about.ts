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
  /** What they are called besides. */
  readonly alsoCalled?: readonly string[];
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

/** Where a fact is, seen from where they live; null: elsewhere. */
export type Near = 'door' | 'building' | 'turf' | null;

/** By which names they would be known there: of a whole turf a first name says too little. */
function namesFor({ firstName, lastName, alsoCalled = [] }: Sought, near: Near) {
  if (near === null) return [];
  return near === 'turf' ? [lastName] : [firstName, lastName, ...alsoCalled];
}

/** How a fact's bytes are about them, where they live or not; null when they are not. */
export function aboutWhom(body: string, who: Sought, near: Near): About | null {
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
  const names = namesFor(who, near);
  if (names.length === 0) return null;
  const text = textsOf(payload as Readonly<Record<string, unknown>>);
  return names.some((name) => mentions(text, name)) ? 'mentioned' : null;
}

/** What they are called besides, by what was put right at their door. */
function otherNames(rows: readonly OpToEmpty[], who: Sought): string[] {
  return rows.flatMap(({ body }) => {
    if (aboutWhom(body, who, null) !== 'named') return [];
    const { type, payload } = JSON.parse(body) as {
      type: string;
      payload: { field?: string; value?: string };
    };
    const isName = payload.field === 'firstName' || payload.field === 'lastName';
    return type === 'correct' && isName && payload.value !== undefined ? [payload.value] : [];
  });
}

/**
 * What is said of their building and of the turfs that it is in, at any door: it is about nobody and
 * may name them all the same.
 */
async function readAround(
  db: Kysely<Tables> | Transaction<Tables>,
  { doorKey }: Sought,
): Promise<(OpToEmpty & { readonly near: Near })[]> {
  const ofBuilding = await db
    .selectFrom('ops')
    .select(OP_TO_EMPTY)
    .where('type', '=', 'building')
    .where('door_key', '<>', doorKey)
    .where('door_key', 'in', (from) =>
      from
        .selectFrom('doors as own')
        .innerJoin('doors as other', 'other.building_key', 'own.building_key')
        .select('other.key')
        .where('own.key', '=', doorKey),
    )
    .execute();
  const ofTurf = await db
    .selectFrom('ops')
    .select(OP_TO_EMPTY)
    .where('type', '=', 'turf-report')
    .where('door_key', '<>', doorKey)
    .where('door_key', 'in', (from) =>
      from
        .selectFrom('turf_doors as own')
        .innerJoin('turf_doors as other', 'other.turf_id', 'own.turf_id')
        .select('other.door_key')
        .where('own.door_key', '=', doorKey),
    )
    .execute();
  return [
    ...ofBuilding.map((row) => ({ ...row, near: 'building' as const })),
    ...ofTurf.map((row) => ({ ...row, near: 'turf' as const })),
  ];
}

/**
 * The facts of the log that are about somebody: at their door, wherever they are named, and where
 * what is said of their building or turf has their name.
 */
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
    .execute();
  const known = { ...who, alsoCalled: otherNames(rows, who) };
  const near = rows.map((row) => ({
    ...row,
    near: row.door_key === who.doorKey ? ('door' as const) : null,
  }));
  const all = [...near, ...(await readAround(db, who))].sort((a, b) => a.seq - b.seq);
  return all.flatMap(({ near: where, ...row }) => {
    const about = aboutWhom(row.body, known, where);
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
      if (aboutWhom(text, who, text.includes(doorId) ? 'door' : null) !== null)
        found.push({ key, body: text });
    }
    if (rows.length < PAGE) return found;
  }
}
