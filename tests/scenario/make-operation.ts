import { createHash } from 'node:crypto';
import {
  type AnswerId,
  type Id,
  makeId,
  type OpId,
  type PersonId,
  type QuestionId,
} from '#shared/kernel/ids.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { nextStamp } from '#shared/merge/stamps.ts';
import type { Knock } from '#shared/model/fact.ts';
import type { Operation, OperationType, Payloads } from '#shared/model/operation.ts';
import type { ResultCode } from '#shared/model/results.ts';
import { bodyOf } from '#shared/sync/seal-operation.ts';
import { PROTO, type Push, type SealedOp } from '#shared/sync/protocol.ts';
import type { MadeChapter, MadeDevice, MadeDoor, MadeTurf } from './make-chapter.ts';
import { START } from './make-chapter.ts';

/** Node's SHA-256 in the shape that the phone's has. */
export const hashText = (text: string): Promise<string> =>
  Promise.resolve(createHash('sha256').update(text).digest('hex'));

export const SUPPORT_QUESTION = '019a0000-0000-7000-8000-000000000001' as QuestionId;

/** A knock with a result and nothing else. */
export function resultKnock(
  door: { readonly id: MadeDoor['id'] },
  result: ResultCode,
  personId: PersonId | null = null,
): Knock {
  const outcome = { kind: 'result' as const, result };
  return { doorId: door.id, personId, outcome, answers: [], note: null };
}

/** A knock at which somebody spoke, and said how much they support us. */
export function contactKnock(
  door: { readonly id: MadeDoor['id'] },
  personId: PersonId | null,
  level: number,
  random: RandomBytes,
): Knock {
  const id = makeId<AnswerId>(START, random);
  const given = { kind: 'support' as const, level };
  const answers = [{ id, questionId: SUPPORT_QUESTION, given }];
  return { doorId: door.id, personId, outcome: { kind: 'contact' }, answers, note: null };
}

export interface Wish<T extends OperationType> {
  readonly device: MadeDevice;
  readonly turf: MadeTurf;
  readonly type: T;
  readonly payload: Payloads[T];
  readonly localSeq?: number;
  readonly atMs?: number;
  readonly change?: Partial<Record<keyof Operation, unknown>>;
}

/** An operation as a phone would write it, or bent by `change` as no phone would. */
export function makeOperation<T extends OperationType>(
  made: MadeChapter,
  { device, turf, type, payload, localSeq = 1, atMs = START, change }: Wish<T>,
): Operation {
  const operation = {
    opId: makeId<OpId>(START, made.random),
    chapterId: made.chapter.id,
    actorId: device.member.id,
    deviceId: device.deviceId,
    dbEpoch: 'epoch-1',
    localSeq,
    type,
    v: 1,
    entityId: payload.doorId,
    scopeId: turf.id,
    scriptVersionId: null,
    hlc: nextStamp(null, atMs + localSeq),
    at: { ms: atMs, offset: -240 },
    clockOffsetMs: 0,
    supersedes: null,
    payload,
    ...change,
  };
  return operation as Operation;
}

export function makePush(
  made: MadeChapter,
  device: MadeDevice,
  ops: readonly SealedOp[],
  change: Partial<Push> = {},
): Push {
  return {
    proto: PROTO,
    batchId: makeId<Id<'batch'>>(START, made.random),
    deviceId: device.deviceId,
    dbEpoch: 'epoch-1',
    incarnationSeen: null,
    maxLocalSeq: ops.length,
    unsent: ops.length,
    ops: [...ops],
    ...change,
  };
}

export async function seal(operation: Operation): Promise<SealedOp> {
  const body = bodyOf(operation);
  return { opId: operation.opId, sha256: await hashText(body), body };
}
