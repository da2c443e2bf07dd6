import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { rollInspectCommand } from './roll-inspect.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inspect-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
  rmSync(folder, { recursive: true });
});

async function inspect(path: string, ...more: readonly string[]): Promise<unknown> {
  let said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
    said += String(part);
    return true;
  });
  await rollInspectCommand([path, '--json', ...more]);
  return JSON.parse(said);
}

test('a file that is not there, and a folder, are a report that fits a command line', async () => {
  const path = join(folder, 'none.csv');
  const message = `There is no file ${path}. Nothing was changed.`;
  const problems = [{ line: null, column: null, code: 'file-unreadable', message }];
  expect(await inspect(path)).toMatchObject({ records: 0, layout: null, problems });
  expect(process.exitCode).toBe(1);
  expect(JSON.stringify(await inspect(folder))).toContain('is no file but a folder');
});

test('a header of a hundred and fifty thousand cells is a report too', async () => {
  const path = join(folder, 'wide.csv');
  writeFileSync(path, `${','.repeat(150_000)}\n`);
  await inspect(path);
  expect(process.exitCode).toBe(1);
});

test('a column that the law keeps from being read is told of with its line, unless the state lets it be', async () => {
  const path = join(folder, 'roll.csv');
  writeFileSync(path, 'As of May\nVoter ID,Last,Address,DOB\n1,Doe,1 Elm St,01/02/1970\n');
  const withheld = { line: 2, column: 'DOB', code: 'column-withheld' };
  expect(await inspect(path)).toMatchObject({ records: 1, problems: [withheld] });
  expect(process.exitCode).toBe(0);
  expect(await inspect(path, '--state', 'US-NC')).toMatchObject({ problems: [withheld] });
  expect(await inspect(path, '--state', 'US-OH')).toMatchObject({ problems: [] });
});
