import { mkdirSync } from 'node:fs';
import type { LayerId } from '#shared/model/layer.ts';
import { draftPaths, draftsDir, writeDraft } from '../../server/roll/layer-draft.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { START } from './make-app.ts';

const COUNTS = {
  rows: 0,
  byId: 0,
  exact: 0,
  tolerant: 0,
  ambiguous: 0,
  unmatched: 0,
  rejected: 0,
  repeated: 0,
  erased: 0,
  leftOutByReason: {},
};

/** A layer without a value straight into a chapter, and the preview of a file under the same id. */
export async function makeLayer(db: ChapterDb, mark: string): Promise<void> {
  const id = db.id.replace(/^.{8}/, '0190a0a2') as LayerId;
  const file = { fileName: `${mark}.csv`, bytes: 1, sha256: '0'.repeat(64) };
  const terms = { source: '', obtainedOn: null, purpose: 'not-known', agreement: '' };
  await db.write((trx) =>
    trx
      .insertInto('layers')
      .values({
        id,
        name: `${mark} layer`,
        members: 0,
        set_key: 1,
        file_name: file.fileName,
        sha256: file.sha256,
        bytes: file.bytes,
        how: 'id',
        terms: JSON.stringify(terms),
        header: '[]',
        columns: '[]',
        counts: JSON.stringify(COUNTS),
        made_by: null,
        made_at: START,
      })
      .execute(),
  );
  mkdirSync(draftsDir(db), { recursive: true });
  const mapping = { encoding: 'utf-8', delimiter: ',', layout: null, columns: [] } as const;
  await writeDraft(draftPaths(db, id), {
    ...file,
    wish: {
      uploadId: '',
      mapping: { ...mapping, columns: [] },
      how: 'id',
      members: false,
      columns: [],
    },
    header: [],
    erasures: 0,
    preview: {
      counts: COUNTS,
      columns: [],
      samples: { id: [], name: [], ambiguous: [], unmatched: [] },
    },
  });
}
