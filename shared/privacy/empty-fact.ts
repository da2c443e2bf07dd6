import { canonicalJson } from '../kernel/canonical.ts';
import type { PersonId } from '../kernel/ids.ts';

/** Who stands in an emptied fact where somebody stood who was erased. Nobody ever gets this id. */
export const NOBODY = '00000000-0000-8000-8000-000000000000' as PersonId;

/** What is taken out of a fact: the person with all that was said, or notes or answers alone. */
export type Emptied = 'person' | 'notes' | 'answers';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether anybody spoke, or why not, without what it tells of them: their language, when they are in. */
function bareOutcome(outcome: unknown): unknown {
  if (!isObject(outcome)) return outcome;
  return Object.fromEntries(
    Object.entries(outcome).filter(([name]) => name === 'kind' || name === 'result'),
  );
}

function emptyPayload(payload: Json, takes: (what: Emptied) => boolean): Json {
  const person = takes('person');
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(payload)) {
    if (name === 'personId') kept[name] = person && value !== null ? NOBODY : value;
    else if (name === 'note') kept[name] = person || takes('notes') ? null : value;
    // Of a building, null takes back what was said of it.
    else if (name === 'text') {
      kept[name] = value !== null && (person || takes('notes')) ? '' : value;
    } else if (name === 'answers') kept[name] = person || takes('answers') ? [] : value;
    else if (name === 'outcome') {
      kept[name] = person || takes('answers') ? bareOutcome(value) : value;
    } else if (name === 'firstName' || name === 'lastName') kept[name] = person ? '' : value;
    else if (!person || name === 'doorId' || name === 'opId') kept[name] = value;
  }
  return kept;
}

/**
 * A fact's bytes without what they said of somebody: its id, its kind, its door, its moment, its
 * author and whether anybody spoke stay, so that counts stay as they were. A field that this
 * version does not know goes with the person. Null when there is nothing to take, or no fact to read.
 */
export function emptyFact(body: string, what: readonly Emptied[]): string | null {
  let fact: unknown;
  try {
    fact = JSON.parse(body);
  } catch {
    return null;
  }
  if (!isObject(fact) || !isObject(fact['payload'])) return null;
  const payload = emptyPayload(fact['payload'], (one) => what.includes(one));
  if (canonicalJson(payload) === canonicalJson(fact['payload'])) return null;
  return canonicalJson({ ...fact, emptied: true, payload });
}
