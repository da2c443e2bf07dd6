import Papa from 'papaparse';
import { problem, type Problem } from '../../shared/kernel/problem.ts';
import { detectDelimiter } from '../../shared/roll/detect-delimiter.ts';
import { detectEncoding } from '../../shared/roll/detect-encoding.ts';
import { inspectRows } from '../../shared/roll/inspect-rows.ts';
import type { InspectMessage, RollCounts } from './inspect-roll-messages.ts';

/**
 * Reads a voter file that a person has chosen, off the main thread and in pieces: what it is, what
 * its columns mean, and how many rows there are. Nothing leaves the browser here.
 */
const HEAD_BYTES = 256 * 1024;
const PIECE_BYTES = 1024 * 1024;
/** Rows that the guess of meanings looks at. */
const SAMPLE_ROWS = 200;
const RAGGED_SHOWN = 5;

function say(message: InspectMessage): void {
  self.postMessage(message);
}

self.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.data instanceof File) void inspect(event.data);
});

async function inspect(file: File): Promise<void> {
  try {
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    const found = detectEncoding(head, file.size <= HEAD_BYTES);
    if (!found.ok) return say({ kind: 'problem', problem: found.problem });
    const { encoding, skip } = found.value;
    const delimiter = detectDelimiter(new TextDecoder(encoding).decode(head.subarray(skip)));
    read(file, encoding, delimiter);
  } catch {
    // The file went away or changed on disk while it was read.
    say({ kind: 'problem', problem: problem('file-unreadable') });
  }
}

function read(
  file: File,
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252',
  delimiter: ',' | '\t' | '|' | ';',
): void {
  let header: string[] | null = null;
  let told = false;
  let stopped = false;
  let line = 0;
  let counts: RollCounts = { rows: 0, ragged: 0, raggedLines: [] };

  const stop = (parser: Papa.Parser, reason: Problem): void => {
    stopped = true;
    parser.abort();
    say({ kind: 'problem', problem: reason });
  };

  const tellColumns = (names: string[], rows: string[][]): Problem | null => {
    told = true;
    const about = { fileName: file.name, bytes: file.size, encoding, delimiter };
    const inspection = inspectRows(about, names, rows.slice(0, SAMPLE_ROWS));
    if (!inspection.ok) return inspection.problem;
    say({ kind: 'columns', inspection: inspection.value });
    return null;
  };

  const count = (row: string[], width: number): void => {
    line++;
    if (row.length === 1 && (row[0] ?? '').trim() === '') return;
    const ragged = row.length !== width;
    counts = {
      rows: counts.rows + 1,
      ragged: counts.ragged + (ragged ? 1 : 0),
      raggedLines:
        ragged && counts.raggedLines.length < RAGGED_SHOWN
          ? [...counts.raggedLines, line]
          : counts.raggedLines,
    };
  };

  Papa.parse<string[], File>(file, {
    encoding,
    delimiter,
    chunkSize: PIECE_BYTES,
    chunk: ({ data, meta, errors }, parser) => {
      let rows = data;
      if (header === null) {
        const first = rows[0];
        if (first === undefined) return;
        header = [(first[0] ?? '').replace(/^\uFEFF/, ''), ...first.slice(1)];
        line = 1;
        rows = rows.slice(1);
      }
      const names = header;
      for (const row of rows) {
        count(row, names.length);
        if (row.some((cell) => cell.includes('\0'))) {
          return stop(parser, problem('roll-has-nul', { line }));
        }
      }
      if (!told) {
        const unfit = tellColumns(names, rows);
        if (unfit) return stop(parser, unfit);
      }
      if (errors.some((error) => error.code === 'MissingQuotes')) {
        return stop(parser, problem('roll-quote-open', { line: Math.max(1, line - 1) }));
      }
      say({ kind: 'progress', bytes: meta.cursor, counts });
    },
    complete: () => {
      if (stopped) return;
      if (header === null || counts.rows === 0) {
        return say({ kind: 'problem', problem: problem('roll-empty') });
      }
      say({ kind: 'done', counts });
    },
    error: () => say({ kind: 'problem', problem: problem('file-unreadable') }),
  });
}
