import type { MemberId } from '#shared/kernel/ids.ts';
import { PRESENCE } from '#shared/model/layer-kind.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { KeepLayer, LayerColumn, LayerId } from '#shared/model/layer.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { findLayer, findLayerByName, putLayer } from '../store/layer-rows.ts';
import { findAsking } from './layer-asked.ts';
import type { MatchedLayer } from './layer-draft.ts';
import type { LayerMaker } from './layer-jobs.ts';

interface Flip {
  readonly id: LayerId;
  readonly matched: MatchedLayer;
  readonly wish: KeepLayer;
  /** Where its values were written. */
  readonly set: number;
  readonly places: readonly number[];
  readonly maker: LayerMaker;
}

/** Columns by the places that universes know them by: the presence bears the layer's own name. */
function nameColumns(
  columns: readonly LayerColumn[],
  places: readonly number[],
  layer: string,
): LayerColumn[] {
  return columns.map((column) => {
    const place = places[column.place] ?? column.place;
    return { ...column, place, name: place === PRESENCE ? layer : column.name };
  });
}

/**
 * Makes the values of a set a layer's, or the newer ones of a layer, at once: whoever asks has either
 * the old ones or the new ones whole. Problems: layer-match-again when somebody was erased since,
 * layer-name-taken, not-found, layer-in-use for a newer file without a column that a universe asks for.
 */
export function flipLayer(
  db: Pick<ChapterDb, 'write'>,
  { id, matched, wish, set, places, maker }: Flip,
  now: number,
): Promise<Result<LayerId>> {
  return db.write(async (trx) => {
    const { erasures } = await trx
      .selectFrom('erasures')
      .select(({ fn }) => fn.countAll<number>().as('erasures'))
      .executeTakeFirstOrThrow();
    if (erasures !== matched.erasures) return fail(problem('layer-match-again'));
    const before = wish.replaces === null ? undefined : await findLayer(trx, wish.replaces);
    if (wish.replaces !== null && before === undefined) return fail(problem('not-found'));
    const name = wish.name.trim();
    const named = await findLayerByName(trx, name);
    if (named !== undefined && named.id !== id) return fail(problem('layer-name-taken', { name }));
    const columns = nameColumns(matched.preview.columns, places, name);
    const left = new Set(columns.map(({ place }) => place));
    const universe = await findAsking(trx, id, (place) => !left.has(place));
    if (universe !== null) return fail(problem('layer-in-use', { universe }));
    const { members, how } = matched.wish;
    const { counts } = matched.preview;
    await putLayer(trx, {
      id,
      name,
      // What was for few eyes stays so, whatever takes its place.
      members: members || before?.members === 1 ? 1 : 0,
      set_key: set,
      file_name: matched.fileName,
      sha256: matched.sha256,
      bytes: matched.bytes,
      how,
      terms: JSON.stringify(wish.terms),
      header: JSON.stringify(matched.header),
      columns: JSON.stringify(columns),
      counts: JSON.stringify(counts),
      made_by: maker.memberId as MemberId | null,
      made_at: now,
    });
    const { rows, byId, exact, tolerant, ambiguous, unmatched } = counts;
    await appendAudit(trx, {
      at: now,
      kind: before === undefined ? 'layer-kept' : 'layer-replaced',
      actor: maker.actor,
      subject: id,
      details: {
        rows,
        people: byId + exact + tolerant,
        ambiguous,
        unmatched,
        members: members || before?.members === 1,
        sha256: matched.sha256,
      },
    });
    return ok(id);
  });
}
