import { knockedAt } from '#shared/canvass/knocked-at.ts';
import type { PetitionId } from '#shared/kernel/ids.ts';
import type { ListedSignature, SignaturePage } from '#shared/model/petition.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { describeSignatures, readSignatures } from './signatures.ts';

const PAGE = 50;

/**
 * A page of the names under one petition, newest first; `after` passes over that many. `hashes`: of its
 * words by language.
 */
export async function listSignatures(
  { read }: Pick<ChapterDb, 'read'>,
  id: PetitionId,
  hashes: ReadonlyMap<string, string>,
  after: number,
): Promise<SignaturePage> {
  const all = (await readSignatures(read, id)).toReversed();
  const signatures: ListedSignature[] = [];
  for await (const row of describeSignatures(read, all.slice(after, after + PAGE))) {
    const { operation, canvasser } = row;
    const { payload } = operation;
    signatures.push({
      opId: operation.opId,
      personId: row.personId ?? payload.personId,
      name: row.minor === 1 ? '' : `${row.firstName} ${row.lastName}`.trim(),
      address: `${row.number} ${row.street} ${row.unit}`.trim(),
      at: knockedAt(operation).ms,
      canvasser,
      ...(payload.language !== undefined && { language: payload.language }),
      otherWords: payload.wordingHash !== hashes.get(payload.language ?? ''),
      strokes: payload.strokes,
    });
  }
  const next = after + PAGE < all.length ? after + PAGE : null;
  return { signatures, total: all.length, next };
}
