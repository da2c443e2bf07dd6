import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** A test of the suite, by what makes vitest run it alone. */
export interface Told {
  readonly project: string;
  readonly file: string;
  /** How its name begins, or a part of it. */
  readonly name: string;
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** What vitest and fast-check say when something is not as expected. */
const FOUND = /AssertionError|Property failed/;

/**
 * Runs one test in a copy of the tree: true when it found something else than it expects. A test
 * that could not even begin has told nothing.
 */
export function failsIn(root: string, { project, file, name }: Told): Promise<boolean> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const exact = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // What was made of a source is used again for as long as its text is the same.
  const kept = `--experimental.fsModuleCachePath=${join(root, 'modules')}`;
  const args = [
    'run',
    '--project',
    project,
    file,
    '-t',
    exact,
    '--reporter=json',
    '--experimental.fsModuleCache',
    kept,
  ];
  const child = spawn(process.execPath, [vitest, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, cried] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr.on('data', (text: Buffer) => (cried += text.toString()));
  return new Promise((resolve, reject) => {
    child.once('close', () => {
      const start = said.indexOf('{"num');
      if (start < 0) return reject(new Error(`${file} did not run: ${cried.slice(0, 600)}`));
      const { testResults } = JSON.parse(said.slice(start)) as Report;
      const ended = testResults
        .flatMap((result) => result.assertionResults)
        .filter(({ status }) => status === 'failed' || status === 'passed');
      if (ended.length === 0) return reject(new Error(`There is no test “${name}” in ${file}.`));
      const told = ended.flatMap((one) => one.failureMessages);
      resolve(told.some((text) => FOUND.test(text)));
    });
  });
}
