import type { Witness } from './join.ts';

const KEY = 'homeground-device';

/**
 * Which phone this browser was, kept apart from its databases: when those are gone and this is not,
 * the chapter hears how much went with them (P16). A browser without it forgets, and nothing else.
 */
export const witness: Witness = {
  read: () => {
    try {
      return globalThis.localStorage.getItem(KEY);
    } catch {
      return null;
    }
  },
  write: (deviceId) => {
    try {
      globalThis.localStorage.setItem(KEY, deviceId);
    } catch {
      // Storage for scripts is shut: there is nothing to remember it by.
    }
  },
};
