import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;

// The app itself, whole and of one version: it opens with no network, from cold too.
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

// Every page of the app is index.html; what the server answers under /v1/ is never kept here.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/v1\//] }),
);

// The first install takes the open page at once, so that joining can end with "works without
// signal". Later versions wait until they are asked for: never in the middle of a walk.
let first = false;
self.addEventListener('install', () => {
  first = self.registration.active === null;
});
self.addEventListener('activate', (event) => {
  if (first) event.waitUntil(self.clients.claim());
});

self.addEventListener('message', (event: ExtendableMessageEvent) => {
  const said: unknown = event.data;
  if (typeof said === 'object' && said !== null && 'type' in said && said.type === 'SKIP_WAITING') {
    event.waitUntil(self.skipWaiting());
  }
});
