import { expect, test } from 'vitest';
import type { Feature, FeatureCollection, Position } from '#shared/model/geojson.ts';
import { fillAreas } from './fill-areas.ts';
import { EXTENT, indexLayer } from './layer-tiles.ts';

type Point = readonly [number, number];

/** Keeps what was drawn on it, and knows where it is filled by the rule that was asked for. */
class Paper {
  #rings: Point[][] = [];
  #rule: CanvasFillRule = 'nonzero';

  beginPath(): void {
    this.#rings = [];
  }
  moveTo(x: number, y: number): void {
    this.#rings.push([[x, y]]);
  }
  lineTo(x: number, y: number): void {
    this.#rings.at(-1)?.push([x, y]);
  }
  closePath(): void {}
  fill(rule?: CanvasFillRule | Path2D): void {
    this.#rule = rule === 'evenodd' ? 'evenodd' : 'nonzero';
  }

  /** Turns of the path around a point, by the edges that cross the ray to its right. */
  isFilled(x: number, y: number): boolean {
    let [turns, crossings] = [0, 0];
    for (const ring of this.#rings) {
      ring.forEach(([x1, y1], at) => {
        const [x2, y2] = ring.at((at + 1) % ring.length) ?? [x1, y1];
        if (y1 > y === y2 > y || x1 + ((y - y1) / (y2 - y1)) * (x2 - x1) <= x) return;
        crossings += 1;
        turns += y2 > y1 ? 1 : -1;
      });
    }
    return this.#rule === 'evenodd' ? crossings % 2 === 1 : turns !== 0;
  }
}

/** Degrees on each side of a point; as some sources turn it, or as others do. */
function square(reach: number, turned: boolean): Position[] {
  const ring: Position[] = [
    [-reach, -reach],
    [reach, -reach],
    [reach, reach],
    [-reach, reach],
    [-reach, -reach],
  ];
  return turned ? ring.toReversed() : ring;
}

const area = (...coordinates: Position[][]): Feature => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'Polygon', coordinates },
});

test.each([
  ['alike', false],
  ['each its own way', true],
])('a park that is on the map twice is green, and its pond is not: turned %s', (_, turned) => {
  const layer: FeatureCollection = {
    type: 'FeatureCollection',
    features: [
      area(square(40, false), square(10, false)),
      area(square(40, turned), square(10, !turned)),
    ],
  };
  const paper = new Paper();
  fillAreas(paper, indexLayer(layer)(0, 0, 0), EXTENT);
  const [middle, beside, outside] = [EXTENT / 2, EXTENT * 0.57, EXTENT * 0.9];
  expect(paper.isFilled(middle, middle + 1)).toBe(false);
  expect(paper.isFilled(beside, middle + 1)).toBe(true);
  expect(paper.isFilled(outside, middle + 1)).toBe(false);
});
