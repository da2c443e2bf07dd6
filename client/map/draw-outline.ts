import type L from 'leaflet';
import type { Polygon, Position } from '#shared/model/geojson.ts';
import { DraftLayer } from './draft-layer.ts';
import {
  addCorner,
  closeDraft,
  draftOf,
  EMPTY_DRAFT,
  insertCorner,
  moveCorner,
  outlineOf,
  removeCorner,
  thinLine,
  type Draft,
} from './draw-steps.ts';
import type { MapColours } from './map-colours.ts';

/** `corners`: a corner with each click or tap. `lasso`: one stroke around the doors. */
export type DrawTool = 'corners' | 'lasso';

export interface DrawEvents {
  /** After each step: the outline so far (null below three corners) and whether it is closed. */
  readonly onChange: (outline: Polygon | null, closed: boolean) => void;
  /** Enter on a closed outline. */
  readonly onDone?: () => void;
  /** Escape with nothing drawn, or twice. */
  readonly onCancel: () => void;
}

const NEAR = { mouse: 11, touch: 24 } as const;
const THIN = 3;
const NUDGE = 8;

/**
 * Draws and reshapes one outline on a map, by mouse, touch, pen and keyboard. An open draft takes
 * corners until it is closed (its first corner, a double click, Enter); a closed one is reshaped
 * by its handles. Backspace or Ctrl+Z takes the last step back, Escape all of it.
 */
export class DrawOutline {
  private readonly map: L.Map;
  private readonly layer: DraftLayer;
  private readonly events: DrawEvents;
  private readonly ending = new AbortController();
  private tool: DrawTool;
  private draft: Draft;
  private readonly past: Draft[] = [];
  private pointer: Position | null = null;
  private chosen: number | null = null;
  private crosshair = false;
  private freehand: Position[] = [];
  private dragged: number | null = null;
  private lastPress = 0;

  constructor(
    map: L.Map,
    colours: MapColours,
    start: Polygon | null,
    tool: DrawTool,
    events: DrawEvents,
  ) {
    this.map = map;
    this.events = events;
    this.tool = tool;
    this.draft = start ? draftOf(start) : EMPTY_DRAFT;
    this.layer = new DraftLayer(colours).addTo(map);
    const box = map.getContainer();
    const { signal } = this.ending;
    // Capture: the map must not pan under a handle that is dragged, nor take our keys.
    const early = { signal, capture: true };
    box.addEventListener('pointerdown', (event) => this.press(event), early);
    box.addEventListener('pointermove', (event) => this.move(event), { signal });
    box.addEventListener('pointerup', (event) => this.release(event), { signal });
    box.addEventListener('pointercancel', () => this.letGo(), { signal });
    box.addEventListener('keydown', (event) => this.key(event), early);
    map.on('click', this.click);
    map.doubleClickZoom.disable();
    box.classList.add('map-drawing');
    this.setTool(tool);
    this.show();
  }

  /** Ends drawing and takes the draft off the map. */
  stop(): void {
    this.ending.abort();
    this.map.off('click', this.click);
    this.map.doubleClickZoom.enable();
    this.map.dragging.enable();
    this.map.getContainer().classList.remove('map-drawing');
    this.layer.remove();
  }

  setColours(colours: MapColours): void {
    this.layer.setColours(colours);
  }

  setTool(tool: DrawTool): void {
    this.tool = tool;
    if (tool === 'lasso' && !this.draft.closed) this.map.dragging.disable();
    else this.map.dragging.enable();
  }

  canUndo(): boolean {
    return this.past.length > 0;
  }

  /** Takes the last step back. */
  undo(): void {
    const before = this.past.pop();
    if (!before) return;
    this.draft = before;
    this.chosen = null;
    this.setTool(this.tool);
    this.tell();
  }

  /** Throws the draft away and begins anew. */
  clear(): void {
    if (this.draft.corners.length > 0) this.step(EMPTY_DRAFT);
  }

  close(): void {
    this.step(closeDraft(this.draft));
  }

  private step(next: Draft): void {
    if (next === this.draft) return;
    this.past.push(this.draft);
    this.draft = next;
    if (this.chosen !== null && this.chosen >= next.corners.length) this.chosen = null;
    this.setTool(this.tool);
    this.tell();
  }

  private tell(): void {
    this.show();
    this.events.onChange(outlineOf(this.draft), this.draft.closed);
  }

  private show(): void {
    this.layer.show({
      draft: this.draft,
      pointer: this.pointer,
      chosen: this.chosen,
      crosshair: this.crosshair && !this.draft.closed,
      freehand: this.freehand,
    });
  }

  private placeOf(event: MouseEvent): { at: Position; x: number; y: number } {
    const point = this.map.mouseEventToContainerPoint(event);
    const { lng, lat } = this.map.containerPointToLatLng(point);
    return { at: [lng, lat], x: point.x, y: point.y };
  }

  private distanceTo([lon, lat]: Position, x: number, y: number): number {
    const point = this.map.latLngToContainerPoint([lat, lon]);
    return Math.hypot(point.x - x, point.y - y);
  }

  private nearest(corners: readonly Position[], x: number, y: number, reach: number): number {
    let best = -1;
    let least = reach;
    corners.forEach((corner, i) => {
      const away = this.distanceTo(corner, x, y);
      if (away < least) [best, least] = [i, away];
    });
    return best;
  }

  private middles(): Position[] {
    const { corners } = this.draft;
    return corners.map(([lon, lat], i) => {
      const [nextLon, nextLat] = corners[(i + 1) % corners.length] ?? [lon, lat];
      return [(lon + nextLon) / 2, (lat + nextLat) / 2];
    });
  }

  private press(event: PointerEvent): void {
    if (!event.isPrimary || event.button !== 0 || this.isControl(event)) return;
    this.crosshair = false;
    const { at, x, y } = this.placeOf(event);
    const reach = event.pointerType === 'mouse' ? NEAR.mouse : NEAR.touch;
    if (this.draft.closed) {
      this.grab(event, at, x, y, reach);
    } else if (this.tool === 'lasso') {
      this.hold(event);
      this.freehand = [at];
      this.show();
    }
  }

  private grab(event: PointerEvent, at: Position, x: number, y: number, reach: number): void {
    let index = this.nearest(this.draft.corners, x, y, reach);
    let next = this.draft;
    if (index < 0) {
      const middle = this.nearest(this.middles(), x, y, reach * 0.8);
      if (middle < 0) return;
      next = insertCorner(this.draft, middle, at);
      index = middle + 1;
    } else if (event.timeStamp - this.lastPress < 350 && index === this.chosen) {
      this.step(removeCorner(this.draft, index));
      return;
    }
    this.lastPress = event.timeStamp;
    this.past.push(this.draft);
    this.draft = next;
    this.dragged = index;
    this.chosen = index;
    this.hold(event);
    this.tell();
  }

  private hold(event: PointerEvent): void {
    event.stopPropagation();
    event.preventDefault();
    this.map.dragging.disable();
    const box = this.map.getContainer();
    box.focus({ preventScroll: true });
    box.setPointerCapture(event.pointerId);
  }

  private move(event: PointerEvent): void {
    if (!event.isPrimary) return;
    const { at } = this.placeOf(event);
    if (this.dragged !== null) {
      this.draft = moveCorner(this.draft, this.dragged, at);
      this.tell();
    } else if (this.freehand.length > 0) {
      this.freehand.push(at);
      this.show();
    } else if (event.pointerType === 'mouse' && !this.draft.closed && this.tool === 'corners') {
      this.pointer = at;
      this.show();
    }
  }

  private release(event: PointerEvent): void {
    if (!event.isPrimary) return;
    const drawn = this.freehand;
    this.letGo();
    if (drawn.length === 0) return;
    const points = drawn.map(([lon, lat]): readonly [number, number] => {
      const { x, y } = this.map.latLngToContainerPoint([lat, lon]);
      return [x, y];
    });
    const corners = thinLine(points, THIN).map((point): Position => {
      const { lng, lat } = this.map.containerPointToLatLng([point[0], point[1]]);
      return [lng, lat];
    });
    if (corners.length >= 3) this.step({ corners, closed: true });
    else this.show();
  }

  private letGo(): void {
    this.dragged = null;
    this.freehand = [];
    this.setTool(this.tool);
    this.show();
  }

  private readonly click = (event: L.LeafletMouseEvent): void => {
    if (this.draft.closed || this.tool === 'lasso') return;
    const original = event.originalEvent;
    const mouse = original instanceof PointerEvent && original.pointerType === 'mouse';
    const { x, y } = event.containerPoint;
    const { corners } = this.draft;
    const reach = mouse ? NEAR.mouse : NEAR.touch;
    const first = corners[0];
    const last = corners.at(-1);
    const onFirst = corners.length > 2 && first && this.distanceTo(first, x, y) < reach;
    const onLast = corners.length > 2 && last && this.distanceTo(last, x, y) < 6;
    if (onFirst || onLast) this.close();
    else this.step(addCorner(this.draft, [event.latlng.lng, event.latlng.lat]));
  };

  private key(event: KeyboardEvent): void {
    if (this.isControl(event) || (event.ctrlKey && event.key !== 'z')) return;
    const act = this.actionOf(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  private actionOf(event: KeyboardEvent): (() => void) | null {
    const { key } = event;
    if (key === 'Escape') return () => this.escape();
    if (key === 'z' && (event.ctrlKey || event.metaKey)) return () => this.undo();
    if (key === 'Delete' && this.chosen !== null) {
      const index = this.chosen;
      return () => this.step(removeCorner(this.draft, index));
    }
    if (key === 'Backspace' || key === 'Delete') return () => this.undo();
    if (key === 'Enter' || key === ' ') return () => this.enter(key);
    if (this.draft.closed && (key === 'n' || key === 'p')) return () => this.choose(key);
    const way = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[
      key
    ];
    const chosen = this.chosen;
    if (way && this.draft.closed && chosen !== null) {
      return () => this.nudge(chosen, way[0] ?? 0, way[1] ?? 0, event.shiftKey ? 1 : NUDGE);
    }
    if (way && !this.crosshair) {
      this.crosshair = true;
      this.show();
    }
    return null;
  }

  private escape(): void {
    if (this.draft.corners.length === 0 || this.draft.closed) this.events.onCancel();
    else this.clear();
  }

  private enter(key: string): void {
    if (this.draft.closed) {
      if (key === 'Enter') this.events.onDone?.();
      return;
    }
    if (key === 'Enter' && this.draft.corners.length > 2) {
      this.close();
      return;
    }
    this.crosshair = true;
    const { lng, lat } = this.map.getCenter();
    this.step(addCorner(this.draft, [lng, lat]));
  }

  private choose(key: 'n' | 'p'): void {
    const count = this.draft.corners.length;
    const from = this.chosen ?? (key === 'n' ? -1 : 0);
    this.chosen = (from + (key === 'n' ? 1 : count - 1)) % count;
    this.show();
  }

  private nudge(index: number, right: number, down: number, by: number): void {
    const corner = this.draft.corners[index];
    if (!corner) return;
    const point = this.map.latLngToContainerPoint([corner[1], corner[0]]);
    const { lng, lat } = this.map.containerPointToLatLng([
      point.x + right * by,
      point.y + down * by,
    ]);
    this.step(moveCorner(this.draft, index, [lng, lat]));
  }

  private isControl(event: Event): boolean {
    return event.target instanceof Element && event.target.closest('.map-controls') !== null;
  }
}
