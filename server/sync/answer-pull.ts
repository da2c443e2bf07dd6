import type { TurfId } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import {
  type Change,
  MAX_CHANGES_PER_PULL,
  MAX_PULL_BYTES,
  PROTO,
  type PullAnswer,
} from '#shared/sync/protocol.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readTurfChanges } from '../store/log.ts';
import { readCursor, writeCursor } from './cursor.ts';

/** As many of the changes as one page may hold; always one at least. */
function cutPage(changes: readonly Change[]): readonly Change[] {
  let bytes = 0;
  const tooFar = changes.findIndex((change, index) => {
    bytes += Buffer.byteLength(change.body);
    return index > 0 && (bytes > MAX_PULL_BYTES || index >= MAX_CHANGES_PER_PULL);
  });
  return tooFar === -1 ? changes : changes.slice(0, tooFar);
}

/**
 * What happened at the doors of the cursor's turfs since, in one read snapshot. A cursor that this
 * chapter did not sign, of another incarnation, ahead of the log, or for a turf that the device no
 * longer holds is refused; the phone then starts over from its packet.
 */
export function answerPull(
  db: Pick<ChapterDb, 'id' | 'read'>,
  device: { readonly deviceKey: number },
  text: string,
  now: number,
): Promise<Result<PullAnswer, Problem>> {
  const refused = fail(problem('cursor-refused'));
  return db.read.transaction().execute(async (trx) => {
    const chapter = await trx
      .selectFrom('chapter')
      .innerJoin('clock', (join) => join.onTrue())
      .select(['chapter.incarnation', 'chapter.secret', 'clock.seq'])
      .executeTakeFirstOrThrow();
    const scopes = await trx
      .selectFrom('assignments')
      .innerJoin('turfs', 'turfs.id', 'assignments.turf_id')
      .select(['turfs.id', 'turfs.version'])
      .distinct()
      .where('assignments.device_key', '=', device.deviceKey)
      .where('assignments.ended_at', 'is', null)
      .where('assignments.until_at', '>', now)
      .orderBy('turfs.id')
      .execute();

    const cursor = readCursor(text, chapter.secret);
    if (cursor === null || cursor.chapterId !== db.id) return refused;
    if (cursor.incarnation !== chapter.incarnation || cursor.seq > chapter.seq) return refused;
    const holds = new Set<TurfId>(scopes.map((scope) => scope.id));
    if (cursor.turfIds.some((turfId) => !holds.has(turfId))) return refused;

    const found = await readTurfChanges(trx, cursor.turfIds, cursor.seq, MAX_CHANGES_PER_PULL + 1);
    const changes = cutPage(found);
    const more = changes.length < found.length;
    const seq = more ? (changes.at(-1)?.seq ?? cursor.seq) : chapter.seq;
    return ok({
      proto: PROTO,
      incarnation: chapter.incarnation,
      serverNow: now,
      changes,
      cursor: writeCursor({ ...cursor, seq }, chapter.secret),
      more,
      scopes,
    });
  });
}
