import type L from 'leaflet';
import { Icon } from 'leaflet/src/layer/marker/Icon.js';
import { Marker } from 'leaflet/src/layer/marker/Marker.js';

export interface PinPlace {
  readonly lon: number;
  readonly lat: number;
}

/** Pixels of one press of an arrow key, and with Shift. */
const STEP = 4;
const STRIDE = 40;
const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Drawn by the style sheet; its point is at the place. */
class PinIcon extends Icon {
  override createIcon(): HTMLElement {
    const pin = document.createElement('div');
    pin.className = 'leaflet-marker-icon map-pin';
    return pin;
  }

  override createShadow(): HTMLElement {
    return document.createElement('div');
  }
}

/** A pin that is dragged, or moved with the arrow keys, to where something is. */
export class PinMarker {
  private readonly map: L.Map;
  private readonly marker: L.Marker;
  private readonly onMove: (place: PinPlace) => void;

  constructor(map: L.Map, label: string, onMove: (place: PinPlace) => void) {
    this.map = map;
    this.onMove = onMove;
    this.marker = new Marker([0, 0], {
      draggable: true,
      autoPan: true,
      title: label,
      icon: new PinIcon({ iconUrl: '' }),
    });
    this.marker.on('dragend', () => this.tell(this.marker.getLatLng()));
  }

  set({ lon, lat }: PinPlace): void {
    this.marker.setLatLng([lat, lon]);
    if (this.map.hasLayer(this.marker)) return;
    this.marker.addTo(this.map);
    this.marker.getElement()?.addEventListener('keydown', (event) => this.key(event));
  }

  remove(): void {
    this.marker.remove();
  }

  private key(event: KeyboardEvent): void {
    const way = ARROWS[event.key];
    if (way === undefined) return;
    // The map itself moves with these keys.
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? STRIDE : STEP;
    const at = this.map.latLngToContainerPoint(this.marker.getLatLng());
    const to = this.map.containerPointToLatLng(at.add([way[0] * step, way[1] * step]));
    this.marker.setLatLng(to);
    this.tell(to);
  }

  private tell({ lng, lat }: L.LatLng): void {
    this.onMove({ lon: Math.round(lng * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 });
  }
}
