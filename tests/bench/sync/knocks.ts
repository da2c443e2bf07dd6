import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import { type AnswerId, makeId, type OpId, type QuestionId } from '#shared/kernel/ids.ts';
import { seededDice } from '#shared/kernel/random.ts';
import { nextStamp } from '#shared/merge/stamps.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { SealedOp } from '#shared/sync/protocol.ts';
import type { Town } from './town.ts';

const QUESTION = '019a0000-0000-7000-8000-000000000001' as QuestionId;
/** The phones' outboxes are all of this one. */
export const EPOCH = 'bench';
const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count));

/** What a phone of the town has recorded and not sent. */
export interface Outbox {
  readonly phone: number;
  readonly ops: readonly SealedOp[];
}

/**
 * Writes knocks as phones do: at every one somebody spoke and was asked one question. Two calls
 * give the same knocks under other ids. Local numbers go on where each phone left off.
 */
export class KnockWriter {
  readonly #town: Town;
  readonly #last: number[];

  constructor(town: Town) {
    this.#town = town;
    this.#last = town.phones.map(() => 0);
  }

  /** `count` knocks dealt evenly to so many phones, beginning with the phone `from`. */
  write(count: number, phones: number, from = 0): Outbox[] {
    const each = Math.ceil(count / phones);
    return Array.from({ length: phones }, (_, i) => {
      const phone = (from + i) % this.#town.phones.length;
      const size = Math.min(each, count - i * each);
      return { phone, ops: Array.from({ length: size }, (__, k) => this.#seal(phone, k)) };
    });
  }

  #seal(phone: number, i: number): SealedOp {
    const operation = this.#knock(phone, seededDice(phone * 100_000 + i));
    const body = canonicalJson(operation);
    const sha256 = createHash('sha256').update(body).digest('hex');
    return { opId: operation.opId, sha256, body };
  }

  #knock(phone: number, dice: ReturnType<typeof seededDice>): Operation {
    const { turfs, phones, chapterId } = this.#town;
    const who = phones[phone];
    const turf = turfs[who?.turf ?? 0];
    if (who === undefined || turf === undefined) throw new RangeError('no such phone');
    const door = dice.pick(turf.doors);
    const localSeq = (this.#last[phone] ?? 0) + 1;
    this.#last[phone] = localSeq;
    const now = Date.now() - 60_000 + localSeq;
    const given = { kind: 'support' as const, level: dice.whole(1, 5) };
    const answers = [{ id: makeId<AnswerId>(now, random), questionId: QUESTION, given }];
    return {
      opId: makeId<OpId>(now, random),
      chapterId,
      actorId: who.memberId,
      deviceId: who.deviceId,
      dbEpoch: EPOCH,
      localSeq,
      type: 'knock',
      v: 1,
      entityId: door.id,
      scopeId: turf.id,
      scriptVersionId: null,
      hlc: nextStamp(null, now),
      at: { ms: now, offset: -240 },
      clockOffsetMs: 0,
      supersedes: null,
      payload: {
        doorId: door.id,
        personId: door.personId,
        outcome: { kind: 'contact' },
        answers,
        note: null,
      },
    };
  }
}
