import type { ColumnUse, RollInspection } from '#shared/model/roll.ts';
import type { SavedMapping } from '#shared/model/saved-mapping.ts';
import { applySaved, fingerprintOf } from '#shared/roll/saved-mapping.ts';
import { useApi } from '../../api/use-api.ts';

/** How this chapter read such a file before: the meaning of each column; null when it never did. */
export function useSavedMapping(
  inspection: RollInspection,
): { readonly name: string; readonly uses: readonly (ColumnUse | null)[] } | null {
  const { data } = useApi<readonly SavedMapping[]>('/v1/roll/mappings');
  if (inspection.layout !== null || data === null) return null;
  const fingerprint = fingerprintOf(inspection.columns.map(({ name }) => name));
  const saved = data.find((one) => one.fingerprint === fingerprint);
  const uses = saved === undefined ? null : applySaved(inspection.columns, saved.columns);
  return saved === undefined || uses === null ? null : { name: saved.name, uses };
}
