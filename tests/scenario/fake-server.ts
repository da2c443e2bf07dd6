import { createHash } from 'node:crypto';
import { problem, sayProblem, statusOf, type ProblemCode } from '#shared/kernel/problem.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { Reply } from '#shared/sync/classify-failure.ts';
import type {
  AskToken,
  Change,
  OpResult,
  Purged,
  Push,
  RescueFile,
  Scope,
  SeqRange,
  Standing,
} from '#shared/sync/protocol.ts';
import { addRange } from '#shared/sync/seq-ranges.ts';
import { scopeDigest } from '#shared/sync/scope-digest.ts';
import type { Request } from '../../client/sync/ports.ts';
import { openPlainSeal } from './plain-crypto.ts';

interface Taken {
  readonly body: string;
  result: OpResult;
}

const json = (status: number, value: unknown): Reply => ({
  kind: 'answer',
  status,
  json: true,
  text: JSON.stringify(value),
  retryAfterMs: null,
});
const refuse = (code: ProblemCode): Reply => {
  const found = problem(code);
  return json(statusOf(found), { problem: found, text: sayProblem(found) });
};

/** A server of one turf that does what it is told to: the phone's half is what is tried. */
export class FakeServer {
  readonly asked: string[] = [];
  readonly pushes: Push[] = [];
  readonly receipts: Purged[] = [];
  ops = new Map<string, Taken>();
  incarnation = 'first';
  now: number;
  standing: Standing = 'ok';
  scope: Scope['state'] = 'held';
  /** Another phone walks the same turf. */
  shared = false;
  until: number | undefined;
  online = true;
  /** Operations that it holds instead of applying them. */
  held = new Set<string>();
  /** Says that a turf has one fact more than it sends. */
  lies = false;
  registered: string | null = null;
  /** It was put back to before it knew this phone's key. */
  forgotKey = false;
  /** Whom token answers are for, when something on the way gives older ones again. */
  tokensFor: string | null = null;
  /** The phone holds no turf. */
  noTurf = false;
  /** No cursor is good enough, not even one of its own. */
  refusesCursors = false;
  /** What it says of a push that it does not take; null: it takes it. */
  faultOf: (push: Push) => ProblemCode | null = () => null;
  readonly #packet: Packet;

  constructor(packet: Packet, now: number) {
    this.#packet = packet;
    this.now = now;
  }

  send(request: Request): Promise<Reply> {
    const path = request.path.split('?')[0] ?? '';
    this.asked.push(path);
    return Promise.resolve(this.online ? this.#answer(path, request) : { kind: 'unreachable' });
  }

  #changes(): Change[] {
    return [...this.ops.values()].flatMap(({ body, result }) =>
      result.status === 'applied' ? [{ seq: result.seq, opId: result.opId as never, body }] : [],
    );
  }

  #take(opId: string, body: string): OpResult {
    const before = this.ops.get(opId);
    if (before !== undefined) return { ...before.result, repeat: true };
    const seq = this.ops.size + 1;
    const result: OpResult = this.held.has(opId)
      ? { opId, status: 'held', reason: 'scope', repeat: false }
      : { opId, status: 'applied', seq, repeat: false };
    this.ops.set(opId, { body, result });
    return result;
  }

  #open(kept: readonly { readonly opId: string; readonly sealed: string }[]): OpResult[] {
    return kept.flatMap(({ opId, sealed }) => {
      const body = openPlainSeal(sealed, this.#packet.chapterKey);
      return body === null ? [] : [this.#take(opId, body)];
    });
  }

  #answer(path: string, { body, token, path: whole }: Request): Reply {
    const said: unknown = body === undefined ? null : JSON.parse(body);
    const reads = ['/v1/pull', '/v1/packet', '/v1/shift'].includes(path);
    if (token !== (reads ? 'reads' : 'token')) return refuse('not-signed-in');
    if (path === '/v1/token') return this.#giveToken(said as AskToken);
    if (path === '/v1/push') return this.#takePush(said as Push);
    if (path === '/v1/rescue') {
      return json(200, { results: this.#open((said as RescueFile).ops) });
    }
    if (path === '/v1/packet') {
      if (this.noTurf) return refuse('no-turf');
      const { incarnation, now: serverNow } = this;
      const history = this.#changes();
      const cursor = `${incarnation}-${history.length}`;
      return json(200, { ...this.#packet, incarnation, serverNow, history, cursor });
    }
    if (path === '/v1/pull') return this.#givePage(whole);
    const done: Reply = { kind: 'answer', status: 204, json: false, text: '', retryAfterMs: null };
    if (path === '/v1/purged') this.receipts.push(said as Purged);
    else if (path === '/v1/device-key') {
      this.registered = (said as { publicKey: string }).publicKey;
      this.forgotKey = false;
    } else return refuse('not-found');
    return done;
  }

  #giveToken({ deviceId: asked, answer }: AskToken): Reply {
    const serverNow = this.now;
    const deviceId = this.tokensFor ?? asked;
    if (this.forgotKey) return refuse('update-first');
    if (answer === undefined)
      return json(200, { kind: 'challenge', deviceId, challenge: 'x', serverNow });
    const expiresAt = serverNow + 15 * 60_000;
    const { standing } = this;
    return json(200, { kind: 'token', deviceId, token: 'reads', expiresAt, serverNow, standing });
  }

  #takePush(push: Push): Reply {
    this.pushes.push(push);
    const fault = this.faultOf(push);
    if (fault !== null) return refuse(fault);
    const results = [
      ...push.ops.map((op) => this.#take(op.opId, op.body)),
      ...this.#open(push.kept ?? []),
    ];
    let have: readonly SeqRange[] = [];
    for (const { body } of this.ops.values()) {
      have = addRange(have, (JSON.parse(body) as { localSeq: number }).localSeq);
    }
    return json(200, {
      proto: 2,
      batchId: push.batchId,
      incarnation: this.incarnation,
      serverNow: this.now,
      results,
      have,
    });
  }

  #givePage(path: string): Reply {
    const [incarnation, seq] = (new URL(path, 'http://x').searchParams.get('cursor') ?? '').split(
      '-',
    );
    if (this.refusesCursors || incarnation !== this.incarnation) return refuse('cursor-refused');
    const all = this.#changes();
    const hashes = all.map(({ body }) => createHash('sha256').update(body).digest());
    const ends = this.scope === 'ended' || this.standing !== 'ok';
    const { count, sum } = scopeDigest(hashes);
    const scope: Scope = {
      id: this.#packet.turf.id,
      version: 1,
      state: ends ? 'ended' : 'held',
      ...(this.until === undefined ? {} : { until: this.until }),
      ...(this.shared ? { shared: true } : {}),
      digest: { count: this.lies ? count + 1 : count, sum },
    };
    return json(200, {
      proto: 2,
      incarnation,
      serverNow: this.now,
      changes: ends ? [] : all.filter((change) => change.seq > Number(seq)),
      cursor: `${incarnation}-${this.ops.size}`,
      more: false,
      scopes: [scope],
      standing: this.standing,
    });
  }
}
