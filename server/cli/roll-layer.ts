import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { problem, sayProblem } from '#shared/kernel/problem.ts';
import { LAYER_KINDS, type LayerKind } from '#shared/model/layer-kind.ts';
import type { Layer, LayerDraft, LayerTerms } from '#shared/model/layer.ts';
import { NOT_KNOWN, PURPOSES } from '#shared/model/rules.ts';
import { BY_OPERATOR } from '../audit/append-audit.ts';
import { LayerJobs } from '../roll/layer-jobs.ts';
import { openLayerFile, wishOf } from '../roll/layer-file.ts';
import { leftOutCsv } from '../roll/left-out-csv.ts';
import { listLayers } from '../roll/list-layers.ts';
import { removeLayer } from '../roll/remove-layer.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { checkTarget } from './check-target.ts';
import { openBySlug, withPorts } from './open-data.ts';
import { sayLayer, sayPreview } from './say-layer.ts';
import { CommandError, EXIT, openTerminal, orEnd, type Terminal } from './terminal.ts';
import { writeExport } from './write-export.ts';

export const ROLL_LAYER_HELP = `homeground roll layer add FILE --chapter SHORT-NAME --name NAME [--column COLUMN]…
  [--kind number|word|yes-no|text]… (--id-column COLUMN | --by-name) [--members] [--replace]
  [--source TEXT] [--purpose PURPOSE] [--obtained YYYY-MM-DD] [--agreement TEXT]
  [--dry-run] [--json]
homeground roll layer list --chapter SHORT-NAME [--json]
homeground roll layer unmatched NAME --csv FILE --chapter SHORT-NAME [--json]
homeground roll layer remove NAME --chapter SHORT-NAME [--json]

  Appends columns of any CSV file to the people of the roll: a model's score, a union's list,
  the chapter's members. People are found by the roll's id, by name and address, or by both;
  whoever is not sure is left out and listed with the reason. No import changes a layer.
  Without --column the layer says who is in the file. --members marks the chapter's own
  member list, which admins and research leads alone may read. --replace puts a newer file
  in the place of the layer of this name. --dry-run shows what would be found.`;

type Values = ReturnType<typeof parse>['values'];

function parse(words: readonly string[]) {
  return parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      chapter: { type: 'string' },
      name: { type: 'string' },
      column: { type: 'string', multiple: true, default: [] },
      kind: { type: 'string', multiple: true, default: [] },
      'id-column': { type: 'string' },
      'by-name': { type: 'boolean', default: false },
      members: { type: 'boolean', default: false },
      replace: { type: 'boolean', default: false },
      source: { type: 'string' },
      purpose: { type: 'string' },
      obtained: { type: 'string' },
      agreement: { type: 'string' },
      csv: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

function misused(sentence: string = ROLL_LAYER_HELP): CommandError {
  return new CommandError(sentence, EXIT.misused);
}

function oneOf<T extends string>(flag: string, words: readonly T[], said: string): T {
  const found = words.find((one) => one === said);
  if (found !== undefined) return found;
  throw misused(`--${flag} is one of: ${words.join(', ')}. Nothing was changed.`);
}

function termsOf({ source, purpose, obtained, agreement }: Values): LayerTerms {
  if (obtained !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(obtained)) {
    throw misused('--obtained is a date such as 2026-03-01.');
  }
  return {
    source: source ?? '',
    obtainedOn: obtained ?? null,
    purpose:
      purpose === undefined ? NOT_KNOWN : oneOf('purpose', [...PURPOSES, NOT_KNOWN], purpose),
    agreement: agreement ?? '',
  };
}

async function findByName(db: ChapterDb, name: string): Promise<Layer> {
  const found = (await listLayers(db)).find((one) => one.name === name);
  if (found === undefined) throw new CommandError(sayProblem(problem('not-found')));
  return found;
}

function whole(draft: LayerDraft, state: LayerDraft['state']): LayerDraft {
  if (draft.state === state) return draft;
  if (draft.state === 'cancelled') throw new CommandError('It was stopped. Nothing was kept.');
  throw new CommandError(sayProblem(draft.problem ?? problem('layer-interrupted')));
}

async function add(ports: Ports, values: Values, file: string, terminal: Terminal): Promise<void> {
  const name = values.name ?? '';
  const idColumn = values['id-column'] ?? null;
  if (name.trim() === '' || (idColumn === null && !values['by-name'])) throw misused();
  const kinds = values.kind.map((kind): LayerKind => oneOf('kind', LAYER_KINDS, kind));
  const terms = termsOf(values);
  if (!existsSync(file)) {
    throw new CommandError(`There is no file ${resolve(file)}. Nothing was changed.`);
  }
  const db = await openBySlug(ports, values.chapter);
  const named = (await listLayers(db)).find((one) => one.name === name.trim());
  if (named !== undefined && !values.replace && !values['dry-run']) {
    throw new CommandError(sayProblem(problem('layer-name-taken', { name })));
  }
  const jobs = new LayerJobs(ports);
  const { upload, drop } = orEnd(await openLayerFile(db, resolve(file), ports));
  let under: string | null = null;
  const stop = (): void => void (under !== null && jobs.cancel(db, under));
  process.once('SIGINT', stop);
  try {
    const { column, members } = values;
    const typed = { columns: column, kinds, idColumn, byName: values['by-name'], members };
    const wish = orEnd(await wishOf(upload, typed));
    const say = ({ rowsRead }: LayerDraft): void => terminal.progress(`${rowsRead} rows`);
    const begun = orEnd(await jobs.match(db, upload, wish, say));
    under = begun.started.id;
    const matched = whole(await begun.finished, 'matched');
    const { preview } = matched;
    if (preview === null) throw new CommandError(sayProblem(problem('layer-interrupted')));
    const { counts, columns } = preview;
    const json = { layer: null, name, ...counts, columns };
    if (values['dry-run']) {
      await jobs.cancel(db, under);
      return terminal.result(`${sayPreview(name, preview)}\nNothing was kept.`, json);
    }
    const maker = { actor: BY_OPERATOR, memberId: null };
    const keep = { name, terms, replaces: named?.id ?? null };
    const keeping = orEnd(await jobs.keep(db, under, keep, maker, say));
    const kept = whole(await keeping.finished, 'kept');
    terminal.result(sayPreview(name, preview), { ...json, layer: kept.layerId });
  } finally {
    process.removeListener('SIGINT', stop);
    await drop();
  }
}

/** `homeground roll layer add|list|unmatched|remove`. */
export async function rollLayerCommand(words: readonly string[]): Promise<void> {
  const { values, positionals } = parse(words);
  if (values.help) return void process.stdout.write(`${ROLL_LAYER_HELP}\n`);
  const [verb, what, ...others] = positionals;
  if (others.length > 0) throw misused();
  const { csv } = values;
  if (verb === 'unmatched' && csv !== undefined) await checkTarget(csv);
  await withPorts(async (ports) => {
    const terminal = openTerminal(values.json);
    if (verb === 'add' && what !== undefined) return add(ports, values, what, terminal);
    const db = await openBySlug(ports, values.chapter);
    if (verb === 'list' && what === undefined) {
      const layers = await listLayers(db);
      const text = layers.length === 0 ? 'There is no layer.' : layers.map(sayLayer).join('\n');
      return terminal.result(text, { layers });
    }
    if (verb === 'unmatched' && what !== undefined && csv !== undefined) {
      const { id, counts } = await findByName(db, what);
      const file = resolve(csv);
      await writeExport(db, orEnd(await leftOutCsv(db, id)), file, ports);
      const { ambiguous, unmatched, rejected } = counts;
      const rows = ambiguous + unmatched + rejected;
      const said = `${rows} rows matched nobody for sure. They are in ${file}.`;
      return terminal.result(said, { rows, ambiguous, unmatched, rejected, file });
    }
    if (verb === 'remove' && what !== undefined) {
      const { id } = await findByName(db, what);
      const by = { actor: BY_OPERATOR };
      orEnd(await removeLayer(db, new LayerJobs(ports), id, by, ports.clock()));
      return terminal.result(`The layer ${what} is deleted.`, { removed: id });
    }
    throw misused();
  });
}
