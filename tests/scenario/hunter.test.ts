import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Hunter } from '../prove/mutants/hunter.ts';

test('a hunter that is told to end has taken away what it made when that is said', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeground-hunter-'));
  const made = join(folder, 'made');
  writeFileSync(made, '');
  // As slow at closing as a world with much in it.
  writeFileSync(
    join(folder, 'slow.mjs'),
    `import { rmSync } from 'node:fs';
     process.on('message', () => process.send({ found: null }));
     process.once('disconnect', () => setTimeout(() => rmSync(${JSON.stringify(made)}), 300));`,
  );
  const hunter = new Hunter(join(folder, 'slow.mjs'), null);
  expect(await hunter.hunt({ first: [], most: 0 })).toBeNull();
  await hunter.end();
  expect(existsSync(made)).toBe(false);
  // Once more does nothing.
  await hunter.end();
  rmSync(folder, { recursive: true });
});
