import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  matchPrecache,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { dropOtherWords, keepWords, languageOf, spokenHere, WORDS_CACHE } from './kept-words.ts';

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
  const names = (await caches.keys()).filter(
    (name) => name.includes('-precache-') || name === WORDS_CACHE,
  );
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

// The app itself, whole and of one version: it opens with no network, from cold too. Of its words
// those of one language are with it, and those of others once they have been asked for.
const BUILT = self.__WB_MANIFEST;
const pathOf = (part: (typeof BUILT)[number]): string =>
  `/${typeof part === 'string' ? part : part.url}`;
/** Reads QR codes for browsers that read none themselves; the others need not keep it. */
const isNeeded = (path: string): boolean =>
  !path.startsWith('/assets/codes-') || !('BarcodeDetector' in self);
const PARTS = BUILT.filter((part) => languageOf(pathOf(part)) === null && isNeeded(pathOf(part)));
const WORDS = BUILT.map(pathOf).filter((path) => languageOf(path) !== null);
const wordsIn = (languages: readonly string[]): string[] =>
  WORDS.filter((path) => languages.includes(languageOf(path) ?? ''));
precacheAndRoute(PARTS);
cleanupOutdatedCaches();

// Every page of the app is index.html; what the server answers under /v1/ is never kept here.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/v1\//] }),
);

// What is not of this version is of an earlier one that some tab still runs, or of the desk; or
// words, which stay from the first time that they are asked for.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
  async ({ request, url }) => {
    const words = WORDS.includes(url.pathname);
    const cache = await caches.open(words ? WORDS_CACHE : EARLIER);
    const kept = await cache.match(request, { ignoreVary: true });
    if (kept !== undefined) return kept;
    const answer = await fetch(request);
    if (words && answer.ok) await cache.put(request, answer.clone()).catch(() => {});
    return answer;
  },
);

// The first install takes the open page at once, so that joining can end with "works without
// signal". Later versions wait until they are asked for: never in the middle of a walk.
let first = false;
self.addEventListener('install', (event) => {
  first = self.registration.active === null;
  // What cannot be kept is served by the chapter's server, which has it for 90 days.
  event.waitUntil(keepEarlier().catch(() => {}));
  event.waitUntil(
    spokenHere(self.navigator.languages).then((languages) => keepWords(wordsIn(languages))),
  );
});
self.addEventListener('activate', (event) => {
  event.waitUntil(dropOtherWords(WORDS).catch(() => {}));
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

/**
 * Looks for each part of this version, with the words of the language that is spoken, among what is
 * kept: "works without signal" must be true.
 */
async function findKept(language: string): Promise<{ kept: number; all: number; bytes: number }> {
  const words = wordsIn([language]);
  // They are fetched when they are not there; without a network they are found to be missing.
  await keepWords(words).catch(() => {});
  const ofWords = await caches.open(WORDS_CACHE);
  const found = await Promise.all(
    [...PARTS.map(pathOf), ...words].map(async (path) => {
      const kept =
        languageOf(path) === null
          ? await matchPrecache(path)
          : await ofWords.match(path, { ignoreVary: true });
      return kept === undefined ? null : (await kept.blob()).size;
    }),
  );
  const sizes = found.filter((size) => size !== null);
  return {
    kept: sizes.length,
    all: found.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  };
}

self.addEventListener('message', (event: ExtendableMessageEvent) => {
  const said: unknown = event.data;
  if (typeof said !== 'object' || said === null || !('type' in said)) return;
  if (said.type === 'SKIP_WAITING') event.waitUntil(takeOver());
  const language = 'language' in said ? String(said.language) : 'en';
  if (said.type === 'KEEP_WORDS') event.waitUntil(keepWords(wordsIn([language])).catch(() => {}));
  if (said.type === 'WHAT_IS_KEPT') {
    const [port] = event.ports;
    event.waitUntil(findKept(language).then((kept) => port?.postMessage(kept)));
  }
});
