import { createHash } from 'node:crypto';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import { type Id, makeId, type OpId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { nextStamp } from '#shared/merge/stamps.ts';
import type { Joined } from '#shared/model/chapter.ts';
import type { OpResult, PushAnswer, SealedOp } from '#shared/sync/protocol.ts';
import type { ChapterServer } from './chapter-server.ts';
import { linkFor } from './people.ts';

const random = seededBytes(seededDice(20_261_122));

/** A phone without a browser, for what no good phone sends: it joins, and pushes what it is told to. */
export class HandPhone {
  readonly #url: string;
  readonly #joined: Joined;
  readonly #epoch = makeId<Id<'epoch'>>(Date.now(), random);
  #localSeq = 0;

  private constructor(url: string, joined: Joined) {
    this.#url = url;
    this.#joined = joined;
  }

  static async join(server: ChapterServer, name: string): Promise<HandPhone> {
    const code = new URL(linkFor(server, 'Canvasser')).hash.slice(1);
    const joined = await post<Joined>(`${server.url}/v1/join`, { code, name }, null);
    return new HandPhone(server.url, joined);
  }

  /** A knock with a note at any door whatsoever; `other` are fields said wrongly. */
  knock(doorId: string, note: string, other: object = {}): SealedOp {
    const now = Date.now();
    const opId = makeId<OpId>(now, random);
    this.#localSeq += 1;
    const body = canonicalJson({
      opId,
      chapterId: this.#joined.chapter.id,
      actorId: this.#joined.member.id,
      deviceId: this.#joined.deviceId,
      dbEpoch: this.#epoch,
      localSeq: this.#localSeq,
      type: 'knock',
      v: 1,
      entityId: doorId,
      scopeId: makeId<Id<'turf'>>(now, random),
      scriptVersionId: null,
      hlc: nextStamp(null, now + this.#localSeq),
      at: { ms: now, offset: -300 },
      clockOffsetMs: 0,
      supersedes: null,
      payload: {
        doorId,
        personId: null,
        outcome: { kind: 'result', result: 'refused' },
        answers: [],
        note,
      },
      ...other,
    });
    return { opId, sha256: createHash('sha256').update(body).digest('hex'), body };
  }

  /** Sends them all at once; `unsent` is what the phone says that it still has. */
  async push(ops: readonly SealedOp[], unsent = 0): Promise<readonly OpResult[]> {
    const batchId = makeId<Id<'batch'>>(Date.now(), random);
    const { deviceId, deviceToken } = this.#joined;
    const push = {
      proto: 2,
      batchId,
      deviceId,
      dbEpoch: this.#epoch,
      incarnationSeen: null,
      maxLocalSeq: this.#localSeq,
      unsent,
      ops,
    };
    return (await post<PushAnswer>(`${this.#url}/v1/push`, push, deviceToken)).results;
  }
}

async function post<T>(url: string, body: object, token: string | null): Promise<T> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}
