import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { rulesOf } from '#shared/privacy/rules/rule-packs.ts';
import { describeFault } from '#shared/roll/describe-fault.ts';
import { inspectFile, type InspectedRoll } from '../roll/inspect-file.ts';
import { readMapping } from './read-mapping.ts';
import { CommandError, EXIT, openTerminal } from './terminal.ts';

export const ROLL_INSPECT_HELP = `homeground roll inspect FILE [--state US-XX] [--mapping FILE] [--json]

  Looks through a file from its beginning to its end and says what it is: letters, what parts
  its cells, its header, its layout, what each column is taken for, how many records it has,
  and each row that is wrong, with its line, its column and what to do. Reads text, gzip, and
  ZIP of one file. Writes nothing. With --json each column is its name, the field it is taken
  for (or null) and why. Columns that the law of --state keeps from being read, and while no state
  is said any state's, are among the problems. --mapping says what the columns mean, as for "roll import".
  Each row is listed once, with the first thing that is wrong. Exit code 0 when the file can be imported as it is, else 1.`;

const PROBLEMS_SHOWN = 40;

/** `homeground roll inspect FILE`: whatever the file is, the answer is a report. */
export async function rollInspectCommand(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      state: { type: 'string' },
      mapping: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${ROLL_INSPECT_HELP}\n`);
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) {
    throw new CommandError(ROLL_INSPECT_HELP, EXIT.misused);
  }
  const path = resolve(file);
  const columns = values.mapping === undefined ? null : readMapping(resolve(values.mapping));
  const found = await inspectFile(path, new Date().toISOString().slice(0, 10), { columns });
  const survey =
    found.hindrance?.code === 'file-unreadable'
      ? sayUnreadable(found, path)
      : withLeftOut(found, values.state ?? null);
  openTerminal(values.json).result(saySurvey(survey), toReport(survey));
  process.exitCode = survey.hindrance === null ? EXIT.done : EXIT.failed;
}

/** With a remark on each column that is not read under the law of a state; null: of any. */
function withLeftOut(survey: InspectedRoll, state: string | null): InspectedRoll {
  if (survey.inspection === null) return survey;
  const { columns, headerLine } = survey.inspection;
  const { refuses } = rulesOf(state);
  const { what, todo } = describeFault('column-withheld');
  const remarks = columns
    .filter(({ use }) => use !== null && refuses.includes(use.field))
    .map(({ name, column }) => ({
      line: Math.max(headerLine, 1),
      column: name.trim() || `column ${column + 1}`,
      code: 'column-withheld',
      message: `${what} ${todo}`,
    }));
  const problems = [...remarks, ...survey.problems];
  return { ...survey, problems: problems.sort((a, b) => (a.line ?? LAST) - (b.line ?? LAST)) };
}

/** Remarks on no line stand behind the others. */
const LAST = Number.POSITIVE_INFINITY;

/** Why a file named on a command line cannot be read; the catalogue's sentence is for a browser. */
function sayUnreadable(survey: InspectedRoll, path: string): InspectedRoll {
  const about = statSync(path, { throwIfNoEntry: false });
  const why =
    about === undefined
      ? `There is no file ${path}.`
      : about.isFile()
        ? `${path} may not be read by whoever runs this command.`
        : `${path} is no file but a folder or the like.`;
  const message = `${why} Nothing was changed.`;
  return { ...survey, problems: survey.problems.map((one) => ({ ...one, message })) };
}

/** The survey as programs read it. */
function toReport({ inspection, records, problems }: InspectedRoll): object {
  return {
    encoding: inspection?.encoding ?? null,
    delimiter: inspection?.delimiter ?? null,
    header: inspection !== null && inspection.headerLine > 0,
    records,
    columns: (inspection?.columns ?? []).map(({ name, use, because }) => ({
      name,
      field: use?.field ?? null,
      ...(use?.election === undefined ? {} : { election: use.election }),
      because,
    })),
    layout: inspection?.layout ?? null,
    problems,
  };
}

const DELIMITER_WORDS = {
  ',': 'commas',
  '\t': 'tabs',
  '|': 'bars',
  ';': 'semicolons',
  '^': 'carets',
  '~': 'tildes',
  fixed: 'none, each cell has its place in the line',
};

const BECAUSE_WORDS = {
  layout: 'its layout',
  header: 'its name',
  values: 'what is in it',
  mapping: 'the mapping',
  forbidden: 'never read',
};

function saySurvey({ inspection, records, taken, problems, packed, hindrance }: InspectedRoll) {
  const lines: string[] = [];
  const count = (n: number): string => n.toLocaleString('en');
  if (inspection !== null) {
    const { encoding, delimiter, quoted, headerLine, layout, columns } = inspection;
    lines.push(
      `letters     ${encoding}${packed === null ? '' : ` (in a ${packed} archive)`}`,
      `between     ${DELIMITER_WORDS[delimiter]}${quoted ? ', cells may stand in quotation marks' : ''}`,
      `header      ${headerLine === 0 ? 'none, columns go by their place' : `line ${headerLine}`}`,
      `layout      ${layout ?? 'none that is known'}`,
      `records     ${count(records)}, of which ${count(taken)} can be taken`,
      'columns',
    );
    for (const { name, column, use, because } of columns) {
      const shown = name.trim() || `column ${column + 1}`;
      const meaning = use === null ? '-' : `${use.field} ${use.election ?? ''}`.trim();
      const why = because === null ? '' : ` (${BECAUSE_WORDS[because]})`;
      lines.push(`  ${shown.padEnd(36)} ${meaning}${why}`);
    }
  }
  if (problems.length > 0) {
    lines.push('problems (each row is listed once, with the first thing that is wrong)');
  }
  for (const { line, column, message } of problems.slice(0, PROBLEMS_SHOWN)) {
    const where = [line === null ? '' : `line ${line}`, column ?? ''].filter((part) => part !== '');
    lines.push(`  ${where.length === 0 ? '' : `${where.join(', ')}: `}${message}`);
  }
  if (problems.length > PROBLEMS_SHOWN) {
    lines.push(`  and ${problems.length - PROBLEMS_SHOWN} more; --json lists them`);
  }
  lines.push(
    hindrance === null ? 'This file can be imported.' : 'This file cannot be imported as it is.',
  );
  return lines.join('\n');
}
