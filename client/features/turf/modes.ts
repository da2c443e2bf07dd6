import type { DrawTool } from '../../map/draw-steps.ts';

/** What a press on the map does. */
export type Mode = 'choose' | 'draw' | 'reshape' | 'split' | 'merge' | 'move' | 'precinct';

export const MODES: readonly Mode[] = [
  'choose',
  'draw',
  'reshape',
  'split',
  'merge',
  'move',
  'precinct',
];

/** How an outline is drawn by hand. */
export type Stroke = Exclude<DrawTool, 'line'>;

/** Where doors go that are moved: into a turf, into a new one, or into none. */
export type Goal = { readonly to: 'turf'; readonly key: string } | { readonly to: 'new' | 'none' };

/** The tool that a mode has on the map; null where turfs and doors are pressed. */
export function toolOf(mode: Mode, stroke: Stroke): DrawTool | null {
  switch (mode) {
    case 'draw':
    case 'move':
      return stroke;
    case 'split':
      return 'line';
    case 'reshape':
      return 'corners';
    case 'choose':
    case 'merge':
    case 'precinct':
      return null;
  }
}
