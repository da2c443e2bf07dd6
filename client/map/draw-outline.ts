import type L from 'leaflet';
import type { Polygon, Position } from '#shared/model/geojson.ts';
import { DraftLayer } from './draft-layer.ts';
import { drawAction, type DrawAction } from './draw-keys.ts';
import {
  addCorner,
  closeDraft,
  draftOf,
  EMPTY_DRAFT,
  insertCorner,
  loopOf,
  moveCorner,
  outlineOf,
  removeCorner,
  shapeOf,
  type Draft,
  type DrawnShape,
  type DrawTool,
} from './draw-steps.ts';
import type { MapColours } from './map-colours.ts';

export interface DrawEvents {
  /** While something is drawn or dragged: what it would be now, null while it is nothing yet. */
  readonly onDraft: (shape: DrawnShape | null) => void;
  /** It is closed; or, of an outline that exists, a corner has got its new place. */
  readonly onShape: (shape: DrawnShape) => void;
  /** Escape with nothing drawn. */
  readonly onCancel: () => void;
}

const NEAR = { mouse: 11, touch: 24 } as const;
const THIN = 3;
const DOUBLE_PRESS_MS = 350;

/**
 * Draws one shape after the other, or reshapes an outline that exists, by mouse, touch, pen and
 * keyboard. Corners are taken until they close (the first corner again, a double click, Enter); a
 * line closes with its second end. Backspace or Ctrl+Z takes back a corner that is not closed yet.
 */
export class DrawOutline {
  private readonly map: L.Map;
  private readonly layer: DraftLayer;
  private readonly events: DrawEvents;
  private readonly ending = new AbortController();
  private readonly reshaping: boolean;
  private tool: DrawTool;
  private draft: Draft;
  private pointer: Position | null = null;
  private chosen: number | null = null;
  private byKeys = false;
  private freehand: Position[] = [];
  private dragged: number | null = null;
  private moved = false;
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
    this.reshaping = start !== null;
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
    map.on('move', this.aim);
    map.doubleClickZoom.disable();
    box.classList.add('map-drawing');
    this.setTool(tool);
    this.show();
  }

  /** Ends drawing and takes the draft off the map. */
  stop(): void {
    this.ending.abort();
    this.map.off('click', this.click);
    this.map.off('move', this.aim);
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
    if (tool === 'lasso' && !this.reshaping) this.map.dragging.disable();
    else this.map.dragging.enable();
  }

  /** The outline that is reshaped has become another, e.g. by an undo. */
  replace(start: Polygon): void {
    this.draft = draftOf(start);
    if (this.chosen !== null && this.chosen >= this.draft.corners.length) this.chosen = null;
    this.show();
  }

  /** Takes a step of an open draft, and hands over what is complete. */
  private step(next: Draft): void {
    if (next === this.draft) return;
    this.draft = next;
    const shape = shapeOf(next, this.tool);
    const complete = shape !== null && (next.closed || shape.kind === 'line');
    if (complete && !this.reshaping) {
      this.draft = EMPTY_DRAFT;
      this.pointer = null;
    }
    this.show();
    if (complete) this.events.onShape(shape);
    else this.tell();
  }

  private tell(): void {
    const { corners, closed } = this.draft;
    const open = !closed && corners.length > 0 && this.pointer !== null;
    const draft = open ? { corners: [...corners, this.pointer as Position], closed } : this.draft;
    this.events.onDraft(shapeOf(draft, this.tool));
  }

  private show(): void {
    this.layer.show({
      draft: this.draft,
      pointer: this.pointer,
      chosen: this.chosen,
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
    if (!event.isPrimary || event.button !== 0 || isControl(event)) return;
    this.byKeys = false;
    const { at, x, y } = this.placeOf(event);
    const reach = event.pointerType === 'mouse' ? NEAR.mouse : NEAR.touch;
    if (this.reshaping) {
      this.grab(event, at, x, y, reach);
    } else if (this.tool === 'lasso') {
      this.hold(event);
      this.freehand = [at];
      this.show();
    }
  }

  private grab(event: PointerEvent, at: Position, x: number, y: number, reach: number): void {
    let index = this.nearest(this.draft.corners, x, y, reach);
    if (index < 0) {
      const middle = this.nearest(this.middles(), x, y, reach * 0.8);
      if (middle < 0) return;
      this.draft = insertCorner(this.draft, middle, at);
      index = middle + 1;
    } else if (event.timeStamp - this.lastPress < DOUBLE_PRESS_MS && index === this.chosen) {
      this.step(removeCorner(this.draft, index));
      return;
    }
    this.lastPress = event.timeStamp;
    this.dragged = index;
    this.moved = false;
    this.chosen = index;
    this.hold(event);
    this.show();
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
      this.moved = true;
      this.draft = moveCorner(this.draft, this.dragged, at);
      this.show();
      this.tell();
    } else if (this.freehand.length > 0) {
      this.freehand.push(at);
      this.show();
      // As it would be if the hand let go: a slow stroke has more points than an outline may have.
      this.events.onDraft(shapeOf({ corners: this.loopOf(this.freehand), closed: true }, 'lasso'));
    } else if (event.pointerType === 'mouse' && !this.reshaping && this.tool !== 'lasso') {
      this.point(at);
    }
  }

  /** Where the next corner would be. */
  private point(at: Position): void {
    this.pointer = at;
    this.show();
    if (this.draft.corners.length > 0) this.tell();
  }

  private release(event: PointerEvent): void {
    if (!event.isPrimary) return;
    const [drawn, moved] = [this.freehand, this.moved];
    this.letGo();
    if (moved) {
      const outline = outlineOf(this.draft);
      if (outline) this.events.onShape({ kind: 'outline', outline });
    }
    if (drawn.length === 0) return;
    const corners = this.loopOf(drawn);
    if (corners.length >= 3) this.step({ corners, closed: true });
    else this.events.onDraft(null);
  }

  /** What a stroke goes around. */
  private loopOf(stroke: readonly Position[]): Position[] {
    const points = stroke.map(([lon, lat]): readonly [number, number] => {
      const { x, y } = this.map.latLngToContainerPoint([lat, lon]);
      return [x, y];
    });
    return loopOf(points, THIN).map((point): Position => {
      const { lng, lat } = this.map.containerPointToLatLng([point[0], point[1]]);
      return [lng, lat];
    });
  }

  private letGo(): void {
    this.dragged = null;
    this.moved = false;
    this.freehand = [];
    this.setTool(this.tool);
    this.show();
  }

  private readonly click = (event: L.LeafletMouseEvent): void => {
    if (this.reshaping || this.tool === 'lasso') return;
    const original = event.originalEvent;
    const mouse = original instanceof PointerEvent && original.pointerType === 'mouse';
    const { x, y } = event.containerPoint;
    const { corners } = this.draft;
    const reach = mouse ? NEAR.mouse : NEAR.touch;
    const first = corners[0];
    const last = corners.at(-1);
    const onFirst = corners.length > 2 && first && this.distanceTo(first, x, y) < reach;
    const onLast = corners.length > 2 && last && this.distanceTo(last, x, y) < 6;
    if (onFirst || onLast) this.step(closeDraft(this.draft));
    else this.step(addCorner(this.draft, [event.latlng.lng, event.latlng.lat]));
  };

  /** By keys the map moves under its middle, and the next corner is there. */
  private readonly aim = (): void => {
    if (!this.byKeys || this.reshaping) return;
    const { lng, lat } = this.map.getCenter();
    this.point([lng, lat]);
  };

  private key(event: KeyboardEvent): void {
    if (isControl(event)) return;
    const action = drawAction(event, {
      reshaping: this.reshaping,
      corners: this.draft.corners.length,
      chosen: this.chosen,
    });
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    this.act(action);
  }

  private act(action: DrawAction): void {
    const { draft, chosen } = this;
    switch (action.kind) {
      case 'give-up':
        if (this.reshaping || draft.corners.length === 0) return this.events.onCancel();
        this.pointer = null;
        return this.step(EMPTY_DRAFT);
      case 'back':
        return this.step(removeCorner(draft, draft.corners.length - 1));
      case 'close':
        return this.step(closeDraft(draft));
      case 'corner': {
        this.byKeys = true;
        const { lng, lat } = this.map.getCenter();
        return this.step(addCorner(draft, [lng, lat]));
      }
      case 'choose': {
        const count = draft.corners.length;
        this.chosen = ((chosen ?? (action.by === 1 ? -1 : 0)) + action.by + count) % count;
        return this.show();
      }
      case 'drop-corner':
        return chosen === null ? undefined : this.step(removeCorner(draft, chosen));
      case 'nudge':
        return chosen === null ? undefined : this.nudge(chosen, action.right, action.down);
    }
  }

  private nudge(index: number, right: number, down: number): void {
    const corner = this.draft.corners[index];
    if (!corner) return;
    const { x, y } = this.map.latLngToContainerPoint([corner[1], corner[0]]);
    const { lng, lat } = this.map.containerPointToLatLng([x + right, y + down]);
    this.step(moveCorner(this.draft, index, [lng, lat]));
  }
}

function isControl(event: Event): boolean {
  return event.target instanceof Element && event.target.closest('.map-controls') !== null;
}
