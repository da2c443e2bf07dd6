import { toBase64url } from '#shared/kernel/base64url.ts';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import { type DeviceId, makeId, type MemberId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/make-problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Conduct } from '#shared/model/conduct.ts';
import { MOST_CLAIMS } from '#shared/model/handed-chain.ts';
import type { HandedClaim } from '#shared/model/handed.ts';
import { type HandedBundle, type HandedFacts, readBundle } from '#shared/sync/handed-bundle.ts';
import type { RescueFile } from '#shared/sync/protocol.ts';
import type { DeviceKeys, Identity } from '../store/outbox-store.ts';
import type { PacketSheet } from '../store/packet-store.ts';
import type { Witness } from './join.ts';
import { addToReceipt } from './owed-receipts.ts';
import type { CorePorts } from './ports.ts';

const TOKEN_BYTES = 32;
/** A phone that has never spoken with the chapter pushes as long as one that has (P14), in ms. */
const GRANT_MS = 90 * 24 * 3_600_000;

export type TakePorts = Pick<
  CorePorts,
  'outbox' | 'packets' | 'clock' | 'random' | 'signer' | 'seal' | 'hash'
> & {
  readonly witness: Witness;
  /** Gives up what the person before holds here, when another takes the phone. */
  readonly giveWay: () => Promise<void>;
};

/** Who takes it; as in joining. */
export interface TakeWish {
  readonly name: string;
  readonly asOther: boolean;
  readonly conduct?: Conduct;
}

/** Who this phone was and goes on to be; null where it becomes somebody new. */
function sameOf(known: Identity | null, { note }: HandedBundle, { asOther }: TakeWish) {
  if (known === null || asOther || known.chapter.id !== note.chapterId) return null;
  const { keys, standing = 'ok' } = known;
  return keys && standing === 'ok' ? { ...known, keys } : null;
}

async function makeNew({ note, packet }: HandedBundle, { name }: TakeWish, ports: TakePorts) {
  const { clock, random, signer } = ports;
  const member = { id: makeId<MemberId>(clock.now(), random), name, role: 'canvasser' as const };
  return {
    deviceId: makeId<DeviceId>(clock.now(), random),
    deviceToken: `${note.chapterId}.${toBase64url(random(TOKEN_BYTES))}`,
    chapter: packet.chapter,
    member,
    keys: await signer.makeKeys(),
  };
}

async function writeClaim(
  bundle: HandedBundle,
  who: Pick<Identity, 'deviceId' | 'deviceToken' | 'member'> & { readonly keys: DeviceKeys },
  { signer, hash }: TakePorts,
): Promise<HandedClaim> {
  const said: Omit<HandedClaim, 'signature'> = {
    v: 1,
    note: bundle.note,
    deviceId: who.deviceId,
    memberId: who.member.id,
    name: who.member.name,
    publicKey: who.keys.publicKey,
    tokenHash: await hash(who.deviceToken),
  };
  return { ...said, signature: await signer.sign(who.keys, canonicalJson(said)) };
}

/** Sealed here, as any fact that lies on a phone to be carried. */
async function sealFacts(
  facts: HandedFacts,
  chapterKey: string,
  { seal }: TakePorts,
): Promise<RescueFile> {
  const ops = [];
  for (const { opId, sha256, body } of facts.ops) {
    ops.push({ opId, sha256, sealed: await seal(body, chapterKey) });
  }
  return { ...facts, ops };
}

/** More first contacts than the chapter hears of at once: one of them reaches it first. */
async function isFull(bundle: HandedBundle, wish: TakeWish, { outbox }: TakePorts) {
  const { before = [] } = sameOf(await outbox.readIdentity(), bundle, wish)?.handed ?? {};
  return before.length + bundle.before.length + 2 > MOST_CLAIMS;
}

async function keep(bundle: HandedBundle, wish: TakeWish, ports: TakePorts): Promise<void> {
  const { outbox, packets, clock, witness } = ports;
  const { note, packet, before, facts } = bundle;
  if (wish.asOther) await ports.giveWay();
  const known = await outbox.readIdentity();
  const same = sameOf(known, bundle, wish);
  const who = same ?? (await makeNew(bundle, wish, ports));
  const claim = await writeClaim(bundle, who, ports);
  const conduct = wish.conduct ?? same?.conduct;
  const identity: Identity = {
    ...who,
    registered: true,
    grantUntil: same?.grantUntil ?? note.issuedAt + GRANT_MS,
    // Who knows the chapter's key already takes no other from a file.
    chapterKey: same?.chapterKey ?? packet.chapterKey,
    incarnation: same?.incarnation ?? packet.incarnation,
    standing: 'ok',
    tookMore: same !== null,
    lacksMap: packet.map.streets.features.length === 0,
    // Handed two turfs in a row: the chapter hears of both, in their order.
    handed: {
      claim,
      before: same?.handed ? [...same.handed.before, same.handed.claim, ...before] : before,
    },
    ...(conduct !== undefined && { conduct }),
  };
  // Whatever carries the facts of others is on the disk before anything of the turf is.
  if (facts !== null && facts.deviceId !== who.deviceId) {
    const file = await sealFacts(facts, same?.chapterKey ?? packet.chapterKey, ports);
    await outbox.putCarried({ key: file.signature, file, results: null });
  }
  const head = await outbox.readHead();
  await outbox.putIdentity(identity);
  // A phone that is behind what it is told takes it; one that is ahead may be right.
  const behind = Math.max(0, note.issuedAt - clock.now());
  await outbox.noteContact({
    deviceId: identity.deviceId,
    incarnation: identity.incarnation ?? packet.incarnation,
    serverMs: Math.max(note.issuedAt, same === null ? 0 : (head.serverMs ?? 0)),
    clockOffsetMs: same === null ? behind : (head.clockOffsetMs ?? behind),
  });
  const old = (await packets.readHold())?.turfId;
  await outbox.changeHead((now) => {
    const { deviceId } = identity;
    const { receipt: own, owed } = addToReceipt(now, deviceId, old === undefined ? [] : [old]);
    const turfIds = own.turfIds.filter((turfId) => turfId !== packet.turf.id);
    const receipt = turfIds.length === 0 ? null : { deviceId, turfIds };
    return { ended: null, waiting: null, receipt, owed };
  });
  await packets.putPacket(packet);
  witness.write(identity.deviceId);
}

/**
 * Takes a turf that another screen or phone has handed over, with no network: from now on this phone
 * walks it, under a name and a key of its own, and says so to the chapter when it first reaches it.
 * What the giver had not sent goes along, sealed. Resolves when all of it is on the disk.
 */
export async function takeTurf(
  text: string,
  wish: TakeWish,
  ports: TakePorts,
): Promise<Result<PacketSheet>> {
  const bundle = readBundle(text);
  if (bundle === null) return fail(problem('handed-unreadable'));
  try {
    if (await isFull(bundle, wish, ports)) return fail(problem('handed-unready'));
    await keep(bundle, wish, ports);
    const sheet = await ports.packets.readPacket();
    return sheet === null ? fail(problem('storage-blocked')) : ok(sheet);
  } catch (error) {
    return fail(problem('not-saved', { reason: error instanceof Error ? error.name : '' }));
  }
}
