import compress from '@fastify/compress';
import type { Config } from '../config.ts';
import type { App } from './app-type.ts';

type Headers = Readonly<Record<string, string>>;

/** Where a browser tells what a page was kept from doing. */
export const REPORTS_PATH = '/v1/policy-reports';

const PAGE_POLICY = [
  "default-src 'none'",
  "object-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "font-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  // Texts become markup or the address of a script by one policy alone: client/shell/trusted-types.
  "require-trusted-types-for 'script'",
  'trusted-types default',
  // The older of the two ways to report, which works without https and in every browser.
  `report-uri ${REPORTS_PATH}`,
].join(';');

/** A page may look where it is and use the camera, since joining scans a code; nothing else. */
const PERMISSIONS = [
  ...['camera', 'geolocation', 'screen-wake-lock'].map((own) => `${own}=(self)`),
  ...['publickey-credentials-create', 'publickey-credentials-get'].map((own) => `${own}=(self)`),
  ...['microphone', 'display-capture', 'payment', 'usb', 'serial', 'hid', 'midi', 'bluetooth'].map(
    (none) => `${none}=()`,
  ),
].join(',');

const EVERYWHERE: Headers = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
};

/** An answer of the API shows nothing, loads nothing and is kept by nobody on the way. */
const API: Headers = {
  ...EVERYWHERE,
  'content-security-policy':
    "default-src 'none';object-src 'none';frame-ancestors 'none';base-uri 'none';sandbox",
  'cache-control': 'no-store',
};
const PAGE: Headers = {
  ...EVERYWHERE,
  'content-security-policy': PAGE_POLICY,
  'permissions-policy': PERMISSIONS,
};

/**
 * Security headers on every answer, no caching of the API, and compression above 1 kB. The headers
 * are the same each time, and phones at doors ask often: they are put together once.
 */
export async function installHeaders(app: App, config: Config): Promise<void> {
  const secure: Headers = config.secureCookies
    ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }
    : {};
  const [api, page] = [
    { ...API, ...secure },
    { ...PAGE, ...secure },
  ];
  app.addHook('onRequest', (request, reply, next) => {
    void reply.headers(request.url.startsWith('/v1/') ? api : page);
    next();
  });
  // A body that arrives packed could unpack to anything: see packed-bodies.
  await app.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip', 'identity'],
    globalDecompression: false,
  });
}
