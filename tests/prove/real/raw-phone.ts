import { createHash } from 'node:crypto';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import { type Id, makeId, type OpId } from '#shared/kernel/ids.ts';
import type { Dice, RandomBytes } from '#shared/kernel/random.ts';
import { nextStamp } from '#shared/merge/stamps.ts';
import type { Joined } from '#shared/model/chapter.ts';
import type { ResultCode } from '#shared/model/results.ts';
import type { OpResult, PushAnswer, SealedOp } from '#shared/sync/protocol.ts';
import { callHttp, callJson, type HttpAnswer } from './call-http.ts';
import type { ProofTurf } from './proof-town.ts';

const MADE: readonly ResultCode[] = ['not-home', 'refused', 'come-back', 'moved'];

export interface RawPhoneWish {
  readonly turf: ProofTurf;
  readonly dice: Dice;
  readonly random: RandomBytes;
  readonly proto: 1 | 2;
}

/** A phone reduced to its pushes: it makes knocks, sends them, and remembers what it was told. */
export class RawPhone {
  readonly joined: Joined;
  readonly #is: RawPhoneWish;
  readonly #epoch: string;
  #localSeq = 0;
  #stamp: string | null = null;

  private constructor(joined: Joined, wish: RawPhoneWish) {
    this.joined = joined;
    this.#is = wish;
    this.#epoch = makeId<Id<'epoch'>>(Date.now(), wish.random);
  }

  static async join(url: string, name: string, wish: RawPhoneWish): Promise<RawPhone> {
    const { value } = await callJson<Joined>(url, {
      method: 'POST',
      path: '/v1/join',
      body: { code: await wish.turf.invite(), name },
    });
    return new RawPhone(value, wish);
  }

  /** A knock that nobody has sent yet. */
  makeKnock(): SealedOp {
    const { dice, random, turf } = this.#is;
    const { chapter, member, deviceId } = this.joined;
    const now = Date.now();
    const opId = makeId<OpId>(now, random);
    const doorId = dice.pick(turf.doors);
    this.#localSeq += 1;
    this.#stamp = nextStamp(this.#stamp, now);
    const body = canonicalJson({
      opId,
      chapterId: chapter.id,
      actorId: member.id,
      deviceId,
      dbEpoch: this.#epoch,
      localSeq: this.#localSeq,
      type: 'knock',
      v: 1,
      entityId: doorId,
      scopeId: turf.id,
      scriptVersionId: null,
      hlc: this.#stamp,
      at: { ms: now, offset: -240 },
      clockOffsetMs: 0,
      supersedes: null,
      payload: {
        doorId,
        personId: null,
        outcome: { kind: 'result', result: dice.pick(MADE) },
        answers: [],
        note: dice.chance(0.1) ? 'x'.repeat(dice.whole(1, 2000)) : null,
      },
    });
    return { opId, sha256: createHash('sha256').update(body).digest('hex'), body };
  }

  /** Sends a batch. Null when no answer of the server's came. */
  async push(
    url: string,
    ops: readonly SealedOp[],
    more: { readonly hangUp?: boolean; readonly unsent?: number } = {},
  ): Promise<readonly OpResult[] | HttpAnswer | null> {
    const batchId = makeId<Id<'batch'>>(Date.now(), this.#is.random);
    const answer = await callHttp(url, {
      method: 'POST',
      path: '/v1/push',
      headers: { authorization: `Bearer ${this.joined.deviceToken}` },
      hangUp: more.hangUp === true,
      body: JSON.stringify({
        proto: this.#is.proto,
        batchId,
        deviceId: this.joined.deviceId,
        dbEpoch: this.#epoch,
        incarnationSeen: null,
        maxLocalSeq: this.#localSeq,
        unsent: more.unsent ?? ops.length,
        ops,
      }),
    });
    if (answer?.status !== 200) return answer;
    const told = JSON.parse(answer.text) as PushAnswer;
    if (told.batchId !== batchId) throw new Error('an answer to another batch');
    return told.results;
  }
}
