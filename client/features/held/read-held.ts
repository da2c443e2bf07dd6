import type { Answer, Given } from '#shared/model/fact.ts';
import { OPERATION_TYPES, type OperationType } from '#shared/model/operation.ts';
import { RESULTS, type ResultCode } from '#shared/model/results.ts';

/** What can be told of something that arrived and could not be applied. */
export interface HeldWords {
  /** Null for a kind of fact that this version does not know. */
  readonly type: OperationType | null;
  /** What a knock came to. */
  readonly outcome: ResultCode | 'contact' | null;
  readonly answers: readonly Answer[];
  /** What was written down: a note, a promise, what was put right, the unit that was found. */
  readonly note: string | null;
  /** Somebody met at the door. */
  readonly name: string | null;
  /** The phone's clock when it was written, ms since 1970. */
  readonly at: number | null;
  readonly scriptVersionId: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function outcomeOf(value: unknown): HeldWords['outcome'] {
  const { kind, result } = fieldsOf(value);
  if (kind === 'contact') return 'contact';
  return RESULTS.find((code) => code === result) ?? null;
}

function isGiven(value: unknown): value is Given {
  const { kind, level, option, options, text, number, date } = fieldsOf(value);
  if (kind === 'support') return [1, 2, 3, 4, 5].some((one) => one === level);
  if (kind === 'one') return typeof option === 'string';
  if (kind === 'text') return typeof text === 'string';
  if (kind === 'number') return typeof number === 'number';
  if (kind === 'date') return typeof date === 'string';
  if (kind === 'many') {
    return Array.isArray(options) && options.every((one) => typeof one === 'string');
  }
  return kind === 'skipped' || kind === 'refused' || kind === 'unknown';
}

function answersOf(value: unknown): readonly Answer[] {
  if (!Array.isArray(value)) return [];
  return value.filter((one: unknown): one is Answer => {
    const { id, questionId, given } = fieldsOf(one);
    return typeof id === 'string' && typeof questionId === 'string' && isGiven(given);
  });
}

/**
 * Reads as much as can be read of a held body, which may be damaged, from a newer version, or no
 * JSON at all; null when there is nothing to tell. Never throws.
 */
export function readHeld(body: string): HeldWords | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  const fields = fieldsOf(value);
  if (Object.keys(fields).length === 0) return null;
  const payload = fieldsOf(fields.payload);
  const at = fieldsOf(fields.at).ms;
  const names = [textOf(payload.firstName), textOf(payload.lastName)].filter(Boolean);
  return {
    type: OPERATION_TYPES.find((type) => type === fields.type) ?? null,
    outcome: outcomeOf(payload.outcome),
    answers: answersOf(payload.answers),
    note:
      [payload.note, payload.text, payload.value, payload.unit].map(textOf).find(Boolean) ?? null,
    name: names.length === 0 ? null : names.join(' '),
    // What no Date can hold is no time that could be shown.
    at: typeof at === 'number' && Math.abs(at) <= 8.64e15 ? at : null,
    scriptVersionId: textOf(fields.scriptVersionId),
  };
}
