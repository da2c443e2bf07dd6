import type { ChapterId } from '#shared/kernel/ids.ts';
import type { StartLayer } from '#shared/model/layer.ts';
import type { DraftPaths } from './layer-draft.ts';
import type { ImportTarget, RollJob } from './import-messages.ts';

/** The people of a file are looked for; what is found stays in files beside the chapter. */
export interface LayerMatchJob {
  readonly kind: 'layer-match';
  readonly target: ImportTarget;
  readonly chapterId: ChapterId;
  /** The file itself. */
  readonly path: string;
  readonly about: {
    readonly fileName: string;
    readonly bytes: number;
    readonly sha256: string;
  };
  readonly wish: StartLayer;
  readonly draft: DraftPaths;
}

/** What was found is copied into the chapter, as a set that no layer has yet. */
export interface LayerKeepJob {
  readonly kind: 'layer-keep';
  readonly target: ImportTarget;
  readonly set: number;
  /** By place in the draft: the place in the layer. */
  readonly places: readonly number[];
  readonly draft: DraftPaths;
}

export type LayerJob = LayerMatchJob | LayerKeepJob;

export function isLayerJob(job: RollJob | LayerJob): job is LayerJob {
  return job.kind === 'layer-match' || job.kind === 'layer-keep';
}
