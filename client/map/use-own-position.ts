import { useCallback, useEffect, useMemo, useState } from 'react';
import type { OwnPosition } from './position-layer.ts';
import { askForHeading, useHeading } from './use-heading.ts';

/** `off` until asked for; `refused` and `lost` say why there is no place. */
export type PositionState = 'off' | 'waiting' | 'known' | 'refused' | 'lost';

/**
 * Follows this device's place, only after `start`: the browser asks the person first. With the heading,
 * it follows also how the phone is held.
 */
export function useOwnPosition(withHeading = false): {
  readonly state: PositionState;
  readonly position: OwnPosition | null;
  readonly start: () => void;
} {
  const [state, setState] = useState<PositionState>('off');
  const [position, setPosition] = useState<OwnPosition | null>(null);
  const [watching, setWatching] = useState(false);

  useEffect(() => {
    if (!watching) return;
    const watch = navigator.geolocation.watchPosition(
      ({ coords }) => {
        const { longitude: lon, latitude: lat, accuracy } = coords;
        // A phone that stands still has no course; NaN in some browsers.
        const course = coords.heading !== null && coords.heading >= 0 ? coords.heading : null;
        setPosition({ lon, lat, accuracy, heading: course });
        setState('known');
      },
      (error) => {
        setState(error.code === error.PERMISSION_DENIED ? 'refused' : 'lost');
        if (error.code === error.PERMISSION_DENIED) setWatching(false);
      },
      { enableHighAccuracy: true, maximumAge: 10_000, timeout: 20_000 },
    );
    return () => navigator.geolocation.clearWatch(watch);
  }, [watching]);

  const held = useHeading(withHeading && state === 'known');
  const start = useCallback(() => {
    if (withHeading) askForHeading();
    if (!('geolocation' in navigator)) {
      setState('lost');
      return;
    }
    setState((now) => (now === 'known' ? now : 'waiting'));
    setWatching(true);
  }, [withHeading]);

  // Where the phone points is what the person sees; their course is the next best.
  const turned = useMemo(
    () => position && { ...position, heading: held ?? position.heading },
    [position, held],
  );
  return { state, position: turned, start };
}
