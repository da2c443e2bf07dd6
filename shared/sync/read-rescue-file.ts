import type { KeptOp, RescueFile } from './protocol.ts';

/** What a browser offers when it asks for a rescue file. */
export const RESCUE_FILES = '.json,application/json';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function isKept(value: unknown): value is KeptOp {
  return isFields(value) && isText(value.opId) && isText(value.sha256) && isText(value.sealed);
}

/**
 * The rescue file that a text holds, or null when it holds none. Whether the phone that it names
 * made it is for the server to say, which knows that phone's key.
 */
export function readRescueFile(text: string): RescueFile | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isFields(value) || value.format !== 'homeground-rescue') return null;
  if (value.v !== 1 && value.v !== 2) return null;
  const texts = [value.chapterId, value.deviceId, value.dbEpoch, value.signature];
  const counts = [value.maxLocalSeq, value.savedAt];
  if (!texts.every(isText) || !counts.every(Number.isSafeInteger)) return null;
  return Array.isArray(value.ops) && value.ops.every(isKept)
    ? (value as unknown as RescueFile)
    : null;
}
