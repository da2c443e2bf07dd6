import type { Problem } from '../../shared/kernel/problem.ts';
import type { MapLayers } from '../../shared/model/place.ts';
import type { Cut, CutDoor, CutOptions, CutProgress } from '../../shared/turf/cut/cut.ts';

/** What nobody shall walk across but where a street leads over: layers of the chapter's own map. */
export type BarrierKind = 'water' | 'rail' | 'road';

/** Doors to cut, the map to walk them on, and how they shall be cut. */
export interface CutOrder {
  readonly doors: readonly CutDoor[];
  readonly layers: Pick<MapLayers, 'streets' | 'water' | 'rail'>;
  readonly barriers: readonly BarrierKind[];
  readonly options: Omit<CutOptions, 'barriers' | 'streets' | 'onProgress' | 'onDraft' | 'locked'>;
}

export type CutMessage =
  | { readonly kind: 'progress'; readonly progress: CutProgress }
  /** Usable, and to be bettered. */
  | { readonly kind: 'draft'; readonly cut: Cut }
  | { readonly kind: 'done'; readonly cut: Cut }
  | { readonly kind: 'problem'; readonly problem: Problem };
