import type { Layer } from '#shared/model/layer.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readLayers } from '../store/layer-rows.ts';

/** The chapter's layers with their provenance, by name. */
export function listLayers(db: Pick<ChapterDb, 'read'>): Promise<Layer[]> {
  return readLayers(db.read);
}
