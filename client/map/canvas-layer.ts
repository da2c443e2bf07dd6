import type L from 'leaflet';
import { getPosition, Layer, setPosition, setTransform } from './leaflet.ts';
import { latToY, lonToX } from './world.ts';
import type { MapColours } from './map-colours.ts';

/** What a layer needs to draw: canvas pixels are CSS pixels, the world is 0 to 1 (world.ts). */
export interface CanvasView {
  readonly context: CanvasRenderingContext2D;
  readonly colours: MapColours;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
  /** x on the canvas = world x * scale - originX; the same for y. */
  readonly scale: number;
  readonly originX: number;
  readonly originY: number;
  /** How far the canvas reaches beyond the visible map on each side. */
  readonly padX: number;
  readonly padY: number;
  readonly pixelRatio: number;
}

/** A longitude's x on the canvas. */
export function canvasX(view: CanvasView, lon: number): number {
  return lonToX(lon) * view.scale - view.originX;
}

/** A latitude's y on the canvas. */
export function canvasY(view: CanvasView, lat: number): number {
  return latToY(lat) * view.scale - view.originY;
}

/**
 * One canvas over the map and a margin around it, drawn anew when a move has ended and stretched
 * while a zoom runs. It takes no pointer events: the map's own click asks the layers.
 */
export abstract class CanvasLayer extends Layer {
  private readonly place: {
    readonly name: string;
    readonly order: number;
    readonly margin: number;
  };
  private canvas: HTMLCanvasElement | null = null;
  private corner: L.LatLng | null = null;
  private drawnZoom = 0;
  private frame = 0;
  protected colours: MapColours;

  constructor(colours: MapColours, name: string, order: number, margin = 0.25) {
    super();
    this.colours = colours;
    this.place = { name, order, margin };
  }

  /** Draws everything. The canvas is clear. */
  protected abstract draw(view: CanvasView): void;

  /** True while there is nothing to draw: a canvas that is not there costs no frame its time. */
  protected isEmpty(): boolean {
    return false;
  }

  setColours(colours: MapColours): void {
    this.colours = colours;
    this.redraw();
  }

  /** Draws with the next frame, once, however often it is asked. */
  redraw(): void {
    if (this.frame !== 0 || this.canvas === null) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.redrawNow();
    });
  }

  override onAdd(map: L.Map): this {
    const pane = map.getPane(this.place.name) ?? map.createPane(this.place.name);
    pane.style.zIndex = String(this.place.order);
    pane.style.pointerEvents = 'none';
    this.canvas = document.createElement('canvas');
    this.canvas.className = 'leaflet-zoom-animated map-canvas';
    pane.append(this.canvas);
    this.redraw();
    return this;
  }

  override onRemove(): this {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.canvas?.remove();
    this.canvas = null;
    return this;
  }

  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    const follow = (event: unknown): void => {
      const { center, zoom } = event as L.ZoomAnimEvent;
      this.stretch(center, zoom);
    };
    return {
      moveend: () => this.redraw(),
      viewreset: () => this.redraw(),
      resize: () => this.redraw(),
      zoomanim: follow,
      zoom: () => this.stretch(this._map.getCenter(), this._map.getZoom()),
    };
  }

  private redrawNow(): void {
    const canvas = this.canvas;
    const map = this._map as L.Map | null;
    if (canvas === null || map === null) return;
    canvas.hidden = this.isEmpty();
    if (canvas.hidden) return;
    const size = map.getSize();
    const padX = Math.round(size.x * this.place.margin);
    const padY = Math.round(size.y * this.place.margin);
    const width = size.x + 2 * padX;
    const height = size.y + 2 * padY;
    const pixelRatio = Math.min(3, window.devicePixelRatio || 1);
    const topLeft = map.containerPointToLayerPoint([-padX, -padY]);
    const zoom = map.getZoom();
    canvas.width = Math.round(width * pixelRatio);
    canvas.height = Math.round(height * pixelRatio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    setPosition(canvas, topLeft);
    this.corner = map.layerPointToLatLng(topLeft);
    this.drawnZoom = zoom;
    const context = canvas.getContext('2d');
    if (context === null || width === 0 || height === 0) return;
    context.scale(pixelRatio, pixelRatio);
    const origin = map.getPixelOrigin().add(topLeft);
    this.draw({
      context,
      colours: this.colours,
      zoom,
      width,
      height,
      scale: 256 * 2 ** zoom,
      originX: origin.x,
      originY: origin.y,
      padX,
      padY,
      pixelRatio,
    });
  }

  private stretch(center: L.LatLng, zoom: number): void {
    const map = this._map as L.Map | null;
    if (this.canvas === null || this.corner === null || map === null) return;
    const pane = getPosition(map.getPanes().mapPane);
    const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(pane).round();
    const offset = map.project(this.corner, zoom).subtract(origin);
    setTransform(this.canvas, offset, map.getZoomScale(zoom, this.drawnZoom));
  }
}
