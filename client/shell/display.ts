import { useSyncExternalStore } from 'react';

/** How the screen is lit: as the phone has it, light, dark, for full sun, or to spare the battery. */
export const DISPLAYS = ['system', 'light', 'dark', 'sun', 'low-power'] as const;
export type Display = (typeof DISPLAYS)[number];

const KEPT = 'homeground.display';
const SCHEMES: Partial<Record<Display, string>> = {
  light: 'light',
  sun: 'light',
  dark: 'dark',
  'low-power': 'dark',
};

let now: Display = 'system';
const listeners = new Set<() => void>();

// Storage can be refused altogether: the choice then lasts as long as the page.
function readKept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function show(display: Display): void {
  now = display;
  const { dataset } = document.documentElement;
  const scheme = SCHEMES[display];
  if (scheme === undefined) delete dataset.scheme;
  else dataset.scheme = scheme;
  if (display === 'sun') dataset.sun = '';
  else delete dataset.sun;
  if (display === 'low-power') dataset.lowPower = '';
  else delete dataset.lowPower;
  for (const listener of listeners) listener();
}

/** Lights the screen as the person left it on this device. Once, before anything is drawn. */
export function showKeptDisplay(): void {
  const kept = DISPLAYS.find((each) => each === readKept());
  if (kept !== undefined) show(kept);
}

/** Lights the screen so from now on, also after the app was closed. */
export function chooseDisplay(display: Display): void {
  show(display);
  try {
    localStorage.setItem(KEPT, display);
  } catch {
    return;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How the screen is lit now. */
export function useDisplay(): Display {
  return useSyncExternalStore(subscribe, () => now);
}
