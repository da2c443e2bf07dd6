import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { problem } from '#shared/kernel/make-problem.ts';
import type { Conduct } from '#shared/model/conduct.ts';
import type { Join, Joined } from '#shared/model/chapter.ts';
import type { Waiting } from '#shared/model/invite.ts';
import { classifyReply } from '#shared/sync/classify-failure.ts';
import { readJoinAnswer } from '#shared/sync/read-join-answer.ts';
import type { DeviceKeys, Identity, OutboxStore } from '../store/outbox-store.ts';
import type { WaitingStore } from '../store/waiting-join.ts';
import type { Signer, Transport } from './ports.ts';

const TIMEOUT = 30_000;

/** Remembers, outside the databases, which phone this browser was (P16). */
export interface Witness {
  read(): string | null;
  write(deviceId: string): void;
}

export interface JoinPorts {
  readonly outbox: OutboxStore;
  readonly transport: Transport;
  readonly signer: Signer;
  readonly witness: Witness;
  /** Gives up what the person before holds here, when another takes the phone. */
  readonly giveWay?: () => Promise<void>;
  /** Where it is kept that this phone waits; without it no remote invite is opened. */
  readonly waiting?: WaitingStore;
}

/** What somebody asks for who joins. */
export interface JoinWish extends Pick<Join, 'code' | 'name'> {
  /** Somebody else than who walks on this phone now: a phone of their own to the chapter. */
  readonly asOther?: boolean;
  /** Which rules they have read just now; left out when they had before. */
  readonly conduct?: Conduct;
}

/** How many codes were traded through a store, and which of them was kept last. */
interface Trades {
  begun: number;
  kept: number;
}

const TRADES = new WeakMap<OutboxStore, Trades>();

function tradesOf(outbox: OutboxStore): Trades {
  const trades = TRADES.get(outbox) ?? { begun: 0, kept: 0 };
  TRADES.set(outbox, trades);
  return trades;
}

interface Known {
  readonly identity: Identity | null;
  readonly all: readonly Identity[];
}

async function readKnown(outbox: OutboxStore): Promise<Result<Known>> {
  try {
    return ok({ identity: await outbox.readIdentity(), all: await outbox.readIdentities() });
  } catch {
    return fail(problem('storage-blocked'));
  }
}

/** A phone that was turned away comes back as a new one, with a key that nobody has seen. */
async function keysFor(known: Identity | null, signer: Signer): Promise<DeviceKeys> {
  const trusted = (known?.standing ?? 'ok') === 'ok' ? known?.keys : null;
  return trusted ?? (await signer.makeKeys());
}

/** Keeps who this phone is from now on. What earlier ones have not sent stays theirs. */
export async function keepIdentity(
  { deviceId, deviceToken, grantUntil, chapterKey, chapter, member }: Joined,
  keys: DeviceKeys,
  { asOther = false, conduct }: Pick<JoinWish, 'asOther' | 'conduct'>,
  { outbox, witness, giveWay }: Pick<JoinPorts, 'outbox' | 'witness' | 'giveWay'>,
): Promise<Result<null>> {
  try {
    if (asOther) await giveWay?.();
    const before = (await outbox.readIdentities()).find((one) => one.deviceId === deviceId);
    const known = conduct ?? before?.conduct;
    await outbox.putIdentity({
      deviceId,
      deviceToken,
      chapter,
      member,
      keys,
      registered: true,
      grantUntil,
      chapterKey,
      incarnation: before?.incarnation ?? null,
      standing: 'ok',
      tookMore: before !== undefined,
      ...(known !== undefined && { conduct: known }),
    });
  } catch (error) {
    return fail(problem('not-saved', { reason: error instanceof Error ? error.name : '' }));
  }
  witness.write(deviceId);
  return ok(null);
}

/**
 * Trades a code for an identity and keeps it; the code of a remote invite for a place among those
 * who wait. What an earlier identity of this phone has not sent yet stays, and still goes out under
 * that one's name. An answer that comes only after a later code was taken changes nothing: the phone
 * stays with the code that its person opened last.
 */
export async function joinTurf(
  { code, name, asOther = false, conduct }: JoinWish,
  ports: JoinPorts,
): Promise<Result<Joined | Waiting>> {
  const { outbox, transport, signer, witness, waiting } = ports;
  const trades = tradesOf(outbox);
  trades.begun += 1;
  const turn = trades.begun;
  // A phone that the chapter knows stays the same phone, so that its unsent facts stay its own.
  const read = await readKnown(outbox);
  if (!read.ok) return read;
  const { all } = read.value;
  const { identity } = read.value;
  // One that was handed its turf and never reached the chapter is known to nobody by its token.
  const known = asOther || identity?.handed ? null : identity;
  const keys = await keysFor(known, signer);
  const was = witness.read();
  const lost = was !== null && all.every((one) => one.deviceId !== was);
  const wish: Join = {
    code,
    name,
    publicKey: keys.publicKey,
    ...(lost ? { lostDeviceId: was } : {}),
    ...(waiting === undefined ? {} : { waits: true }),
  };
  const reply = await transport.send({
    method: 'POST',
    path: '/v1/join',
    token: known?.deviceToken ?? null,
    body: JSON.stringify(wish),
    timeoutMs: TIMEOUT,
  });
  const verdict = classifyReply(reply, readJoinAnswer);
  if (!verdict.ok) return fail(verdict.failure.problem);
  if (turn < trades.kept) return fail(problem('join-overtaken'));
  trades.kept = turn;
  const { answer } = verdict;
  if ('waiting' in answer) {
    try {
      await waiting?.write({
        ...answer.waiting,
        keys,
        asOther,
        ...(conduct !== undefined && { conduct }),
      });
    } catch (error) {
      return fail(problem('not-saved', { reason: error instanceof Error ? error.name : '' }));
    }
    return ok(answer);
  }
  const kept = await keepIdentity(answer, keys, { asOther, conduct }, ports);
  return kept.ok ? ok(answer) : kept;
}
