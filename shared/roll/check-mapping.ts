import { problem } from '../kernel/problem.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { ColumnUse, RollField } from '../model/roll.ts';

const NEEDED = [
  { any: ['voter-id'], name: 'voter id' },
  { any: ['last-name', 'full-name'], name: 'last name' },
  { any: ['address-line', 'street-name'], name: 'street address' },
] as const satisfies readonly { readonly any: readonly RollField[]; readonly name: string }[];

/**
 * Of what a roll cannot do without, what these columns lack: an id, a name and an address, each as
 * the meaning that gives it most plainly. An id is needed to know a person again in the next roll.
 */
export function findMissing(
  columns: readonly Pick<ColumnUse, 'field'>[],
): (typeof NEEDED)[number]['any'][0][] {
  const has = (field: RollField): boolean => columns.some((use) => use.field === field);
  return NEEDED.filter(({ any }) => !any.some(has)).map(({ any }) => any[0]);
}

/**
 * Whether a roll can be made from columns with these meanings. Problem: roll-columns-missing with
 * the meanings that nobody has.
 */
export function checkMapping(columns: readonly Pick<ColumnUse, 'field'>[]): Result<true> {
  const missing = findMissing(columns);
  if (missing.length === 0) return ok(true);
  const names = NEEDED.filter(({ any }) => missing.includes(any[0])).map(({ name }) => name);
  return fail(problem('roll-columns-missing', { missing: names.join(', ') }));
}
