// What the bench runs in a browser's worker: orders of turfs, timed there.
import { buildNetwork } from '#shared/streets/build-network.ts';
import { planeAround } from '#shared/streets/plane.ts';
import { readStreets } from '#shared/streets/read-streets.ts';
import type { WalkDoor } from '#shared/walk/group-stops.ts';
import { orderWalk } from '#shared/walk/order-walk.ts';

export interface WorkerTask {
  readonly streets: { readonly features: readonly unknown[] };
  readonly turfs: readonly (readonly WalkDoor[])[];
  readonly runs: number;
}

/** For each turf the milliseconds of each run, from doors to order and bound. */
export type WorkerTimes = readonly (readonly number[])[];

self.addEventListener('message', (event: MessageEvent<WorkerTask>) => {
  const { streets, turfs, runs } = event.data;
  const network = buildNetwork(readStreets(streets).streets, {
    plane: planeAround(-71.11, 42.375),
  });
  const times: WorkerTimes = turfs.map((doors) => {
    // The first search is compiled on the way.
    orderWalk(doors, { network });
    return Array.from({ length: runs }, () => {
      const began = performance.now();
      orderWalk(doors, { network });
      return performance.now() - began;
    });
  });
  self.postMessage(times);
});
