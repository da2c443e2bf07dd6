import 'leaflet/src/map/handler/Map.BoxZoom.js';
import 'leaflet/src/map/handler/Map.DoubleClickZoom.js';
import 'leaflet/src/map/handler/Map.Drag.js';
import 'leaflet/src/map/handler/Map.Keyboard.js';
import 'leaflet/src/map/handler/Map.ScrollWheelZoom.js';
import 'leaflet/src/map/handler/Map.TouchZoom.js';

// Of Leaflet what our maps use: the whole of it, with its popups, lines and controls, is twice as
// much for each phone to download and keep.
export { getPosition, setPosition, setTransform } from 'leaflet/src/dom/DomUtil.js';
export { Layer } from 'leaflet/src/layer/Layer.js';
export { GridLayer } from 'leaflet/src/layer/tile/GridLayer.js';
export { createMap } from 'leaflet/src/map/Map.js';
