import { EXTENT, type TileFeature } from './layer-tiles.ts';

type Path = Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo' | 'closePath'>;
type Paper = Path & Pick<CanvasRenderingContext2D, 'beginPath' | 'fill'>;

/** Adds the lines of a feature to a path, on a tile of so many pixels. */
export function trace(path: Path, feature: TileFeature, tile: number, close: boolean): void {
  const unit = tile / EXTENT;
  for (const line of feature.geometry) {
    line.forEach(([x, y], i) => {
      if (i === 0) path.moveTo(x * unit, y * unit);
      else path.lineTo(x * unit, y * unit);
    });
    if (close) path.closePath();
  }
}

/**
 * Fills the areas of a layer, in one path. Several may lie on the same ground, as a park that a map
 * has twice: it is filled all the same, and holes stay open, since tiles turn them the other way
 * than their areas.
 */
export function fillAreas(paper: Paper, features: readonly TileFeature[], tile: number): void {
  paper.beginPath();
  for (const feature of features) if (feature.type === 3) trace(paper, feature, tile, true);
  paper.fill('nonzero');
}
