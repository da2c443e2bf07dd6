import { problem } from '../kernel/problem.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { ColumnUse, RollField } from '../model/roll.ts';

/**
 * Whether a roll can be made from columns with these meanings: an id, a name and an address. An id
 * is needed to know a person again in the next roll. Problem: roll-columns-missing with the
 * meanings that nobody has.
 */
export function checkMapping(columns: readonly Pick<ColumnUse, 'field'>[]): Result<true> {
  const has = (field: RollField): boolean => columns.some((use) => use.field === field);
  const missing: string[] = [];
  if (!has('voter-id')) missing.push('voter id');
  if (!has('last-name') && !has('full-name')) missing.push('last name');
  if (!has('address-line') && !has('street-name')) missing.push('street address');
  if (missing.length === 0) return ok(true);
  return fail(problem('roll-columns-missing', { missing: missing.join(', ') }));
}
