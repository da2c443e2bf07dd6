import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  matchPrecache,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;

/** Held by every tab that has a door open: see shell/keep-version. */
const OPEN_PAGES = 'homeground-open';
const EARLIER = 'homeground-earlier';
/** Parts of the last few builds; each build has about forty. */
const MOST_EARLIER = 160;

/**
 * Keeps the parts of the version that is about to be replaced: a tab that still runs it asks for
 * them when it first opens a page, perhaps with no network.
 */
async function keepEarlier(): Promise<void> {
  const earlier = await caches.open(EARLIER);
  const names = (await caches.keys()).filter((name) => name.includes('-precache-'));
  for (const name of names) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!new URL(request.url).pathname.startsWith('/assets/')) continue;
      const part = await cache.match(request);
      if (part !== undefined && (await earlier.match(request)) === undefined) {
        await earlier.put(request, part);
      }
    }
  }
  const kept = await earlier.keys();
  for (const request of kept.slice(0, Math.max(0, kept.length - MOST_EARLIER))) {
    await earlier.delete(request);
  }
}

// The app itself, whole and of one version: it opens with no network, from cold too.
const PARTS = self.__WB_MANIFEST;
precacheAndRoute(PARTS);
cleanupOutdatedCaches();

// Every page of the app is index.html; what the server answers under /v1/ is never kept here.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/v1\//] }),
);

// What is not of this version is of an earlier one that some tab still runs, or of the desk.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
  async ({ request }) => {
    const kept = await (await caches.open(EARLIER)).match(request);
    return kept ?? fetch(request);
  },
);

// The first install takes the open page at once, so that joining can end with "works without
// signal". Later versions wait until they are asked for: never in the middle of a walk.
let first = false;
self.addEventListener('install', (event) => {
  first = self.registration.active === null;
  // What cannot be kept is served by the chapter's server, which has it for 90 days.
  event.waitUntil(keepEarlier().catch(() => {}));
});
self.addEventListener('activate', (event) => {
  if (first) event.waitUntil(self.clients.claim());
});

/** A door may have been opened in another tab since somebody asked for the newer version. */
async function takeOver(): Promise<void> {
  if ('locks' in self.navigator) {
    const { held = [], pending = [] } = await self.navigator.locks.query();
    if ([...held, ...pending].some((lock) => lock.name === OPEN_PAGES)) return;
  }
  await self.skipWaiting();
}

/** Looks for each part of this version among what is kept: "works without signal" must be true. */
async function findKept(): Promise<{ kept: number; all: number; bytes: number }> {
  const found = await Promise.all(
    PARTS.map(async (part) => {
      const kept = await matchPrecache(typeof part === 'string' ? part : part.url);
      return kept === undefined ? null : (await kept.blob()).size;
    }),
  );
  const sizes = found.filter((size) => size !== null);
  return {
    kept: sizes.length,
    all: PARTS.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  };
}

self.addEventListener('message', (event: ExtendableMessageEvent) => {
  const said: unknown = event.data;
  if (typeof said !== 'object' || said === null || !('type' in said)) return;
  if (said.type === 'SKIP_WAITING') event.waitUntil(takeOver());
  if (said.type === 'WHAT_IS_KEPT') {
    const [port] = event.ports;
    event.waitUntil(findKept().then((kept) => port?.postMessage(kept)));
  }
});
