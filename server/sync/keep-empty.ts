import { hash } from 'node:crypto';
import { emptyFact } from '#shared/privacy/empty-fact.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { LogView } from './log-view.ts';
import type { ReadOp } from './read-sealed.ts';

/** A fact as it is kept when whoever it names was erased. */
export interface KeptEmpty {
  readonly body: string;
  /** Of the body, in hex. */
  readonly sha256: string;
  readonly operation: Operation;
}

/**
 * The same fact without the person, when they were erased before it came, or came again: a phone
 * keeps what it sent for 14 days and sends it once more to a restored chapter (P9). Null when
 * nobody whom it names was.
 */
export function keepEmpty(view: LogView, { sealed, operation }: ReadOp): KeptEmpty | null {
  if (typeof operation === 'string' || !('personId' in operation.payload)) return null;
  const { personId } = operation.payload;
  if (personId === null || !view.known.erased.has(personId)) return null;
  const body = emptyFact(sealed.body, ['person']);
  if (body === null) return null;
  return {
    body,
    sha256: hash('sha256', body),
    operation: JSON.parse(body) as Operation,
  };
}
