import { OPERATION_TYPES, type Operation } from '../model/operation.ts';

/**
 * The operation that a body holds, or null when it is none that this version can fold: a newer
 * server may send types that an older phone does not know, and the phone walks on without them.
 */
export function readOperation(body: string): Operation | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  if (!('type' in value) || !('v' in value) || value.v !== 1) return null;
  if (!('opId' in value) || !('payload' in value) || !('entityId' in value)) return null;
  return OPERATION_TYPES.some((type) => type === value.type) ? (value as Operation) : null;
}
