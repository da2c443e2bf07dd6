import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import {
  type Change,
  MAX_CHANGES_PER_PULL,
  MAX_PULL_BYTES,
  PROTO,
  type PullAnswer,
  type Scope,
  type Standing,
} from '#shared/sync/protocol.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { fixedQuery } from '../store/fixed-query.ts';
import { readTurfChanges } from '../store/log.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { readScopes } from './read-scopes.ts';
import { TurfDigests } from './turf-digests.ts';

const selectHead = fixedQuery((db) =>
  db
    .selectFrom('chapter')
    .innerJoin('clock', (join) => join.onTrue())
    .select(['chapter.incarnation', 'chapter.secret', 'clock.seq']),
);

/** As many of the changes as one page may hold; always one at least. */
function cutPage(changes: readonly Change[]): readonly Change[] {
  let bytes = 0;
  const tooFar = changes.findIndex((change, index) => {
    bytes += Buffer.byteLength(change.body);
    return index > 0 && (bytes > MAX_PULL_BYTES || index >= MAX_CHANGES_PER_PULL);
  });
  return tooFar === -1 ? changes : changes.slice(0, tooFar);
}

const digests = new WeakMap<object, TurfDigests>();

function digestsOf(db: object): TurfDigests {
  const known = digests.get(db) ?? new TurfDigests();
  digests.set(db, known);
  return known;
}

/** The phone that pulls. */
export interface PullingDevice {
  readonly deviceKey: number;
  readonly standing: Standing;
}

/**
 * What happened at the doors of the cursor's turfs since, in one read snapshot, and how each turf
 * stands. One that the phone holds no more brings no rows and says so; where none is held, the
 * cursor stays. With the last page comes a digest of each turf (P10). A cursor that this chapter did
 * not sign, of another incarnation, or ahead of the log is refused; the phone then starts over from
 * its packet.
 */
export function answerPull(
  db: Pick<ChapterDb, 'id' | 'read'>,
  device: PullingDevice,
  text: string,
  now: number,
): Promise<Result<PullAnswer, Problem>> {
  const refused = fail(problem('cursor-refused'));
  return db.read.transaction().execute(async (trx) => {
    const [chapter] = await selectHead(trx, {});
    if (chapter === undefined) throw new Error('The chapter was never stamped.');
    const cursor = readCursor(text, chapter.secret);
    if (cursor === null || cursor.chapterId !== db.id) return refused;
    if (cursor.incarnation !== chapter.incarnation || cursor.seq > chapter.seq) return refused;

    const { deviceKey, standing } = device;
    const reads = standing === 'ok';
    const scopes = await readScopes(trx, { deviceKey, reads }, cursor.turfIds, now);
    const held = scopes.filter((one) => one.state === 'held' && cursor.turfIds.includes(one.id));
    const head = {
      proto: PROTO,
      incarnation: chapter.incarnation,
      serverNow: now,
      standing,
    };
    if (held.length === 0) return ok({ ...head, changes: [], cursor: text, more: false, scopes });

    // Nothing at all has happened in most pulls.
    const turfIds = held.map((scope) => scope.id);
    const found =
      cursor.seq === chapter.seq
        ? []
        : await readTurfChanges(trx, turfIds, cursor.seq, MAX_CHANGES_PER_PULL + 1, chapter.seq);
    const changes = cutPage(found);
    const more = changes.length < found.length;
    const seq = more ? (changes.at(-1)?.seq ?? cursor.seq) : chapter.seq;
    const digested: Scope[] = [];
    for (const scope of scopes) {
      const { id: turfId, version } = scope;
      const moment = { turfId, version, incarnation: chapter.incarnation, seq };
      const digest =
        more || !turfIds.includes(turfId) ? null : await digestsOf(db).read(trx, moment);
      digested.push(digest === null ? scope : { ...scope, digest });
    }
    return ok({
      ...head,
      changes,
      cursor: writeCursor({ ...cursor, seq }, chapter.secret),
      more,
      scopes: digested,
    });
  });
}
