import { OPERATION_TYPES, type Operation } from '../model/operation.ts';
import { newestVersion, upcast } from './upcast.ts';

/**
 * The operation that a body holds, or null when it is none that this version can fold: a newer
 * server may send types that an older phone does not know, and the phone walks on without them.
 * `eff` is the stamp that counts instead of the operation's own, when that was too far ahead (P11).
 */
export function readOperation(body: string, eff?: string): Operation | null {
  let stored: unknown;
  try {
    stored = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof stored !== 'object' || stored === null) return null;
  const value = upcast(stored as Readonly<Record<string, unknown>>);
  if (typeof value.type !== 'string' || value.v !== newestVersion(value.type)) return null;
  if (!('opId' in value) || !('payload' in value) || !('entityId' in value)) return null;
  if (!OPERATION_TYPES.some((type) => type === value.type)) return null;
  const operation = value as unknown as Operation;
  return eff === undefined ? operation : { ...operation, hlc: eff };
}
