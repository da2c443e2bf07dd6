import type { Joined } from '../model/chapter.ts';
import type { Packet } from '../model/packet.ts';
import type { ShiftSlip } from '../model/shift.ts';
import { HELD_REASONS } from './held-reasons.ts';
import type { Change, OpResult, PullAnswer, PushAnswer, TokenAnswer } from './protocol.ts';

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

function isRange(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && isCount(value[0]) && isCount(value[1]);
}

/** The value as an answer to a push, or null when it is anything else. */
export function readPushAnswer(value: unknown): PushAnswer | null {
  const fields = asFields(value);
  if (fields === null || !hasHead(fields) || !isText(fields.batchId)) return null;
  if (!Array.isArray(fields.results) || !fields.results.every(isOpResult)) return null;
  const { have, grantUntil } = fields;
  if (have !== undefined && (!Array.isArray(have) || !have.every(isRange))) return null;
  if (grantUntil !== undefined && !isCount(grantUntil)) return null;
  return value as PushAnswer;
}

/** The value as an answer to a pull, or null when it is anything else. */
export function readPullAnswer(value: unknown): PullAnswer | null {
  const fields = asFields(value);
  if (fields === null || !hasHead(fields) || !isText(fields.cursor)) return null;
  if (typeof fields.more !== 'boolean') return null;
  if (!Array.isArray(fields.changes) || !fields.changes.every(isChange)) return null;
  if (!Array.isArray(fields.scopes) || !fields.scopes.every(isScope)) return null;
  const news = asFields(fields.news);
  if (news !== null && !(typeof news.mark === 'string' && Array.isArray(news.shifts))) return null;
  return value as PullAnswer;
}

/** The value as a packet, or null when it is anything else. */
export function readPacket(value: unknown): Packet | null {
  const fields = asFields(value);
  const turf = asFields(fields?.turf);
  if (fields === null || turf === null || !isText(turf.id) || !isCount(turf.version)) return null;
  if (!isText(fields.cursor) || !isText(fields.incarnation)) return null;
  if (!isCount(fields.serverNow) || !isCount(fields.heldUntil)) return null;
  if (!isText(fields.chapterKey)) return null;
  const lists = [fields.buildings, fields.doors, fields.people, fields.history];
  if (!lists.every(Array.isArray) || asFields(fields.map) === null) return null;
  return isText(asFields(fields.chapter)?.id) ? (value as Packet) : null;
}

/** The value as what joining gives, or null when it is anything else. */
export function readJoined(value: unknown): Joined | null {
  const fields = asFields(value);
  if (fields === null || !isText(fields.deviceToken) || !isText(fields.deviceId)) return null;
  if (!isCount(fields.grantUntil) || !isText(fields.chapterKey)) return null;
  const [chapter, member] = [asFields(fields.chapter), asFields(fields.member)];
  return isText(chapter?.id) && isText(member?.id) ? (value as Joined) : null;
}

/** The value as the results of a rescue file, or null when it is anything else. */
export function readRescueAnswer(value: unknown): readonly OpResult[] | null {
  const results = asFields(value)?.results;
  return Array.isArray(results) && results.every(isOpResult) ? results : null;
}

/** The value as a challenge or a token, or null when it is anything else. */
export function readTokenAnswer(value: unknown): TokenAnswer | null {
  const fields = asFields(value);
  if (fields === null || !isCount(fields.serverNow) || !isText(fields.deviceId)) return null;
  const isChallenge = fields.kind === 'challenge' && isText(fields.challenge);
  const isToken = fields.kind === 'token' && isText(fields.token) && isCount(fields.expiresAt);
  return isChallenge || isToken ? (value as TokenAnswer) : null;
}

function isTwin(value: unknown): boolean {
  const fields = asFields(value);
  return fields !== null && isText(fields.id) && isText(fields.own);
}

/** The value as the slip of a shift, or null when it is anything else. */
export function readShiftSlip(value: unknown): ShiftSlip | null {
  const fields = asFields(value);
  const totals = asFields(fields?.totals);
  if (fields === null || totals === null || !Object.values(totals).every(isCount)) return null;
  const { twins = [] } = fields;
  if (!Array.isArray(twins) || !twins.every(isTwin)) return null;
  return isCount(fields.held) && isCount(fields.serverNow) ? (value as ShiftSlip) : null;
}
