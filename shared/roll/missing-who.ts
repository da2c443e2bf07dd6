import type { LayerHow } from '../model/layer-kind.ts';
import type { ColumnUse, RollField } from '../model/roll.ts';

/** What a file must say of people, by how they are found: meanings of which one of each list is there. */
export function findMissingWho(
  columns: readonly Pick<ColumnUse, 'field'>[],
  how: LayerHow,
): readonly ('id' | 'name' | 'address')[] {
  const has = (...fields: RollField[]): boolean =>
    columns.some(({ field }) => fields.includes(field));
  const missing: ('id' | 'name' | 'address')[] = [];
  if (how !== 'name' && !has('voter-id')) missing.push('id');
  if (how === 'id') return missing;
  if (!has('full-name') && !(has('first-name') && has('last-name'))) missing.push('name');
  if (!has('address-line', 'street-name')) missing.push('address');
  return missing;
}
