import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { sayProblem } from '#shared/kernel/problem.ts';
import type { ImportReport, RollImport } from '#shared/model/roll.ts';
import { importRollFile } from '../roll/import-roll-file.ts';
import { readChapter } from '../chapter/read-chapter.ts';
import { readSaidTerms } from '../privacy/read-rules.ts';
import { readTerms } from './read-terms.ts';
import { ROLL_INSPECT_HELP, rollInspectCommand } from './roll-inspect.ts';
import { ROLL_UNMATCHED_HELP, rollUnmatchedCommand } from './roll-unmatched.ts';
import { openBySlug, withPorts } from './open-data.ts';
import { CommandError, EXIT, openTerminal, orEnd } from './terminal.ts';

export const ROLL_HELP = `${ROLL_INSPECT_HELP}

homeground roll import FILE --chapter SHORT-NAME [--history FILE]…
  --state US-XX|other --purpose PURPOSE --server us|elsewhere --obtained YYYY-MM-DD
  --agreement TEXT [--terms not-known] [--json]

  Imports a voter file into a chapter, as an upload does: recognises its columns, puts its
  people behind doors on the map, and lets it take the place of the roll before. Nothing
  learnt at a door is touched. --history adds voting-activity files that come beside the roll.
  --state, --purpose, --server, --obtained and --agreement say under which terms the file
  came. Once said they hold for the next file too, but for its date. Whoever does not know
  one says not-known, or --terms not-known of all the rest: the desk shows it until it is
  known, and birth dates and e-mail addresses are not read where no state is known.
  Ctrl-C stops it and leaves the roll as it was.

${ROLL_UNMATCHED_HELP}`;

export async function rollCommand(words: readonly string[]): Promise<void> {
  if (words[0] === 'inspect') return rollInspectCommand(words.slice(1));
  if (words[0] === 'unmatched') return rollUnmatchedCommand(words.slice(1));
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
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${ROLL_HELP}\n`);
  const [verb, file, ...others] = positionals;
  if (verb !== 'import' || file === undefined || others.length > 0) {
    throw new CommandError(ROLL_HELP, EXIT.misused);
  }
  for (const path of [file, ...values.history]) {
    if (!existsSync(path)) {
      throw new CommandError(`There is no file ${resolve(path)}. Nothing was changed.`);
    }
  }
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
    const terms =
      silent && (await readChapter(db)).demo
        ? null
        : readTerms(typed, await readSaidTerms(db.read));
    const { clock, random } = ports;
    const options = { clock, random, history: values.history, terms };
    const report = (state: RollImport): void => terminal.progress(sayProgress(state));
    const imported = await importRollFile(db, resolve(file), options, report, stop.signal);
    process.removeListener('SIGINT', interrupt);
    const ended = orEnd(imported);
    if (ended.state === 'done' && ended.report !== null) {
      return terminal.result(sayReport(ended.report), ended);
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

function sayProgress({ step, rowsRead, bytesRead, bytes }: RollImport): string {
  const percent = bytes === 0 ? 100 : Math.floor((100 * bytesRead) / bytes);
  const words = {
    reading: 'Reading',
    placing: 'Comparing',
    publishing: 'Publishing',
    undoing: 'Bringing back',
  };
  return `${words[step ?? 'reading']}: ${rowsRead.toLocaleString('en')} rows, ${percent} %`;
}

function sayReport(report: ImportReport): string {
  const { placed } = report;
  const n = (count: number): string => count.toLocaleString('en').padStart(11);
  const reasons = (title: string, counts: Readonly<Record<string, number>>): string[] =>
    Object.entries(counts).map(([reason, count]) => `${n(count)}  ${title}: ${reason}`);
  return [
    `${n(report.rows)}  rows`,
    `${n(report.people)}  people, ${report.added} new, ${report.changed} changed, ${report.same} as before; ${report.gone} left the roll`,
    `${n(report.repeated)}  rows that repeat an earlier one`,
    ...reasons('rejected', report.rejectedByReason),
    `${n(report.doors)}  doors in ${report.buildings.toLocaleString('en')} buildings`,
    `${n(placed.exact + placed.tolerant)}  people matched to an address (${placed.tolerant} by a tolerant match)`,
    `${n(placed.interpolated)}  people placed along their street, ${placed.given} by the file's coordinates`,
    ...reasons('without a place', report.unplacedByReason),
  ].join('\n');
}
