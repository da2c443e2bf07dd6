import { createHash } from 'node:crypto';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import { idFromDigest, type DoorId, type OpId, type PersonId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { HeldDecision, HeldReason } from '#shared/sync/held-reasons.ts';
import type { HeldEntry } from '#shared/sync/phones.ts';
import type { SealedOp } from '#shared/sync/protocol.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { HeldWhole } from '../store/log.ts';
import type { PushingDevice } from '../sync/decide-operation.ts';
import type { CommitNotices } from '../sync/notify.ts';
import { settleHeld } from '../sync/settle-held.ts';
import { byMember } from '../audit/append-audit.ts';
import type { StaffActor } from './actor.ts';
import { MAY, readHeld } from './list-held.ts';

/** What a coordinator wants to be done with a held fact. */
export type HeldWish =
  | { readonly what: 'accept' }
  | { readonly what: 'retarget'; readonly doorId: DoorId }
  | { readonly what: 'discard'; readonly why: string };

type Device = Omit<PushingDevice, 'chapterId'>;

const DECISIONS = {
  accept: 'accepted',
  retarget: 'retargeted',
  discard: 'discarded',
} as const satisfies Record<HeldWish['what'], HeldDecision>;

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
const seal = (opId: string, body: string): SealedOp => ({
  opId,
  sha256: hash(body).toString('hex'),
  body,
});

/**
 * A new operation made out of held bytes, as said by this phone's member at this door. Its id comes
 * from those bytes and the door, so that it can never be made twice.
 */
function reissue(
  { body, reason }: HeldWhole,
  device: Device,
  chapterId: ChapterDb['id'],
  doorId: DoorId | null,
): SealedOp {
  const held = JSON.parse(body) as Operation;
  const entityId = doorId ?? held.entityId;
  const named = `${hash(body).toString('hex')} ${entityId}`;
  const opId = idFromDigest<OpId>(hash(`held ${named}`));
  const payload = { ...held.payload, doorId: entityId };
  // Somebody else may have this id already; whom they met is known by what they said.
  const met = held.type === 'resident' && (reason === 'id-reuse' || doorId !== null);
  const personId = met ? { personId: idFromDigest<PersonId>(hash(`resident ${named}`)) } : {};
  return seal(
    opId,
    canonicalJson({
      ...held,
      opId,
      chapterId,
      actorId: device.memberId,
      deviceId: device.deviceId,
      entityId,
      payload: { ...payload, ...personId },
    }),
  );
}

function toApply(
  held: HeldWhole,
  wish: HeldWish,
  device: Device,
  chapterId: ChapterDb['id'],
): SealedOp | null {
  if (wish.what === 'discard') return null;
  if (wish.what === 'retarget') return reissue(held, device, chapterId, wish.doorId);
  return held.reason === 'scope'
    ? seal(held.opId, held.body)
    : reissue(held, device, chapterId, null);
}

function findEntry(db: Pick<ChapterDb, 'read'>, key: number) {
  return db.read
    .selectFrom('held_ops')
    .innerJoin('devices', 'devices.key', 'held_ops.device_key')
    .select(['held_ops.reason', 'held_ops.decision'])
    .select(['devices.key as deviceKey', 'devices.id as deviceId', 'devices.member_id as memberId'])
    .where('held_ops.key', '=', key)
    .executeTakeFirst();
}

async function hasDoor(db: Pick<ChapterDb, 'read'>, doorId: DoorId): Promise<boolean> {
  const row = await db.read
    .selectFrom('doors')
    .select('key')
    .where('id', '=', doorId)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Applies a held fact, gives it another door, or discards it for a reason; once. What is applied
 * enters the log like any other fact, and whoever follows the door live is told. The bytes stay.
 */
export async function settleEntry(
  { db, member }: StaffActor,
  key: number,
  wish: HeldWish,
  means: { readonly notices: CommitNotices; readonly clock: () => number },
): Promise<Result<HeldEntry>> {
  const found = await findEntry(db, key);
  if (found === undefined) return fail(problem('not-found'));
  if (found.decision !== null) return fail(problem('held-decided'));
  const reason = found.reason as HeldReason;
  if (!MAY[reason].includes(wish.what)) return fail(problem('held-not-fit', { reason }));
  if (wish.what === 'retarget' && !(await hasDoor(db, wish.doorId))) {
    return fail(problem('not-found'));
  }
  const { deviceKey, deviceId, memberId } = found;
  const device = { deviceKey, deviceId, memberId };
  const settled = await settleHeld(
    db,
    {
      key,
      device,
      decision: DECISIONS[wish.what],
      by: member.id,
      why: wish.what === 'discard' ? wish.why.trim() : '',
      happened: {
        at: means.clock(),
        kind: `held-${DECISIONS[wish.what]}`,
        actor: byMember({ member }),
        subject: String(key),
        details: { reason, phone: deviceId },
      },
      toApply: (held) => toApply(held, wish, device, db.id),
    },
    means.clock(),
  );
  if (!settled.ok) return settled;
  const { doorKey } = settled.value;
  if (doorKey !== null) means.notices.tell({ chapterId: db.id, doorKeys: [doorKey] });
  const entry = await readHeld(db.read, key);
  if (entry === null) throw new Error('What was held is gone.');
  return ok(entry);
}
