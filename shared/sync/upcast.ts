type Fields = Readonly<Record<string, unknown>>;

/** Turns an operation of one version into the next one's. Pure, and total on whatever was accepted. */
export type Upcaster = (older: Fields) => Fields;

/** For each type the steps from version 1 to 2, from 2 to 3, and so on. */
export type Upcasters = ReadonlyMap<string, readonly Upcaster[]>;

/**
 * Every version of every type that was ever released, as the steps that lead from it to today's.
 * Steps are only ever added: phones that were offline for long, the log and backups hold the old
 * ones for ever. What each must mean is kept in tests/golden/ops.
 */
export const UPCASTERS: Upcasters = new Map([
  ['knock', []],
  ['note', []],
  ['resident', []],
  ['lit-drop', []],
  ['withdraw', []],
  ['consent', []],
  ['contact-consent', []],
  ['correct', []],
  ['tag', []],
  ['follow-up', []],
  ['signature', []],
  ['door', []],
  ['building', []],
  ['turf-report', []],
  ['sign-up', []],
]);

/** The version of a type that this code works with; 0 for a type that it does not know. */
export function newestVersion(type: string, upcasters: Upcasters = UPCASTERS): number {
  const steps = upcasters.get(type);
  return steps === undefined ? 0 : steps.length + 1;
}

/**
 * What an operation of any released version says in today's. Of a type or version that is not known
 * here it is given back as it is, for the caller to call it one of the future. The bytes that were
 * sent stay as they are, wherever they are kept.
 */
export function upcast(operation: Fields, upcasters: Upcasters = UPCASTERS): Fields {
  const { type, v } = operation;
  const steps = typeof type === 'string' ? upcasters.get(type) : undefined;
  if (steps === undefined || typeof v !== 'number' || !Number.isInteger(v) || v < 1)
    return operation;
  return steps.slice(v - 1).reduce((older, step) => step(older), operation);
}
