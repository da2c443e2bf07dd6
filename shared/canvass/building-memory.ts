import type { BuildingId, DoorId, MemberId, OpId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import { BUILDING_MEMORY, type BuildingMemory } from '../model/field-words.ts';
import type { Envelope, Operation } from '../model/operation.ts';
import { effectiveFacts } from './effective-facts.ts';
import { knockedAt } from './knocked-at.ts';

/** What is known of a building under one heading, as it was said last. */
export interface Remembered {
  readonly about: BuildingMemory;
  readonly text: string;
  /** Of an entrance, where it is: degrees WGS84. */
  readonly place: { readonly lon: number; readonly lat: number } | null;
  /** Set right by the server's clock. */
  readonly at: Instant;
  readonly actorId: MemberId;
  readonly opId: OpId;
  /** The door at which it was learnt. */
  readonly doorId: DoorId;
  /** How many different members have said the same. */
  readonly seenBy: number;
}

type Said = Envelope<'building'>;

/** Two places this near are one entrance, in degrees of latitude: some 15 m. */
const NEAR = 0.00014;

/** The words without what a hurried thumb makes of them. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function placeOf({ payload: { lon, lat } }: Said): Remembered['place'] {
  return lon === undefined || lat === undefined ? null : { lon, lat };
}

function isSame(one: Said, other: Said): boolean {
  const [a, b] = [placeOf(one), placeOf(other)];
  if (a !== null && b !== null) {
    const wide = Math.cos((a.lat * Math.PI) / 180);
    return Math.hypot((a.lon - b.lon) * wide, a.lat - b.lat) <= NEAR;
  }
  return plain(one.payload.text ?? '') === plain(other.payload.text ?? '');
}

function toRemembered(last: Said, all: readonly Said[]): Remembered | null {
  const { about, text, doorId } = last.payload;
  if (text === null) return null;
  const same = all.filter((said) => said.payload.text !== null && isSame(last, said));
  return {
    about,
    text,
    place: placeOf(last),
    at: knockedAt(last),
    actorId: last.actorId,
    opId: last.opId,
    doorId,
    seenBy: new Set(same.map((said) => said.actorId)).size,
  };
}

/**
 * What is known of each building out of what was said at any of its doors, under each heading what
 * was said last: the same for every order and repetition of the same facts. What was taken back or
 * emptied does not count.
 */
export function rememberBuildings(
  facts: Iterable<Operation>,
): ReadonlyMap<BuildingId, readonly Remembered[]> {
  const told = [...facts].filter(({ type }) => type === 'building' || type === 'withdraw');
  const buildings = new Map<BuildingId, Map<BuildingMemory, Said[]>>();
  for (const fact of effectiveFacts(told)) {
    if (fact.type !== 'building' || fact.emptied === true) continue;
    const { buildingId, about } = fact.payload;
    const known = buildings.get(buildingId) ?? new Map<BuildingMemory, Said[]>();
    buildings.set(buildingId, known);
    known.set(about, [...(known.get(about) ?? []), fact]);
  }
  return new Map(
    [...buildings].map(([id, known]) => [
      id,
      BUILDING_MEMORY.flatMap((about) => {
        const all = known.get(about) ?? [];
        const last = all.at(-1);
        return (last === undefined ? null : toRemembered(last, all)) ?? [];
      }),
    ]),
  );
}
