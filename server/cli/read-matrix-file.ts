import { CommandError } from './terminal.ts';
import { readJsonFile } from './read-doors-file.ts';

/** Distances of n stops, row by row, in metres. */
export interface MatrixFile {
  readonly count: number;
  readonly metres: Float64Array;
}

/** More stops than this nobody walks, and their distances would fill the memory. */
export const MOST_STOPS = 5000;

/**
 * Reads `{"n":…, "d":[[…]]}` or `{"n":…, "lower_triangle":[…]}`, row by row without the diagonal.
 * Distances that are no numbers, negative, or not the same both ways end the command.
 */
export function readMatrixFile(path: string): MatrixFile {
  const end = (why: string): never => {
    throw new CommandError(`${path}: ${why} Nothing was computed.`);
  };
  const file = readJsonFile(path);
  if (typeof file !== 'object' || file === null) return end('This is no object with n and d.');
  const { n, d, lower_triangle: lower } = file as Readonly<Record<string, unknown>>;
  const rows = Array.isArray(d) ? (d as unknown[]) : null;
  const count = typeof n === 'number' ? n : (rows?.length ?? -1);
  if (!Number.isInteger(count) || count < 0) return end('n is no whole number of stops.');
  if (count > MOST_STOPS) return end(`These are ${count} stops; the most is ${MOST_STOPS}.`);
  const metres = new Float64Array(count * count);
  const put = (i: number, j: number, value: unknown): void => {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || value > 1e12) {
      end(`The distance from stop ${i} to stop ${j} is no number of metres.`);
    } else metres[i * count + j] = value;
  };
  if (rows !== null) {
    if (rows.length !== count) return end(`n is ${count}, but d has ${rows.length} rows.`);
    rows.forEach((row: unknown, i) => {
      const cells = Array.isArray(row) ? (row as unknown[]) : [];
      if (cells.length !== count)
        return end(`Row ${i} of d has ${cells.length} distances, not ${count}.`);
      cells.forEach((value, j) => i !== j && put(i, j, value));
    });
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < i; j++) {
        const [way, back] = [metres[i * count + j] as number, metres[j * count + i] as number];
        if (Math.abs(way - back) > 1e-6 * Math.max(1, way)) {
          end(
            `From stop ${j} to stop ${i} it is ${back} m, back it is ${way} m; a walk needs both to be the same.`,
          );
        }
        metres[j * count + i] = way;
      }
    }
    return { count, metres };
  }
  if (!Array.isArray(lower)) return end('There is neither d nor lower_triangle.');
  const wanted = (count * (count - 1)) / 2;
  if (lower.length !== wanted) {
    return end(`lower_triangle has ${lower.length} distances; ${count} stops have ${wanted}.`);
  }
  for (let i = 1, at = 0; i < count; i++) {
    for (let j = 0; j < i; j++, at++) {
      put(i, j, (lower as unknown[])[at]);
      metres[j * count + i] = metres[i * count + j] as number;
    }
  }
  return { count, metres };
}
