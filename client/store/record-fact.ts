import { makeId, type OpId, type ScriptVersionId, type TurfId } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/make-problem.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Operation, OperationType, Payloads } from '#shared/model/operation.ts';
import { nextStamp, type Stamp, witnessStamp } from '#shared/merge/stamps.ts';
import { asksNoContact } from '#shared/canvass/door-state.ts';
import { MAX_PUSH_BYTES } from '#shared/sync/limits.ts';
import { bodyOf, type HashText } from '#shared/sync/seal-operation.ts';
import { utf8Bytes } from '#shared/sync/utf8-bytes.ts';
import type { Identity, OutboxHead, OutboxOp, OutboxStore } from './outbox-store.ts';
import type { PacketStore } from './packet-store.ts';
import type { SealText } from './seal-text.ts';

/** The wall clock: ms since 1970, and the zone that it shows in minutes east of UTC. */
export interface Clock {
  now(): number;
  offset(): number;
}

export interface RecorderPorts {
  readonly outbox: OutboxStore;
  readonly packets: Pick<PacketStore, 'readSeenStamp'>;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly hash: HashText;
  readonly seal: SealText;
  /** Does what of sealing can be done before there is anything to seal. */
  readonly prepareSeal?: (chapterKey: string) => void;
}

/** Where and by which script a fact was made. */
export interface FactContext {
  readonly turfId: TurfId;
  readonly scriptVersionId: ScriptVersionId | null;
  /** The fact that this one corrects. */
  readonly supersedes?: OpId;
}

export interface Recorder {
  /**
   * Saves a fact on this phone. Resolves when it is on the disk, never before; anything else is a
   * problem to show large, since nothing was saved.
   */
  readonly recordFact: <T extends OperationType>(
    type: T,
    payload: Payloads[T],
    context: FactContext,
  ) => Promise<Result<Operation>>;
  /** Undo: takes back a fact of this phone or of another at the same door. */
  readonly withdrawFact: (fact: Operation) => Promise<Result<Operation>>;
  /** Reads what the next fact begins with, before it is there. */
  readonly prepare: () => Promise<void>;
  /** Something of that was written: what was read is not used. */
  readonly forget: () => void;
}

/** What a fact begins with. */
type Start = readonly [OutboxHead, Identity | null, Stamp | null];

/** Another tab took the number that we had hashed for; more than a few in a row is no accident. */
const TRIES = 50;

function notSaved(reason: string): { readonly ok: false; readonly problem: Problem } {
  return fail(problem('not-saved', { reason }));
}

/** Makes the function that saves facts. One at a time, in the order asked. */
export function makeRecorder(ports: RecorderPorts): Recorder {
  const { outbox, packets, clock, random, hash, seal, prepareSeal } = ports;
  let tail: Promise<unknown> = Promise.resolve();
  let ready: Promise<Start | null> | null = null;

  // Side by side: on a slow phone each answer waits for whatever is drawn meanwhile.
  const readStart = (): Promise<Start> =>
    Promise.all([outbox.readHead(), outbox.readIdentity(), packets.readSeenStamp()]);

  /** What was read ahead serves one fact. */
  async function takeStart(): Promise<Start> {
    const ahead = ready;
    ready = null;
    return (await ahead) ?? readStart();
  }

  async function prepare(): Promise<void> {
    // A database that cannot be read is told by whoever writes to it.
    ready ??= readStart().catch(() => null);
    const chapterKey = (await ready)?.[1]?.chapterKey;
    if (chapterKey !== undefined) prepareSeal?.(chapterKey);
  }

  function compose<T extends OperationType>(
    opId: OpId,
    at: Operation['at'],
    head: OutboxHead,
    identity: Identity,
    type: T,
    payload: Payloads[T],
    context: FactContext,
    seen: Stamp | null,
  ): Operation {
    // The hybrid clock runs on the server's time as far as we know it, so that a phone a year off
    // does not win over everybody; `at` keeps what the phone's own clock said.
    const now = at.ms + (head.clockOffsetMs ?? 0);
    return {
      opId,
      chapterId: identity.chapter.id,
      actorId: identity.member.id,
      deviceId: identity.deviceId,
      dbEpoch: head.dbEpoch,
      localSeq: head.nextSeq,
      type,
      v: 1,
      entityId: payload.doorId,
      scopeId: context.turfId,
      scriptVersionId: context.scriptVersionId,
      hlc: nextStamp(witnessStamp(head.lastStamp, seen, now), now),
      at,
      clockOffsetMs: head.clockOffsetMs,
      supersedes: context.supersedes ?? null,
      payload,
    } as Operation;
  }

  /** Sealed at once: what is said must not wait, readable, for a signal. */
  async function sealFor(
    { chapterKey }: Identity,
    body: string,
    turfId: TurfId,
  ): Promise<Pick<OutboxOp, 'sealed' | 'copy'>> {
    // Before the first packet of the second version a phone knows no key; it is covered later.
    if (chapterKey === undefined) return {};
    return { sealed: await seal(body, chapterKey), copy: turfId };
  }

  async function save<T extends OperationType>(
    type: T,
    payload: Payloads[T],
    context: FactContext,
  ): Promise<Result<Operation>> {
    const at = { ms: clock.now(), offset: clock.offset() };
    const opId = makeId<OpId>(at.ms, random);
    for (let tries = 0; tries < TRIES; tries++) {
      const [head, identity, seen] = await takeStart();
      if (identity === null) return fail(problem('not-signed-in'));
      const operation = compose(opId, at, head, identity, type, payload, context, seen);
      const body = bodyOf(operation);
      if (utf8Bytes(body) > MAX_PUSH_BYTES) return notSaved('it is too long');
      // Before the transaction: IndexedDB commits half of one that waits for WebCrypto.
      const [sha256, sealed] = await Promise.all([
        hash(body),
        sealFor(identity, body, context.turfId),
      ]);
      const op: OutboxOp = {
        opId,
        sha256,
        body,
        ...sealed,
        localSeq: operation.localSeq,
        urgent: asksNoContact(operation),
        deviceId: operation.deviceId,
        chapterId: operation.chapterId,
        type: operation.type,
        doorId: operation.entityId,
        state: 'unsent',
        result: null,
      };
      if ((await outbox.append(op, operation.hlc)) === 'moved') continue;
      return ok(operation);
    }
    return notSaved('the app is open too often');
  }

  function recordFact<T extends OperationType>(
    type: T,
    payload: Payloads[T],
    context: FactContext,
  ): Promise<Result<Operation>> {
    const turn = tail.then(() => save(type, payload, context));
    const told = turn.catch((error: unknown) =>
      notSaved(error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    );
    tail = told;
    return told;
  }

  return {
    recordFact,
    withdrawFact: (fact) =>
      recordFact(
        'withdraw',
        // As it was said: the door may have had another name by then.
        { doorId: fact.payload.doorId, opId: fact.opId },
        { turfId: fact.scopeId, scriptVersionId: fact.scriptVersionId },
      ),
    prepare,
    forget: () => {
      ready = null;
    },
  };
}
