import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { sayProblem } from '#shared/kernel/problem.ts';
import type { RollImport } from '#shared/model/roll.ts';
import { importRollFile } from '../roll/import-roll-file.ts';
import { readRollDiff } from '../roll/roll-diff.ts';
import { RollImports } from '../roll/roll-imports.ts';
import { readChapter } from '../chapter/read-chapter.ts';
import { readSaidTerms } from '../privacy/read-rules.ts';
import { readMapping } from './read-mapping.ts';
import { readTerms, sayUnsaid } from './read-terms.ts';
import {
  isDuplicatesVerb,
  ROLL_DUPLICATES_HELP,
  rollDuplicatesCommand,
} from './roll-duplicates.ts';
import { ROLL_INSPECT_HELP, rollInspectCommand } from './roll-inspect.ts';
import { ROLL_LAYER_HELP, rollLayerCommand } from './roll-layer.ts';
import { isRefreshVerb, ROLL_REFRESH_HELP, rollRefreshCommand } from './roll-refresh.ts';
import { ROLL_UNMATCHED_HELP, rollUnmatchedCommand } from './roll-unmatched.ts';
import { openBySlug, withPorts } from './open-data.ts';
import { reportJson, sayDiff, sayProgress, sayReport } from './say-roll.ts';
import { CommandError, EXIT, openTerminal, orEnd } from './terminal.ts';

export const ROLL_HELP = `${ROLL_INSPECT_HELP}

homeground roll import FILE --chapter SHORT-NAME [--history FILE]…
  [--state US-XX|other] [--purpose PURPOSE] [--server us|elsewhere] [--obtained YYYY-MM-DD]
  [--agreement TEXT] [--terms not-known] [--mapping FILE] [--yes] [--placements F.csv] [--json]

  Imports a voter file into a chapter, as an upload does: recognises its columns, puts its
  people behind doors on the map, and compares them with the roll that stands, beside which
  it waits until "roll apply"; one that waited before is thrown away. The first roll of a
  chapter, or any with --yes, takes its place at once. Nothing learnt at a door is touched.
  --placements writes where each was placed; --history adds voting-activity files that come
  beside the roll. --mapping says what the columns mean: a file that a desk saved, or the report
  of "roll inspect --json" with its fields put right. It is kept for the next file of its kind.
  --state, --purpose, --server, --obtained and --agreement say under which terms the file
  came. Once said they hold for the next file too, but for its date. What is not said counts
  as not known; --terms not-known admits it without being told so. The desk shows it until it
  is known, and birth dates and e-mail addresses are not read where no state is known.
  Ctrl-C stops it and leaves the roll as it was.

${ROLL_LAYER_HELP}

${ROLL_REFRESH_HELP}

${ROLL_UNMATCHED_HELP}

${ROLL_DUPLICATES_HELP}`;

const WAITS =
  'This roll waits beside the one that stands: "homeground roll diff" shows how they differ, "roll apply" puts it in place, "roll discard" throws it away.';

/** Whether a file is named among the words of a command. */
function namesFile(words: readonly string[]): boolean {
  const before = new Set(['--chapter', '--mapping']);
  return words.some((word, at) => !word.startsWith('-') && !before.has(words[at - 1] ?? ''));
}

export async function rollCommand(words: readonly string[]): Promise<void> {
  if (words[0] === 'inspect') return rollInspectCommand(words.slice(1));
  if (isDuplicatesVerb(words[0])) return rollDuplicatesCommand(words[0], words.slice(1));
  if (words[0] === 'layer') return rollLayerCommand(words.slice(1));
  if (words[0] === 'unmatched') return rollUnmatchedCommand(words.slice(1));
  if (isRefreshVerb(words[0]) && !(words[0] === 'diff' && namesFile(words.slice(1)))) {
    return rollRefreshCommand(words[0], words.slice(1));
  }
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      chapter: { type: 'string' },
      history: { type: 'string', multiple: true, default: [] },
      state: { type: 'string' },
      purpose: { type: 'string' },
      server: { type: 'string' },
      obtained: { type: 'string' },
      agreement: { type: 'string' },
      terms: { type: 'string' },
      yes: { type: 'boolean', default: false },
      placements: { type: 'string' },
      mapping: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${ROLL_HELP}\n`);
  const [verb, file, ...others] = positionals;
  if ((verb !== 'import' && verb !== 'diff') || file === undefined || others.length > 0) {
    throw new CommandError(ROLL_HELP, EXIT.misused);
  }
  for (const path of [
    file,
    ...values.history,
    ...(values.mapping === undefined ? [] : [values.mapping]),
  ]) {
    if (!existsSync(path)) {
      throw new CommandError(`There is no file ${resolve(path)}. Nothing was changed.`);
    }
  }
  const columns = values.mapping === undefined ? null : readMapping(resolve(values.mapping));
  await withPorts(async (ports) => {
    const db = await openBySlug(ports, values.chapter);
    const terminal = openTerminal(values.json);
    const stop = new AbortController();
    const interrupt = (): void => stop.abort();
    process.once('SIGINT', interrupt);
    const { state, purpose, server, obtained, agreement, terms: rest } = values;
    const typed = { state, purpose, server, obtained, agreement, terms: rest };
    const silent = Object.values(typed).every((value) => value === undefined);
    // Only the demo chapter has terms of its own.
    const read =
      silent && (await readChapter(db)).demo
        ? null
        : readTerms(typed, await readSaidTerms(db.read));
    if (read !== null && read.unsaid.length > 0) terminal.step(sayUnsaid(read.unsaid));
    const { clock, random } = ports;
    const diffs = verb === 'diff';
    const options = {
      clock,
      random,
      history: values.history,
      columns,
      terms: read?.terms ?? null,
      apply: values.yes && !diffs,
      replaces: !diffs,
      placements: values.placements === undefined ? null : resolve(values.placements),
    };
    const waited = diffs ? null : await new RollImports(ports).waiting(db);
    const report = (state: RollImport): void => terminal.progress(sayProgress(state));
    const imported = await importRollFile(db, resolve(file), options, report, stop.signal);
    process.removeListener('SIGINT', interrupt);
    const ended = orEnd(imported);
    if (waited !== null) terminal.step(`${waited.fileName}, which waited, was thrown away.`);
    if (ended.report !== null && diffs) {
      const diff = await readRollDiff(db, ended);
      if (ended.state === 'ready') await new RollImports(ports).cancel(db, ended.id);
      return terminal.result(sayDiff(diff), diff);
    }
    if (ended.report !== null) {
      if (ended.state === 'ready') terminal.step(WAITS);
      return terminal.result(sayReport(ended.report), reportJson(ended.report));
    }
    if (values.json) terminal.result('', ended);
    throw new CommandError(
      ended.problem?.text ??
        (ended.state === 'cancelled'
          ? 'The import was stopped. The roll is as it was before.'
          : sayProblem({ code: 'import-failed', facts: {} })),
    );
  });
}
