import { useCallback, useEffect, useState } from 'react';
import type { OwnPosition } from './position-layer.ts';

/** `off` until asked for; `refused` and `lost` say why there is no place. */
export type PositionState = 'off' | 'waiting' | 'known' | 'refused' | 'lost';

/** Follows this device's place, only after `start`: the browser asks the person first. */
export function useOwnPosition(): {
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
        setPosition({ lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy });
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

  const start = useCallback(() => {
    if (!('geolocation' in navigator)) {
      setState('lost');
      return;
    }
    setState((now) => (now === 'known' ? now : 'waiting'));
    setWatching(true);
  }, []);

  return { state, position, start };
}
