import type { MemberId, TurfId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import type { LaunchCode } from '#shared/model/turf.ts';
import { makeLaunchLetters, showLaunchLetters } from '#shared/privacy/launch-letters.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { appendAudit, BY_SERVER } from '../audit/append-audit.ts';
import { hashSecret, makeCredential } from './credential.ts';
import { readChapter } from './read-chapter.ts';

/** A launch lasts a day's shift; the demo's code lasts as long as somebody may leave it running. */
const CODE_LIFE = 12 * 3_600_000;
const DEMO_CODE_LIFE = 30 * 24 * 3_600_000;

/** A code and a QR's link that open one published turf to whoever holds them. */
export async function launchTurf(
  db: ChapterDb,
  turfId: TurfId,
  memberId: MemberId,
  ports: Ports,
  actor: AuditActor = BY_SERVER,
): Promise<Result<LaunchCode & { readonly token: string }>> {
  const turf = await db.read
    .selectFrom('turfs')
    .select('state')
    .where('id', '=', turfId)
    .executeTakeFirst();
  if (turf === undefined) return fail(problem('not-found'));
  if (turf.state !== 'published') return fail(problem('turf-draft'));
  const { demo } = await readChapter(db);
  const now = ports.clock();
  const expiresAt = now + (demo ? DEMO_CODE_LIFE : CODE_LIFE);
  const { token, hash } = makeCredential(db.id, ports.random);
  const letters = makeLaunchLetters(ports.random(8));
  const codeHash = hashSecret(letters);
  await ports.registry.dropExpiredCodes(now);
  await ports.registry.addCode(codeHash, db.id, expiresAt);
  await db.write(async (trx) => {
    await trx.deleteFrom('launch_codes').where('expires_at', '<=', now).execute();
    await trx
      .insertInto('launch_codes')
      .values({
        token_hash: hash,
        code_hash: codeHash,
        turf_id: turfId,
        created_by: memberId,
        created_at: now,
        expires_at: expiresAt,
      })
      .execute();
    await appendAudit(trx, {
      at: now,
      kind: 'turf-launched',
      actor,
      subject: turfId,
      details: { until: expiresAt },
    });
  });
  const url = `${ports.publicUrl()}/join#${token}`;
  return ok({ code: showLaunchLetters(letters), url, expiresAt, token });
}
