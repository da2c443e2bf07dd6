import type { DeviceId } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { MAX_OPS_PER_PUSH, type OpResult, type RescueFile } from '#shared/sync/protocol.ts';
import { rescueWords } from '#shared/sync/rescue-words.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { AcceptPush } from '../sync/accept-push.ts';
import { openKept } from '../sync/open-kept.ts';
import type { Actor } from './actor.ts';
import { isSignedBy } from './device-keys.ts';
import { claimHanded } from './handed-claim.ts';

const refused = (reason: string): { readonly ok: false; readonly problem: Problem } =>
  fail(problem('rescue-refused', { reason }));

function findPhone(db: Pick<ChapterDb, 'read'>, id: string) {
  return db.read
    .selectFrom('devices')
    .select(['key', 'id', 'member_id', 'public_key'])
    .where('id', '=', id as DeviceId)
    .executeTakeFirst();
}

/** Notes how many facts the phone had made when its file was saved, if that is news. */
async function noteReach(db: Pick<ChapterDb, 'write'>, key: number, file: RescueFile) {
  const { dbEpoch, maxLocalSeq } = file;
  await db.write((trx) =>
    trx
      .updateTable('devices')
      .set({ max_local_seq: maxLocalSeq })
      .where('key', '=', key)
      .where('db_epoch', '=', dbEpoch)
      .where('max_local_seq', '<', maxLocalSeq)
      .execute(),
  );
}

/**
 * Takes in the outbox of a phone that cannot send, brought by the desk or by another phone: judged
 * as if the phone itself had pushed it, in batches, each fact once however often the file is brought.
 * A file that the phone's own key did not sign is refused whole.
 */
export async function takeRescue(
  { db, ...actor }: Actor,
  file: RescueFile,
  { acceptPush, clock }: { readonly acceptPush: AcceptPush; readonly clock: () => number },
): Promise<Result<{ results: readonly OpResult[] }>> {
  const own = file.chapterId === db.id;
  const [claim, ...later] = own ? [...(file.claims ?? [])].reverse() : [];
  // Nobody knows the phone yet that was handed its turf: its claim comes with its facts.
  if (claim !== undefined) await claimHanded(db, { claim, before: later.reverse() }, { clock });
  const phone = own ? await findPhone(db, file.deviceId) : undefined;
  if (phone === undefined) return refused('it is not of a phone of this chapter');
  if (phone.public_key === null) return refused('its phone has no key to sign with');
  const { signature, ...said } = file;
  if (!isSignedBy(phone.public_key, rescueWords(said), signature)) {
    return refused('it was changed after the phone saved it');
  }
  const device = { deviceKey: phone.key, deviceId: phone.id, memberId: phone.member_id };
  const carrier = actor.kind === 'device' ? actor.deviceKey : null;
  const results: OpResult[] = [];
  for (let at = 0; at < file.ops.length; at += MAX_OPS_PER_PUSH) {
    const ops = await openKept(db, file.ops.slice(at, at + MAX_OPS_PER_PUSH));
    const carriedBy = carrier === phone.key ? null : carrier;
    results.push(...(await acceptPush.bring(db, device, ops, carriedBy, clock())));
  }
  await noteReach(db, phone.key, file);
  return ok({ results });
}
