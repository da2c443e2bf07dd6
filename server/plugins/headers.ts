import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import type { Config } from '../config.ts';
import type { App } from './app-type.ts';

const SELF = ["'self'"];
const NONE = ["'none'"];

/** Security headers on every answer, no caching of the API, and compression above 1 kB. */
export async function installHeaders(app: App, config: Config): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: NONE,
        scriptSrc: SELF,
        styleSrc: SELF,
        imgSrc: ["'self'", 'blob:', 'data:'],
        connectSrc: SELF,
        workerSrc: SELF,
        manifestSrc: SELF,
        fontSrc: SELF,
        frameAncestors: NONE,
        baseUri: NONE,
        formAction: SELF,
      },
    },
    hsts: config.secureCookies ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  // A body that arrives packed could unpack to anything: see packed-bodies.
  await app.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip', 'identity'],
    globalDecompression: false,
  });
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/v1/')) void reply.header('cache-control', 'no-store');
  });
}
