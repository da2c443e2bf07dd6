import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { exportCommand } from './export.ts';

test.each(['/dev/null', tmpdir()])('an export never takes the place of %s', async (path) => {
  const words = ['contacts', '--chapter', 'oakdale', '--out', path];
  await expect(exportCommand(words)).rejects.toThrow('is no ordinary file');
  expect(statSync(path).isFile()).toBe(false);
});
