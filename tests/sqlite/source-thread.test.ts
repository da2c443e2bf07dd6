import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSource } from '../../server/source-thread.ts';

test('a thread starts from its source where nothing is built', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeground-source-'));
  const task = { kind: 'verify', file: join(folder, 'none'), secret: null, folder };
  const source = new URL('../../server/backup/backup-worker.ts', import.meta.url);
  const worker = startSource(source, { workerData: task });
  const said = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('It ended without a word.')));
  });
  expect(said).toMatchObject({ kind: 'failed', message: expect.stringContaining('ENOENT') });
  rmSync(folder, { recursive: true });
});
