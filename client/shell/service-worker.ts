import { useSyncExternalStore } from 'react';
import { canUpdateNow } from './can-update-now.ts';

/**
 * The page's side of the service worker. Nothing here ever reloads by itself: a new version waits
 * until somebody asks for it, and only then takes over (see features/walk/sent/app-update.tsx).
 */
let waiting: ServiceWorker | null = null;
let asked = false;
const listeners = new Set<() => void>();

function setWaiting(worker: ServiceWorker | null): void {
  waiting = worker;
  for (const listener of listeners) listener();
}

function watch(registration: ServiceWorkerRegistration): void {
  const look = (): void => {
    // Without an active worker this is the first install, which nobody has to agree to.
    if (registration.waiting && registration.active) setWaiting(registration.waiting);
  };
  look();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look);
  });
}

async function install(): Promise<void> {
  watch(await navigator.serviceWorker.register('/sw.js'));
  const { active } = await navigator.serviceWorker.ready;
  // The words that this page has may have come before there was a worker to keep them.
  active?.postMessage({ type: 'KEEP_WORDS', language: document.documentElement.lang });
}

/** Makes this browser keep the app for offline use. Once, at start. */
export function registerWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  // A page that a new version takes over must run it; only after it was asked for, though.
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (asked) window.location.reload();
  });
  install().catch(() => setWaiting(null));
}

/** True when a newer version of the app is on this device and waits to be used. */
export function useWaitingVersion(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting !== null,
  );
}

/**
 * Uses the newer version now: the page reloads into it. Does nothing while any tab has a door open,
 * or anything is on this phone alone: what is shown may have become old since it was drawn.
 */
export function startNewVersion(): void {
  const start = async (): Promise<void> => {
    if (!(await canUpdateNow())) return;
    asked = true;
    waiting?.postMessage({ type: 'SKIP_WAITING' });
  };
  void start();
}

/** True once the worker controls this page, so that the app opens without a network. */
export function isControlled(): boolean {
  return 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null;
}
