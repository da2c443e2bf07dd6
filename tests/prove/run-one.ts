import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Progress, Prove, ProveOptions } from './prove.ts';

// A test of the proof, or a few one after the other, in a process of its own: what they leave behind
// ends with it.

type Given = Pick<ProveOptions, 'size' | 'seed' | 'cases' | 'shard' | 'oldRed'> & {
  readonly name: string;
  /** The address of the test: of its source, or of what was made of that. */
  readonly module: string;
  readonly state: string;
};

const write = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (stopping = true));

/** Resolves to whether it has counted. */
async function runTest(given: Given): Promise<boolean> {
  const { name, size, seed, cases, shard, state } = given;
  const file = join(state, `${name}-${size}-${seed}-${shard.index + 1}of${shard.count}.json`);
  const resumed = size === 'long' && cases === null;

  function readProgress(): Progress | null {
    if (!resumed || !existsSync(file)) return null;
    return JSON.parse(readFileSync(file, 'utf8')) as Progress;
  }

  let printed = false;
  const { prove } = (await import(/* @vite-ignore */ given.module)) as { prove: Prove };
  await prove({
    ...given,
    resume: readProgress(),
    print: (line) => {
      printed = true;
      write(line);
    },
    say: (text) => console.error(text),
    red: (redSeed, wrong) => {
      const replay = `npm run prove -- ${name} --seed ${redSeed} --cases 1${
        size === 'ci' ? '' : ` --${size}`
      }`;
      console.error(`${name}: RED ${redSeed}\n  ${wrong.join('\n  ')}\n  again: ${replay}`);
      write({ red: { test: name, seed: redSeed, wrong, replay } });
    },
    keep: (progress) => {
      if (!resumed) return;
      mkdirSync(state, { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(progress));
      renameSync(`${file}.new`, file);
    },
    stopping: () => stopping,
  });
  if (printed) rmSync(file, { force: true });
  return printed;
}

for (const given of JSON.parse(process.argv[2] ?? '') as readonly Given[]) {
  // 75: asked to stop, the same command goes on; 70: it forgot to count.
  if (!(await runTest(given))) process.exit(stopping ? 75 : 70);
}
process.exit(0);
