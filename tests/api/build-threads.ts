import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Before the suites that import rolls and make copies: the threads of the server, bundled once.
 * Each of them would otherwise compile all its sources anew, a second and a half every time.
 */
export default async function buildThreads(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'homeground-threads-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  await build({
    root,
    mode: 'server',
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: {
        input: {
          'import-worker': join(root, 'server/roll/import-worker.ts'),
          'duplicates-worker': join(root, 'server/roll/duplicates-worker.ts'),
          'backup-worker': join(root, 'server/backup/backup-worker.ts'),
        },
      },
    },
  });
  process.env['TEST_THREADS'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
