import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeId, type Id } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { LayerId, LayerPreview, StartLayer } from '#shared/model/layer.ts';
import type { RollField } from '#shared/model/roll.ts';
import { BY_OPERATOR } from '../../server/audit/append-audit.ts';
import { flipLayer } from '../../server/roll/flip-layer.ts';
import { keepInSqlite } from '../../server/roll/keep-layer.ts';
import { draftPaths, draftsDir, readDraft } from '../../server/roll/layer-draft.ts';
import { matchInto } from '../../server/roll/run-layer-job.ts';
import { inTransaction } from '../../server/store/in-transaction.ts';
import { clearSets, findLayerByName, openSet } from '../../server/store/layer-rows.ts';
import type { RollHarness } from './roll-harness.ts';

export interface LayerFile {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What each column means, or the name of a value. */
  readonly who: readonly (readonly [column: number, field: RollField])[];
  readonly columns: StartLayer['columns'];
  readonly how: StartLayer['how'];
  readonly members?: boolean;
}

const random = seededBytes(seededDice(3));

/** Layers made in this thread, on the roll of a harness. */
export class LayerHarness {
  readonly #roll: RollHarness;
  readonly #dir = mkdtempSync(join(tmpdir(), 'homeground-layers-'));

  constructor(roll: RollHarness) {
    this.#roll = roll;
    mkdirSync(draftsDir(roll.db), { recursive: true });
  }

  close(): void {
    rmSync(this.#dir, { recursive: true, force: true });
    rmSync(draftsDir(this.#roll.db), { recursive: true, force: true });
  }

  /** Looks for the people of a file; `read` gives what was found, row by row. */
  async match(file: LayerFile): Promise<{ id: string; preview: LayerPreview }> {
    const { header, rows, who, columns, how, members = false } = file;
    const path = join(this.#dir, 'layer.txt');
    writeFileSync(path, [header, ...rows].map((cells) => `${cells.join('\t')}\n`).join(''));
    const id: string = makeId<Id<'draft'>>(1, random);
    const wish: StartLayer = {
      uploadId: '',
      how,
      members,
      columns,
      mapping: {
        encoding: 'utf-8',
        delimiter: '\t',
        layout: null,
        headerLine: 1,
        columns: who.map(([column, field]) => ({ column, field })),
      },
    };
    const draft = draftPaths(this.#roll.db, id);
    const about = { fileName: 'layer.txt', bytes: 1, sha256: '' };
    const ports = { onProgress: () => {}, cancelled: () => false };
    await matchInto(this.#roll.db, { path, about, wish, draft }, ports);
    const found = await readDraft(draft);
    if (found === null) throw new Error('Nothing was found.');
    return { id, preview: found.preview };
  }

  /** Keeps what was found under a name, in the place of the layer of that name. */
  async keep(id: string, name: string): Promise<void> {
    const { db, sqlite } = this.#roll;
    const draft = draftPaths(db, id);
    const matched = await readDraft(draft);
    if (matched === null) throw new Error('Nothing was found.');
    const before = await findLayerByName(db.read, name);
    const set = await openSet(db, 1);
    const places = matched.preview.columns.map(({ place }) => place);
    const inTurn = <T>(work: () => T): Promise<T> => Promise.resolve(inTransaction(sqlite, work));
    const ports = { onProgress: () => {}, cancelled: () => false, inTurn };
    await keepInSqlite(sqlite, { set, places, path: draft.values }, ports);
    const terms = { source: '', obtainedOn: null, purpose: 'not-known', agreement: '' } as const;
    const kept = await flipLayer(
      db,
      {
        id: before?.id ?? makeId<LayerId>(1, random),
        matched,
        wish: { name, terms, replaces: before?.id ?? null },
        set,
        places,
        maker: { actor: BY_OPERATOR, memberId: null },
      },
      1,
    );
    if (!kept.ok) throw new Error(kept.problem.code);
    await clearSets(db);
  }

  /** Every value of every layer by what people are called, not by keys. */
  values(): string[] {
    return this.#roll
      .lines(`select json_array(l.name, v.place, p.source_id, v.amount, v.word) as line
      from layer_values v join layers l on l.set_key = v.set_key
      join people p on p.key = v.person_key`);
  }
}
