import { problem } from '#shared/kernel/make-problem.ts';
import type { Packet } from '#shared/model/packet.ts';
import { applyPull } from '#shared/sync/apply-pull.ts';
import { readPacket, readPullAnswer } from '#shared/sync/check-answer.ts';
import { type Failure, failureOf } from '#shared/sync/classify-failure.ts';
import type { PullAnswer, Scope } from '#shared/sync/protocol.ts';
import type { EndedWhy, Identity } from '../store/outbox-store.ts';
import type { Hold } from '../store/packet-store.ts';
import { makeDigestCheck } from './check-digest.ts';
import { isUnheard, offlineWindow } from './hold-state.ts';
import { makeLeaving } from './leave.ts';
import { addToReceipt, withoutReceipt } from './owed-receipts.ts';
import { type Heard, noteContact } from './note-contact.ts';
import type { CorePorts } from './ports.ts';
import { noteTime } from './note-time.ts';
import { makeReader } from './reader.ts';
import { makeTalkWait } from './talk-wait.ts';
import { makeServerTime } from './server-time.ts';
import { AGAIN, DONE, failedStep, type Step } from './step.ts';
import { coverBare, sealSettled } from './sweep.ts';

const TIMEOUT = 30_000;
const PACKET_TIMEOUT = 120_000;
/** A turf is taken only when so many times its size is free (P15). */
const ROOM = 3;
/** A cursor refused again so soon after a new packet must wait, not spin, in ms. */
const RENEW_PAUSE = 60_000;
/** A digest that still differs after the turf was fetched anew is looked at again only then, in ms. */
const REBUILD_PAUSE = 10 * 60_000;

export interface Puller {
  /** Fetches one page of what others did. Never waits for a push. */
  step(): Promise<Step>;
  /** Whether somebody else walks this phone's turf too, as the last answer said. */
  isShared(): boolean;
  /** Fetches the packet of this phone's turf and puts it in the place of the one before. */
  fetchPacket(): Promise<Failure | null>;
  /** The person leaves this phone: gives up what is held, and every key to read with. */
  leavePhone(): Promise<void>;
}

/** What this half asks of the other. */
export interface PushHalf {
  /** One try to send what is unsent, well or not. */
  readonly drain: () => Promise<void>;
  /** There may be more to send. */
  readonly wake: () => void;
  /** There is something to do for the pulling half itself. */
  readonly wakePull: () => void;
}

/** Why a phone must give up what it holds, as this answer has it; null when it need not. */
function endOf(answer: PullAnswer, scope: Scope | undefined): EndedWhy | null {
  const { standing } = answer;
  if (standing === 'lost' || standing === 'revoked') return standing;
  return scope?.state === 'ended' ? 'ended' : null;
}

/**
 * Makes the half of the client core that keeps the phone's copy of the chapter's truth, and gives it
 * up when the phone holds it no more.
 */
export function makePuller(ports: CorePorts, push: PushHalf): Puller {
  const { outbox, packets, clock } = ports;
  const reader = makeReader(ports);
  const leaving = makeLeaving(ports, push.drain);
  const talkWait = makeTalkWait(ports, push.wakePull);
  const guessTime = makeServerTime(clock);
  const isSame = makeDigestCheck(ports);
  let renewed: { cursor: string | null; deviceId: string; at: number } | null = null;
  let rebuiltAt = -Infinity;
  let shared = false;
  /** The end of which the server has said that it is so. */
  let overAt: number | null = null;
  /** Counts packets asked for: an answer that a later question has overtaken is of another time. */
  let fetches = 0;
  /** Whose packet was put in its place last, and the how manieth that was. */
  let put = { count: 0, deviceId: '' };

  async function note(identity: Identity, heard: Heard, askedAt: number): Promise<void> {
    await noteContact(ports, identity, heard, askedAt);
    // From here on it is counted what passes until the next contact.
    guessTime({ clockOffsetMs: null, serverMs: heard.serverNow });
    // A server restored from a backup wants again what the one before had (P9).
    if (identity.incarnation !== heard.incarnation) push.wake();
  }

  async function fetchPacketAs(identity: Identity): Promise<Failure | null> {
    const askedAt = clock.now();
    fetches += 1;
    const turn = fetches;
    const verdict = await reader.ask(identity, {
      path: '/v1/packet',
      timeoutMs: PACKET_TIMEOUT,
      read: readPacket,
      isOurs: (packet) => packet.chapter.id === identity.chapter.id,
    });
    if (!verdict.ok) return verdict.failure;
    if (turn !== fetches) return null;
    const packet = verdict.answer;
    const { deviceId } = identity;
    const full = await lackOfRoom(packet);
    if (full !== null) return full;
    // The clock first: a phone that stops here must not take its new turf for one long expired.
    await note(identity, packet, askedAt);
    await outbox.changeIdentity(deviceId, () => ({
      chapterKey: packet.chapterKey,
      lacksMap: false,
    }));
    const old = (await packets.readHold())?.turfId;
    // What was taken before this and never came is gone as well: nobody may wait to hear of it.
    const owes = identity.tookMore === true && old !== packet.turf.id;
    await outbox.changeHead((head) => {
      const { receipt: own, owed } = addToReceipt(head, deviceId, old === undefined ? [] : [old]);
      const turfIds = own.turfIds.filter((turfId) => turfId !== packet.turf.id);
      const receipt = turfIds.length === 0 && !owes ? null : { deviceId, turfIds };
      return { ended: null, waiting: null, receipt, owed };
    });
    const found = (await outbox.listAll()).filter(({ type }) => type === 'door');
    await packets.putPacket(
      packet,
      found.map(({ doorId }) => doorId),
    );
    put = { count: put.count + 1, deviceId };
    return null;
  }

  /** A turf that only just fits would leave no room for what is said at its doors. */
  async function lackOfRoom(packet: Packet): Promise<Failure | null> {
    const free = (await ports.freeBytes?.()) ?? null;
    if (free === null) return null;
    const needed = ROOM * JSON.stringify(packet).length;
    if (free >= needed) return null;
    const told = problem('no-room', { needed: Math.ceil(needed / 1e6) });
    return { act: 'retry', why: 'not-ours', waitMs: null, problem: told };
  }

  async function startOver(identity: Identity, cursor: string, failure: Failure): Promise<Step> {
    const { deviceId } = identity;
    const known = renewed?.cursor === cursor && renewed.deviceId === deviceId;
    const rested = clock.elapsed() - (renewed?.at ?? 0) > RENEW_PAUSE;
    if (known && !rested) return failedStep({ ...failure, act: 'retry' });
    const before = put.count;
    const refusal = await fetchPacketAs(identity);
    if (refusal === null) {
      // Where a later question has overtaken this one no packet is new, or it is somebody else's.
      if (put.count !== before && put.deviceId === deviceId) {
        renewed = { cursor: await packets.readCursor(), deviceId, at: clock.elapsed() };
      }
      return AGAIN;
    }
    // Nothing is held, and what lies here was of another time or another chapter.
    return refusal.problem.code === 'no-turf' ? leave('ended', identity) : failedStep(refusal);
  }

  async function leave(why: EndedWhy, identity: Identity, unasked = false): Promise<Step> {
    const guess = guessTime(await outbox.readHead());
    if (await talkWait.mayFinish(why, identity.deviceId, guess)) return DONE;
    const failure = await leaving.leave(why, identity, guess.now, unasked);
    return failure === null ? DONE : failedStep(failure);
  }

  /** What a failure leaves to do: a hold that has ended by itself ends without any network too. */
  async function giveWay(identity: Identity, failure: Failure): Promise<Step> {
    const head = await outbox.readHead();
    const guess = guessTime(head);
    const hold = await packets.readHold();
    if (!guess.known || hold === null) return failedStep(failure);
    if (hold.until !== null && guess.now > hold.until) return leave('expired', identity);
    const windowMs = offlineWindow((await ports.lock?.guard()) ?? null);
    return isUnheard(head, guess, windowMs) ? leave('unheard', identity) : failedStep(failure);
  }

  /** What is held cannot be read any more: it comes anew. */
  async function fetchAnew(identity: Identity): Promise<Step> {
    const refusal = await fetchPacketAs(identity);
    if (refusal === null) return AGAIN;
    return refusal.problem.code === 'no-turf' ? leave('ended', identity) : failedStep(refusal);
  }

  /** After the last page: the same doors, the same facts, and nothing readable for longer than needed. */
  async function settlePage(
    identity: Identity,
    hold: Hold | null,
    scope: Scope | undefined,
    cursor: string,
  ): Promise<Failure | null> {
    if (scope !== undefined && hold !== null) {
      if (scope.version !== hold.version) return fetchPacketAs(identity);
      if (scope.until !== undefined && scope.until !== hold.until) {
        await packets.noteHold(scope.until);
      }
      const rested = clock.elapsed() - rebuiltAt > REBUILD_PAUSE;
      if (scope.digest !== undefined && rested && !(await isSame(scope.digest))) {
        // A packet that came meanwhile is of another moment than the digest.
        if ((await packets.readCursor()) !== cursor) return null;
        // A list that was locked meanwhile shows no facts at all, whatever lies there.
        if ((await packets.readAccess()) !== 'open' || (await isSame(scope.digest))) return null;
        rebuiltAt = clock.elapsed();
        await outbox.changeHead(({ mismatches }) => ({ mismatches: mismatches + 1 }));
        return fetchPacketAs(identity);
      }
    }
    // An identity of the first version learns the chapter's key with its next packet.
    if (identity.chapterKey === undefined || identity.lacksMap === true)
      return fetchPacketAs(identity);
    await sealSettled(ports);
    return null;
  }

  async function pullPage(identity: Identity, cursor: string): Promise<Step> {
    const askedAt = clock.now();
    const mark = (await packets.readHold())?.shifts ?? '';
    const verdict = await reader.ask(identity, {
      path: `/v1/pull?cursor=${encodeURIComponent(cursor)}&shifts=${encodeURIComponent(mark)}`,
      timeoutMs: TIMEOUT,
      read: readPullAnswer,
    });
    if (!verdict.ok) {
      const { failure } = verdict;
      if (failure.act !== 'restart') return giveWay(identity, failure);
      // A list must not come anew, and in the open, because somebody without the PIN has asked.
      const locked = (await packets.readAccess()) === 'locked';
      return locked ? DONE : startOver(identity, cursor, failure);
    }
    const { answer } = verdict;
    renewed = null;
    const hold = await packets.readHold();
    const scope = answer.scopes.find((one) => one.id === hold?.turfId);
    shared = scope?.shared === true;
    const end = endOf(answer, scope);
    if (end !== null) {
      await note(identity, answer, askedAt);
      const left = await leave(end, identity);
      const other = answer.scopes.some(({ id, state }) => id !== scope?.id && state === 'held');
      const waits = (await outbox.readHead()).waiting !== null;
      if (end !== 'ended' || !other || waits) return left;
      // It was given another turf meanwhile, perhaps in another tab: that one is fetched next.
      await outbox.changeHead(() => ({ ended: null }));
      return left.kind === 'failed' ? left : AGAIN;
    }
    await talkWait.forget();
    const access = await packets.readAccess();
    if (access !== 'open') {
      // Whether the phone may keep it is heard behind the lock too; what is new waits.
      await note(identity, answer, askedAt);
      return access === 'locked' ? DONE : fetchAnew(identity);
    }
    const heardAt = clock.now();
    const page = applyPull(answer.changes, answer.cursor);
    const placed = await packets.putPage(page, cursor);
    await note(identity, answer, askedAt);
    if (answer.more || placed === 'moved') return AGAIN;
    const failure = await settlePage(identity, hold, scope, answer.cursor);
    if (failure !== null) return failedStep(failure);
    if (answer.news !== undefined) await packets.putShifts(answer.news);
    await packets.noteSynced(heardAt);
    return DONE;
  }

  async function step(): Promise<Step> {
    const head = await outbox.readHead();
    await noteTime(outbox, head, guessTime(head));
    // Signal or not: what was said before the person chose a guard lies bare no longer.
    await coverBare(ports);
    const { receipt } = head;
    const owed = receipt === null ? null : await leaving.finish(receipt);
    // Nobody here waits for these: they are tried again at the next turn, while anybody takes them.
    for (const one of head.owed) {
      const failure = await leaving.tell(one);
      if (failure?.why === 'refused') await outbox.changeHead((now) => withoutReceipt(now, one));
    }
    const identity = await outbox.readIdentity();
    const idle = owed === null ? DONE : failedStep(owed);
    if (identity === null) return idle;
    if (await packets.isSpent()) return leave('spent', identity);
    const cursor = await packets.readCursor();
    if (cursor === null) {
      // What was still unsent when the turf was given up may have been received since.
      await sealSettled(ports);
      const { ended } = head;
      // That a hold has expired is the phone's own guess: it may have been given anew since.
      const guessed = ended?.why === 'expired' || ended?.why === 'unheard';
      const isSure = !guessed && ended?.unasked !== true;
      const isOver = ended !== null && (isSure || ended.at === overAt);
      if (isOver || (identity.standing ?? 'ok') !== 'ok') return idle;
      if ((await packets.readAccess()) === 'locked') return idle;
      // Joined, and then closed or cut off before its turf had come.
      const refusal = await fetchPacketAs(identity);
      if (refusal === null) return AGAIN;
      if (refusal.problem.code === 'no-turf' && ended !== null) {
        overAt = ended.at;
        return idle;
      }
      return refusal.problem.code === 'no-turf' ? leave('ended', identity) : failedStep(refusal);
    }
    const waited = await talkWait.findOver(guessTime(head));
    if (waited !== null) {
      const { why, deviceId } = waited;
      return leave(deviceId === identity.deviceId ? why : 'ended', identity, true);
    }
    const next = await pullPage(identity, cursor);
    return next.kind === 'done' ? idle : next;
  }

  return {
    step,
    isShared: () => shared,
    fetchPacket: async () => {
      const identity = await outbox.readIdentity();
      return identity === null ? failureOf('refused') : fetchPacketAs(identity);
    },
    leavePhone: async () => {
      const identity = await outbox.readIdentity();
      if (identity !== null) await leave('left', identity);
    },
  };
}
