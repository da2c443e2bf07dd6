import { OPERATION_TYPES, type Operation } from '../model/operation.ts';

/**
 * The operation that a body holds, or null when it is none that this version can fold: a newer
 * server may send types that an older phone does not know, and the phone walks on without them.
 * `eff` is the stamp that counts instead of the operation's own, when that was too far ahead (P11).
 */
export function readOperation(body: string, eff?: string): Operation | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  if (!('type' in value) || !('v' in value) || value.v !== 1) return null;
  if (!('opId' in value) || !('payload' in value) || !('entityId' in value)) return null;
  if (!OPERATION_TYPES.some((type) => type === value.type)) return null;
  const operation = value as Operation;
  return eff === undefined ? operation : { ...operation, hlc: eff };
}
