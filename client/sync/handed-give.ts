import { type Id, makeId } from '#shared/kernel/ids.ts';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import { problem } from '#shared/kernel/make-problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { MOST_CLAIMS } from '#shared/model/handed-chain.ts';
import type { HandedNote } from '#shared/model/handed.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { HandedBundle, HandedFacts } from '#shared/sync/handed-bundle.ts';
import { rescueWords } from '#shared/sync/rescue-words.ts';
import type { DeviceKeys, Identity, OutboxOp } from '../store/outbox-store.ts';
import type { PacketSheet } from '../store/packet-store.ts';
import type { CorePorts } from './ports.ts';
import { makeServerTime } from './server-time.ts';

/** How long the one who takes it may take to reach the chapter, in ms. */
const LIFE = 72 * 3_600_000;

type GivePorts = Pick<CorePorts, 'outbox' | 'packets' | 'clock' | 'random' | 'signer'>;

/** What the log has, then what this phone knows beyond it: the list looks the same on both phones. */
async function historyOf(
  sheet: PacketSheet,
  own: readonly OutboxOp[],
  { packets }: GivePorts,
): Promise<Packet['history']> {
  const rows = await packets.readRows();
  const known = new Set<string>(rows.map(({ opId }) => opId));
  const doors = new Set<string>(sheet.doors.map(({ id }) => id));
  const ahead = own.filter(({ opId, doorId, body }) => {
    return body !== '' && doors.has(doorId) && !known.has(opId);
  });
  return [
    ...rows.map(({ opId, seq, body, eff }) => ({
      seq,
      opId,
      body,
      ...(eff !== undefined && { eff }),
    })),
    // No place in the log: the chapter has yet to give them one.
    ...ahead.map(({ opId, body }) => ({ seq: 0, opId, body })),
  ];
}

async function factsOf(
  { deviceId, chapter }: Identity,
  keys: DeviceKeys,
  savedAt: number,
  { outbox, signer }: GivePorts,
): Promise<HandedFacts | null> {
  const head = await outbox.readHead();
  const pending = await outbox.listIn(['unsent', 'again']);
  const ops = pending
    .filter((op) => op.deviceId === deviceId && op.body !== '')
    .map(({ opId, sha256, body }) => ({ opId, sha256, body }));
  if (ops.length === 0) return null;
  const said: Omit<HandedFacts, 'signature'> = {
    format: 'homeground-rescue',
    v: 2,
    chapterId: chapter.id,
    deviceId,
    dbEpoch: head.dbEpoch,
    maxLocalSeq: head.nextSeq - 1,
    savedAt,
    ops,
  };
  return { ...said, signature: await signer.sign(keys, rescueWords(said)) };
}

/**
 * The turf of this phone as it is now, for one more phone, with this phone's word that it may walk it
 * and a signed copy of what the chapter has not received. Needs no network, and changes nothing here:
 * both may walk on.
 */
export async function giveTurf(
  ports: GivePorts,
): Promise<Result<Pick<HandedBundle, 'note' | 'before' | 'packet' | 'facts'>>> {
  const { outbox, packets, clock, random, signer } = ports;
  const unready = fail(problem('handed-unready'));
  const [identity, sheet, cursor] = await Promise.all([
    outbox.readIdentity(),
    packets.readPacket(),
    packets.readCursor(),
  ]);
  const { keys, standing = 'ok', chapterKey } = identity ?? {};
  if (identity === null || !keys || standing !== 'ok' || chapterKey === undefined) return unready;
  if (sheet === null || cursor === null || sheet.chapter.id !== identity.chapter.id) return unready;
  const { handed } = identity;
  const before = handed ? [...handed.before, handed.claim] : [];
  // The next one adds its own, and must still be able to say all of it.
  if (before.length >= MOST_CLAIMS) return unready;
  const hold = await packets.readHold();
  const now = Math.round(makeServerTime(clock)(await outbox.readHead()).now);
  const said: Omit<HandedNote, 'signature'> = {
    v: 1,
    noteId: makeId<Id<'note'>>(clock.now(), random),
    chapterId: identity.chapter.id,
    turfId: sheet.turf.id,
    issuedAt: now,
    until: now + LIFE,
    by: identity.member.id,
    giver: identity.deviceId,
  };
  const note: HandedNote = { ...said, signature: await signer.sign(keys, canonicalJson(said)) };
  const own = await outbox.listIn(['unsent', 'again', 'acked']);
  const { draftKey: _own, ...shared } = sheet;
  return ok({
    note,
    before,
    packet: {
      ...shared,
      history: await historyOf(sheet, own, ports),
      cursor,
      serverNow: now,
      heldUntil: hold?.until ?? sheet.heldUntil,
    },
    facts: await factsOf(identity, keys, now, ports),
  });
}
