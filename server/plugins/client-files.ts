import fastifyStatic from '@fastify/static';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LEAST_PULL_PROTO } from '#shared/sync/limits.ts';
import type { Config } from '../config.ts';
import type { App } from './app-type.ts';
import { isAssetName, keepAssets } from './kept-assets.ts';

/** Files whose name stays while their content changes. */
const ALWAYS_ASK = { maxAge: 0, immutable: false, cacheControl: false } as const;
const FOR_EVER = { maxAge: '1y', immutable: true } as const;
const BUILD_DIGITS = 16;

/** Names a build by its index.html, which names all the rest by their hashes. */
function nameBuild(clientDir: string): string {
  const page = readFileSync(join(clientDir, 'index.html'));
  return createHash('sha256').update(page).digest('hex').slice(0, BUILD_DIGITS);
}

/**
 * The built client: hashed files for ever, those of earlier builds too, the others asked for each
 * time, and index.html for every page of the app, which chooses the screen itself. False when there is none, and the API stands alone.
 */
export async function installClientFiles(
  app: App,
  { clientDir, dataDir }: Pick<Config, 'clientDir' | 'dataDir'>,
  clock: () => number,
): Promise<boolean> {
  if (clientDir === null || !existsSync(join(clientDir, 'index.html'))) return false;
  const current = join(clientDir, 'assets');
  const kept = join(dataDir, 'assets');
  try {
    keepAssets(current, kept, clock());
  } catch (error) {
    // A full disk must not keep the chapter from its server; old pages ask again after a reload.
    app.log.error({ error: String(error) }, 'files of this build could not be kept');
  }
  const version = { build: nameBuild(clientDir), leastPull: LEAST_PULL_PROTO };

  await app.register(fastifyStatic, { root: clientDir, serve: false, index: false });
  app.get('/version.json', (_, reply) => {
    void reply.header('cache-control', 'no-cache');
    return version;
  });
  app.get('/*', (request, reply) => {
    const path = (request.params as { '*': string })['*'];
    if (path.startsWith('v1/') || path.startsWith('.vite/')) return reply.callNotFound();
    if (path.startsWith('assets/')) {
      const name = path.slice('assets/'.length);
      if (!isAssetName(name)) return reply.callNotFound();
      return reply.sendFile(name, existsSync(join(current, name)) ? current : kept, FOR_EVER);
    }
    void reply.header('cache-control', 'no-cache');
    const page = path === '' || !/\.\w+$/.test(path);
    return reply.sendFile(page ? 'index.html' : path, ALWAYS_ASK);
  });
  return true;
}
