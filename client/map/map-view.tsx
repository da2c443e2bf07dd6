import './map.css';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import {
  IconCurrentLocation,
  IconFocusCentered,
  IconMinus,
  IconPlus,
  IconPolygon,
} from '@tabler/icons-react';
import type { MultiPolygon, Polygon, Position } from '#shared/model/geojson.ts';
import type { MapLayers } from '#shared/model/place.ts';
import type { MapDoors } from './doors-layer.ts';
import type { DrawEvents, DrawOutline } from './draw-outline.ts';
import type { DrawnShape, DrawTool } from './draw-steps.ts';
import { layersBounds, MapEngine } from './map-engine.ts';
import { outlineBounds } from './outline-rings.ts';
import type { MapEntrance } from './entrances-layer.ts';
import type { MapOutline } from './outlines-layer.ts';
import type { PinPlace } from './pin-marker.ts';
import { ScaleBar } from './scale-bar.tsx';
import { useOneSide } from './use-one-side.ts';
import { useOwnPosition } from './use-own-position.ts';
import type { WalkStop } from './walk-layer.ts';
import { columnBounds, type Bounds } from './world.ts';

/** What is being drawn, one shape after the other, or the outline that is being reshaped. */
export interface MapDrawing {
  /** Changing it begins anew. */
  readonly key: string;
  /** An outline to reshape, or null to draw. Another one takes its place on the map. */
  readonly start: Polygon | null;
  readonly tool: DrawTool;
  /** While something is drawn or dragged; null when there is nothing yet. */
  readonly onDraft: (shape: DrawnShape | null) => void;
  /** A shape is complete, or a corner has got its new place. */
  readonly onShape: (shape: DrawnShape) => void;
  /** Escape. */
  readonly onCancel: () => void;
}

export interface MapPin {
  readonly label: string;
  /** Null until it is set. */
  readonly place: PinPlace | null;
  readonly onPlace: (place: PinPlace) => void;
}

export interface MapViewProps {
  readonly layers: MapLayers;
  /** The map's accessible name. */
  readonly label: string;
  /** `phone`: no zoom buttons, where I am and my turf. `desk`: zoom buttons and a scale bar. */
  readonly controls: 'phone' | 'desk';
  readonly doors?: MapDoors | null;
  /** Index into the columns of `doors`. */
  readonly selected?: number | null;
  /** Null when the press hit no door. */
  readonly onSelect?: (index: number | null) => void;
  readonly outlines?: readonly MapOutline[];
  readonly onSelectOutline?: (id: string | null) => void;
  /** The turf that is walked: all else is fogged, and the "my turf" button fits it. */
  readonly turf?: Polygon | MultiPolygon | null;
  /** Stops in walk order. */
  readonly walk?: readonly WalkStop[];
  /** The way on the streets; with it each stop shows its number. */
  readonly way?: readonly Position[] | null;
  readonly drawing?: MapDrawing | null;
  /** What to show: fitted at first and whenever the numbers change. By default the turf, else the doors, else all. */
  readonly bounds?: Bounds | null;
  readonly precincts?: boolean;
  /** Where one goes into buildings, as somebody set it by hand. */
  readonly entrances?: readonly MapEntrance[];
  /** A pin that can be dragged, and is set by a press on the map. Null: there is none yet. */
  readonly pin?: MapPin | null;
  /** More buttons, above our own. */
  readonly children?: ReactNode;
}

const NO_OUTLINES: readonly MapOutline[] = [];
const NO_STOPS: readonly WalkStop[] = [];
const NO_ENTRANCES: readonly MapEntrance[] = [];

/** The chapter's own map: streets, doors, turfs, the walk, my place, and drawing. Works offline. */
export function MapView(given: MapViewProps) {
  const props = useOneSide(given);
  const { layers, label, controls, doors, selected, turf, drawing, children } = props;
  const {
    outlines = NO_OUTLINES,
    walk = NO_STOPS,
    way = null,
    precincts = controls === 'desk',
  } = props;
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const [engine, setEngine] = useState<MapEngine | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!box.current) return;
    const made = new MapEngine(box.current, latest.current.layers, precincts, {
      onDoor: (index) => latest.current.onSelect?.(index),
      onOutline: (id) => latest.current.onSelectOutline?.(id),
      onMove: () => undefined,
      onPlace: (place) => {
        const { pin } = latest.current;
        pin?.onPlace(place);
        return pin !== undefined && pin !== null;
      },
    });
    setEngine(made);
    return () => {
      setEngine(null);
      made.destroy();
    };
  }, [precincts]);

  useEffect(() => engine?.setLayers(layers), [engine, layers]);
  useEffect(() => engine?.setDoors(doors ?? null), [engine, doors]);
  useEffect(() => engine?.doors.select(selected ?? null), [engine, selected]);
  useEffect(() => engine?.fog.setOutline(turf ?? null), [engine, turf]);
  const { entrances = NO_ENTRANCES } = props;
  useEffect(() => engine?.entrances.setEntrances(entrances), [engine, entrances]);
  useEffect(() => {
    engine?.outlines.setOutlines(outlines);
    engine?.walk.setStops(walk, way);
    engine?.refreshWords();
  }, [engine, outlines, walk, way]);

  const [lon, lat] = [doors?.lon, doors?.lat];
  const home = useMemo(
    () =>
      props.bounds ??
      (turf ? outlineBounds(turf) : null) ??
      (lon && lat ? columnBounds(lon, lat) : null) ??
      layersBounds(layers),
    [props.bounds, turf, lon, lat, layers],
  );
  const homeKey = home?.join() ?? '';
  const fitted = useRef<MapEngine | null>(null);
  useEffect(() => {
    if (!engine || homeKey === '') return;
    const [west = 0, south = 0, east = 0, north = 0] = homeKey.split(',').map(Number);
    engine.fit([west, south, east, north], fitted.current === engine);
    fitted.current = engine;
  }, [engine, homeKey]);

  useDrawing(engine, drawing ?? null);
  usePin(engine, props.pin ?? null);

  const own = useOwnPosition(controls === 'phone');
  const centred = useRef(false);
  useEffect(() => {
    engine?.position.setPosition(own.position);
    if (!engine || !own.position || centred.current) return;
    centred.current = true;
    engine.goTo(own.position.lon, own.position.lat);
  }, [engine, own.position]);
  const findMe = (): void => {
    own.start();
    if (own.position && engine) engine.goTo(own.position.lon, own.position.lat);
    else centred.current = false;
  };

  const words = {
    off: null,
    known: null,
    waiting: t`Looking for where you are…`,
    refused: t`Your browser does not share your place. Allow it in its settings.`,
    lost: t`Your place is not known right now.`,
  }[own.state];
  const desk = controls === 'desk';
  return (
    <div className="map">
      <div ref={box} className="map-canvas-box" role="application" aria-label={label} />
      {desk && <div className="map-aim" aria-hidden />}
      <div className="map-words" role="status">
        {words !== null && <span>{words}</span>}
      </div>
      <div className="map-controls">
        {children}
        {(turf || desk) && (
          <MapButton
            label={turf ? t`My turf` : t`Show all`}
            icon={turf ? <IconPolygon size={22} /> : <IconFocusCentered size={20} />}
            onPress={() => home && engine?.fit(home, true)}
          />
        )}
        <MapButton
          label={t`Where I am`}
          icon={<IconCurrentLocation size={desk ? 20 : 22} />}
          pressed={own.state === 'known'}
          onPress={findMe}
        />
        {desk && (
          <div className="map-zoom">
            <MapButton
              label={t`Closer`}
              icon={<IconPlus size={20} />}
              onPress={() => engine?.map.zoomIn(1)}
            />
            <MapButton
              label={t`Farther`}
              icon={<IconMinus size={20} />}
              onPress={() => engine?.map.zoomOut(1)}
            />
          </div>
        )}
      </div>
      {desk && <div className="map-foot">{engine && <ScaleBar map={engine.map} />}</div>}
    </div>
  );
}

function usePin(engine: MapEngine | null, pin: MapPin | null): void {
  const latest = useRef(pin);
  useEffect(() => {
    latest.current = pin;
  });
  const label = pin?.label ?? null;
  useEffect(() => {
    if (!engine || label === null) return;
    const stop = new AbortController();
    const onPin = (place: PinPlace): void => latest.current?.onPlace(place);
    // Without it the place is still set by a press on the map.
    engine.showPin(label, onPin, () => latest.current?.place ?? null, stop.signal).catch(() => {});
    return () => {
      stop.abort();
      engine.dropPin();
    };
  }, [engine, label]);
  const place = pin?.place ?? null;
  useEffect(() => engine?.setPin(place), [engine, place]);
}

function useDrawing(engine: MapEngine | null, drawing: MapDrawing | null): void {
  const latest = useRef(drawing);
  const active = useRef<DrawOutline | null>(null);
  useEffect(() => {
    latest.current = drawing;
  });
  const key = drawing?.key ?? null;
  useEffect(() => {
    if (!engine || key === null || !latest.current) return;
    const { start, tool } = latest.current;
    const stop = new AbortController();
    const events: DrawEvents = {
      onDraft: (shape) => latest.current?.onDraft(shape),
      onShape: (shape) => latest.current?.onShape(shape),
      onCancel: () => latest.current?.onCancel(),
    };
    const begin = async (): Promise<void> => {
      const begun = await engine.startDrawing(start, tool, events, stop.signal);
      active.current = begun;
      // Tool and outline may have been changed while the code was fetched.
      if (!begun || !latest.current) return;
      begun.setTool(latest.current.tool);
      if (latest.current.start) begun.replace(latest.current.start);
    };
    begin().catch(() => latest.current?.onCancel());
    return () => {
      stop.abort();
      active.current = null;
      engine.stopDrawing();
    };
  }, [engine, key]);
  const tool = drawing?.tool;
  useEffect(() => {
    if (tool !== undefined) active.current?.setTool(tool);
  }, [tool]);
  const start = drawing?.start ?? null;
  useEffect(() => {
    if (start) active.current?.replace(start);
  }, [start]);
}

interface MapButtonProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly pressed?: boolean;
  readonly onPress: () => void;
}

/** A button that floats on the map. */
export function MapButton({ label, icon, pressed, onPress }: MapButtonProps) {
  return (
    <button
      type="button"
      className="map-button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={onPress}
    >
      {icon}
    </button>
  );
}
