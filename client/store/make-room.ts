import type { MakeRoom } from './on-open-database.ts';

/**
 * Makes the function that frees what a phone can do without when its disk is full, one thing at a
 * time, the least missed first. What frees nothing, or fails, is passed over.
 */
export function makeRoomMaker(things: readonly MakeRoom[]): MakeRoom {
  return async () => {
    for (const free of things) {
      if (await free().catch(() => false)) return true;
    }
    return false;
  };
}
