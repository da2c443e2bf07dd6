import fastifyStatic from '@fastify/static';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from './app-type.ts';

/** Files whose name stays while their content changes. */
const ALWAYS_ASK = { maxAge: 0, immutable: false, cacheControl: false } as const;
const FOR_EVER = { maxAge: '1y', immutable: true } as const;

/**
 * The built client: hashed files for ever, the others asked for each time, and index.html for every
 * page of the app, which chooses the screen itself.
 */
export async function installClientFiles(app: App, clientDir: string | null): Promise<void> {
  if (clientDir === null || !existsSync(join(clientDir, 'index.html'))) return;
  await app.register(fastifyStatic, { root: clientDir, serve: false, index: false });
  app.get('/*', { config: { access: 'anyone' } }, (request, reply) => {
    const path = (request.params as { '*': string })['*'];
    if (path.startsWith('v1/') || path.startsWith('.vite/')) return reply.callNotFound();
    if (path.startsWith('assets/')) return reply.sendFile(path, FOR_EVER);
    void reply.header('cache-control', 'no-cache');
    const page = path === '' || !/\.\w+$/.test(path);
    return reply.sendFile(page ? 'index.html' : path, ALWAYS_ASK);
  });
}
