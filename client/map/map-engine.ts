import type L from 'leaflet';
import type { Polygon, Position } from '#shared/model/geojson.ts';
import type { MapLayers } from '#shared/model/place.ts';
import { BaseTiles } from './base-tiles.ts';
import type { CanvasLayer } from './canvas-layer.ts';
import { DoorsLayer, type MapDoors } from './doors-layer.ts';
import type { DrawEvents, DrawOutline } from './draw-outline.ts';
import type { DrawTool } from './draw-steps.ts';
import { EntrancesLayer } from './entrances-layer.ts';
import { FogLayer } from './fog-layer.ts';
import { CLOSEST } from './layer-tiles.ts';
import { createMap } from './leaflet.ts';
import { readColours, watchColours, type MapColours } from './map-colours.ts';
import { NamesLayer } from './names-layer.ts';
import type { PinMarker, PinPlace } from './pin-marker.ts';
import { OutlineNamesLayer, OutlinesLayer } from './outlines-layer.ts';
import { PositionLayer } from './position-layer.ts';
import { WalkLayer, WalkNumbersLayer } from './walk-layer.ts';
import { boundsOf, type Bounds, zoomToFit } from './world.ts';

export interface MapEvents {
  readonly onDoor: (index: number | null) => void;
  readonly onOutline: (id: string | null) => void;
  readonly onMove: () => void;
  /** A press on the map beside doors; true when it was meant for a pin. */
  readonly onPlace: (place: PinPlace) => boolean;
}

const REACH = { mouse: 5, touch: 16 } as const;
/** A city block on a phone: closer than this a fit would show one house. */
const CLOSEST_FIT = 18;
/** Unless there is more to show. */
const FARTHEST = 10;
/** Pixels around what is fitted. */
const PADDING = 28;

/** The one Leaflet map with its layers, driven by `MapView`. */
export class MapEngine {
  readonly map: L.Map;
  readonly outlines: OutlinesLayer;
  readonly doors: DoorsLayer;
  readonly walk: WalkLayer;
  readonly fog: FogLayer;
  readonly position: PositionLayer;
  readonly entrances: EntrancesLayer;
  private readonly base: BaseTiles;
  private readonly names: NamesLayer;
  private readonly above: readonly CanvasLayer[];
  private drawing: DrawOutline | null = null;
  private pin: PinMarker | null = null;
  private colours: MapColours;
  private readonly unwatch: () => void;
  private readonly resized: ResizeObserver;

  constructor(box: HTMLElement, layers: MapLayers, precincts: boolean, events: MapEvents) {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.map = createMap(box, {
      zoomControl: false,
      attributionControl: false,
      zoomSnap: 0.5,
      wheelPxPerZoomLevel: 90,
      minZoom: FARTHEST,
      maxZoom: CLOSEST,
      zoomAnimation: !still,
      fadeAnimation: false,
      inertia: !still,
    });
    this.map.setView([0, 0], 12, { animate: false });
    this.colours = readColours(box);
    this.doors = new DoorsLayer(this.colours);
    this.names = new NamesLayer(layers, this.colours, precincts, (x, y, zoom, reach) =>
      this.doors.isNear(x, y, zoom, reach),
    ).addTo(this.map);
    this.base = new BaseTiles(layers, this.colours, precincts).addTo(this.map);
    this.fog = new FogLayer(this.colours).addTo(this.map);
    this.outlines = new OutlinesLayer(this.colours).addTo(this.map);
    this.walk = new WalkLayer(this.colours).addTo(this.map);
    this.doors.addTo(this.map);
    this.entrances = new EntrancesLayer(this.colours).addTo(this.map);
    const plates = new OutlineNamesLayer(this.colours, this.outlines).addTo(this.map);
    const numbers = new WalkNumbersLayer(this.colours, this.walk).addTo(this.map);
    this.position = new PositionLayer(this.colours).addTo(this.map);
    this.above = [
      this.names,
      this.fog,
      this.outlines,
      this.walk,
      this.doors,
      this.entrances,
      plates,
      numbers,
      this.position,
    ];
    this.unwatch = watchColours(() => this.recolour());
    this.resized = new ResizeObserver(() => this.map.invalidateSize({ animate: false }));
    this.resized.observe(box);
    this.map.on('click', (event) => this.click(event, events));
    this.map.on('moveend', events.onMove);
    box.addEventListener('pointermove', (event) => this.hover(event));
    box.addEventListener('keydown', (event) => {
      // By keys the map moves under its middle: what is there is what a click would be on.
      if (event.target !== box || this.drawing !== null) return;
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      this.choose(this.map.getCenter(), REACH.mouse, events);
    });
  }

  destroy(): void {
    this.unwatch();
    this.resized.disconnect();
    this.stopDrawing();
    this.dropPin();
    this.map.remove();
  }

  setLayers(layers: MapLayers): void {
    this.base.setLayers(layers);
    this.names.setLayers(layers);
  }

  /** Names keep away from doors, so they move when other doors are shown. */
  setDoors(doors: MapDoors | null): void {
    if (this.doors.setDoors(doors)) this.names.redraw();
  }

  /** Draws the plates and numbers again after what they tell of has changed. */
  refreshWords(): void {
    for (const layer of this.above) {
      if (layer instanceof OutlineNamesLayer || layer instanceof WalkNumbersLayer) layer.redraw();
    }
  }

  fit(bounds: Bounds, animate: boolean): void {
    const [west, south, east, north] = bounds;
    // Doors of two towns far apart: between them nothing would be seen from nearer.
    const { x, y } = this.map.getSize();
    this.map.options.minZoom = Math.min(
      this.map.getMinZoom(),
      zoomToFit(bounds, x - 2 * PADDING, y - 2 * PADDING),
    );
    this.map.fitBounds(
      [
        [south, west],
        [north, east],
      ],
      { padding: [PADDING, PADDING], maxZoom: CLOSEST_FIT, animate },
    );
  }

  goTo(lon: number, lat: number): void {
    this.map.setView([lat, lon], Math.max(17, this.map.getZoom()));
  }

  /** Fetches what draws, which phones never need, and begins unless it was told to stop meanwhile. */
  async startDrawing(
    start: Polygon | null,
    tool: DrawTool,
    events: DrawEvents,
    stopped: AbortSignal,
  ): Promise<DrawOutline | null> {
    this.stopDrawing();
    const { DrawOutline } = await import('./draw-outline.ts');
    if (stopped.aborted) return null;
    this.drawing = new DrawOutline(this.map, this.colours, start, tool, events);
    this.map.getContainer().focus({ preventScroll: true });
    return this.drawing;
  }

  stopDrawing(): void {
    this.drawing?.stop();
    this.drawing = null;
  }

  /** Fetches the pin, which only the desk has, and sets it unless it was told to stop meanwhile. */
  async showPin(
    label: string,
    onPin: (place: PinPlace) => void,
    place: () => PinPlace | null,
    stopped: AbortSignal,
  ): Promise<void> {
    const { PinMarker } = await import('./pin-marker.ts');
    if (stopped.aborted) return;
    this.pin = new PinMarker(this.map, label, onPin);
    this.setPin(place());
  }

  setPin(place: PinPlace | null): void {
    if (place === null) this.pin?.remove();
    else this.pin?.set(place);
  }

  dropPin(): void {
    this.pin?.remove();
    this.pin = null;
  }

  private recolour(): void {
    this.colours = readColours(this.map.getContainer());
    this.base.setColours(this.colours);
    for (const layer of this.above) layer.setColours(this.colours);
    this.drawing?.setColours(this.colours);
  }

  private click(event: L.LeafletMouseEvent, events: MapEvents): void {
    if (this.drawing !== null) return;
    const original = event.originalEvent;
    const mouse = original instanceof PointerEvent && original.pointerType === 'mouse';
    this.choose(event.latlng, mouse ? REACH.mouse : REACH.touch, events);
  }

  private choose(at: L.LatLng, reach: number, events: MapEvents): void {
    const { lng, lat } = at;
    const door = this.doors.at(lng, lat, this.map.getZoom(), reach);
    if (door !== null) {
      events.onDoor(door);
      return;
    }
    if (events.onPlace({ lon: round(at.wrap().lng), lat: round(lat) })) return;
    events.onDoor(null);
    events.onOutline(this.outlines.at(lng, lat));
  }

  private hover(event: PointerEvent): void {
    if (event.pointerType !== 'mouse' || event.buttons !== 0 || this.drawing !== null) return;
    const { lng, lat } = this.map.mouseEventToLatLng(event);
    const over = this.doors.at(lng, lat, this.map.getZoom(), REACH.mouse) !== null;
    this.map.getContainer().classList.toggle('map-over-door', over);
  }
}

/** To the sixth place: a tenth of a metre. */
function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

/** Where a map opens when nothing else says: all that the chapter has. */
export function layersBounds(layers: MapLayers): Bounds | null {
  const positions: Position[] = [];
  for (const { geometry } of layers.streets.features) {
    if (geometry.type === 'LineString') positions.push(...geometry.coordinates);
    else for (const part of geometry.coordinates) positions.push(...part);
  }
  return boundsOf(positions);
}
