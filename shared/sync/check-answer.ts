import { HELD_REASONS } from './held-reasons.ts';
import type { Change, OpResult, PullAnswer, PushAnswer } from './protocol.ts';

type Fields = Readonly<Record<string, unknown>>;

function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function isOpResult(value: unknown): value is OpResult {
  const fields = asFields(value);
  if (fields === null || !isText(fields.opId) || typeof fields.repeat !== 'boolean') return false;
  if (fields.status === 'applied') return isCount(fields.seq);
  return fields.status === 'held' && HELD_REASONS.some((reason) => reason === fields.reason);
}

function isChange(value: unknown): value is Change {
  const fields = asFields(value);
  return fields !== null && isCount(fields.seq) && isText(fields.opId) && isText(fields.body);
}

function isScope(value: unknown): boolean {
  const fields = asFields(value);
  return fields !== null && isText(fields.id) && isCount(fields.version);
}

function hasHead(fields: Fields): boolean {
  return isCount(fields.proto) && isText(fields.incarnation) && isCount(fields.serverNow);
}

/** The value as an answer to a push, or null when it is anything else. */
export function readPushAnswer(value: unknown): PushAnswer | null {
  const fields = asFields(value);
  if (fields === null || !hasHead(fields) || !isText(fields.batchId)) return null;
  if (!Array.isArray(fields.results) || !fields.results.every(isOpResult)) return null;
  return value as PushAnswer;
}

/** The value as an answer to a pull, or null when it is anything else. */
export function readPullAnswer(value: unknown): PullAnswer | null {
  const fields = asFields(value);
  if (fields === null || !hasHead(fields) || !isText(fields.cursor)) return null;
  if (typeof fields.more !== 'boolean') return null;
  if (!Array.isArray(fields.changes) || !fields.changes.every(isChange)) return null;
  if (!Array.isArray(fields.scopes) || !fields.scopes.every(isScope)) return null;
  return value as PullAnswer;
}
