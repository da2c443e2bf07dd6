import type L from 'leaflet';
import type { MapLayerName, MapLayers } from '#shared/model/place.ts';
import { fillAreas, trace } from './fill-areas.ts';
import { indexLayer, type TileFeature } from './layer-tiles.ts';
import { GridLayer } from './leaflet.ts';
import type { MapColours } from './map-colours.ts';
import { streetClass, streetWidth, type StreetClass } from './street-look.ts';

const TILE = 512;
const BUILDINGS_FROM = 14.5;

interface Painter {
  readonly context: CanvasRenderingContext2D;
  readonly colours: MapColours;
  readonly zoom: number;
  readonly features: (name: MapLayerName) => readonly TileFeature[];
}

function paintAreas(painter: Painter): void {
  const { context, colours, zoom, features } = painter;
  const fill = (name: MapLayerName, colour: string): void => {
    context.fillStyle = colour;
    fillAreas(context, features(name), TILE);
  };
  fill('parks', colours.of('--map-park'));
  fill('water', colours.of('--map-water'));
  context.strokeStyle = colours.of('--map-water');
  context.lineWidth = Math.max(1, 3 * 1.5 ** (zoom - 15));
  context.beginPath();
  for (const feature of features('water'))
    if (feature.type === 2) trace(context, feature, TILE, false);
  context.stroke();
  if (zoom < BUILDINGS_FROM) return;
  fill('buildings', colours.of('--map-building'));
  if (zoom < 16) return;
  context.strokeStyle = colours.of('--map-building-edge');
  context.lineWidth = 0.8;
  context.stroke();
}

function paintRail({ context, colours, zoom, features }: Painter): void {
  const lines = features('rail');
  if (lines.length === 0) return;
  context.strokeStyle = colours.of('--map-rail');
  context.lineWidth = zoom < 15 ? 1 : 1.6;
  context.beginPath();
  for (const feature of lines) trace(context, feature, TILE, false);
  context.stroke();
  if (zoom < 15) return;
  context.save();
  context.lineCap = 'butt';
  context.lineWidth = 6;
  context.setLineDash([1.2, 9]);
  context.stroke();
  context.restore();
}

function paintStreets({ context, colours, zoom, features }: Painter): void {
  const byClass: Record<StreetClass, TileFeature[]> = {
    path: [],
    residential: [],
    secondary: [],
    major: [],
  };
  for (const feature of features('streets')) {
    byClass[streetClass(feature.tags?.['cls'])].push(feature);
  }
  const stroke = (cls: StreetClass, colour: string, width: number): void => {
    if (byClass[cls].length === 0) return;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    for (const feature of byClass[cls]) trace(context, feature, TILE, false);
    context.stroke();
  };
  if (zoom >= 15.5) {
    context.setLineDash([3, 3]);
    stroke('path', colours.of('--map-path'), streetWidth('path', zoom));
    context.setLineDash([]);
  }
  const cased = ['residential', 'secondary', 'major'] as const;
  // From far off a white street on paper would vanish: there the casing alone is the street.
  const bare = (cls: StreetClass): boolean => cls === 'residential' && zoom < 14.5;
  for (const cls of cased) {
    const width = streetWidth(cls, zoom);
    stroke(cls, colours.of('--map-casing'), bare(cls) ? width : width + (zoom < 16 ? 1.6 : 2));
  }
  for (const cls of cased) {
    if (bare(cls)) continue;
    const colour = cls === 'residential' ? '--map-street' : '--map-street-major';
    stroke(cls, colours.of(colour), streetWidth(cls, zoom));
  }
}

function paintPrecincts({ context, colours, zoom, features }: Painter): void {
  context.strokeStyle = colours.of('--map-precinct');
  context.globalAlpha = 0.45;
  context.lineWidth = zoom < 14 ? 1 : 1.5;
  context.beginPath();
  for (const feature of features('precincts')) trace(context, feature, TILE, true);
  context.stroke();
  context.globalAlpha = 1;
}

/** The quiet base of the map: canvas tiles painted from the chapter's own layers, never fetched. */
export class BaseTiles extends GridLayer {
  private layers: MapLayers;
  private colours: MapColours;
  private precincts: boolean;

  constructor(layers: MapLayers, colours: MapColours, precincts: boolean) {
    super({ tileSize: TILE, updateWhenZooming: false, keepBuffer: 1, minZoom: 1 });
    this.layers = layers;
    this.colours = colours;
    this.precincts = precincts;
  }

  setLayers(layers: MapLayers): void {
    if (layers === this.layers) return;
    this.layers = layers;
    this.redraw();
  }

  setColours(colours: MapColours): void {
    this.colours = colours;
    this.redraw();
  }

  protected override createTile(coords: L.Coords): HTMLElement {
    const canvas = document.createElement('canvas');
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = TILE * ratio;
    canvas.height = TILE * ratio;
    const context = canvas.getContext('2d');
    if (context === null) return canvas;
    context.scale(ratio, ratio);
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.fillStyle = this.colours.of('--map-land');
    context.fillRect(0, 0, TILE, TILE);
    const painter: Painter = {
      context,
      colours: this.colours,
      zoom: coords.z,
      features: (name) =>
        this.layers[name].features.length === 0
          ? []
          : indexLayer(this.layers[name])(coords.z - 1, coords.x, coords.y),
    };
    paintAreas(painter);
    paintRail(painter);
    paintStreets(painter);
    if (this.precincts) paintPrecincts(painter);
    return canvas;
  }
}
