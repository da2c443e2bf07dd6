import { useMemo } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { MapLayers } from '#shared/model/place.ts';
import type { PointCandidate } from '#shared/model/unmatched.ts';
import { LazyMap } from '../../map/lazy-map.tsx';
import type { Pin } from './unmatched-settle.tsx';

export interface UnmatchedMapProps {
  readonly layers: MapLayers;
  /** Some address is being settled. */
  readonly chosen: boolean;
  readonly pin: Pin | null;
  readonly onPin: (pin: Pin) => void;
  readonly candidates: readonly PointCandidate[];
}

/** Degrees around one point that a map shows. */
const AROUND = 0.0015;

/** The map with what the search has found, and the pin. */
export function UnmatchedMap({ layers, chosen, pin, onPin, candidates }: UnmatchedMapProps) {
  const { t } = useLingui();
  const doors = useMemo(
    () => ({
      lon: candidates.map(({ lon }) => lon),
      lat: candidates.map(({ lat }) => lat),
      number: candidates.map(({ number }) => number),
    }),
    [candidates],
  );
  const point = pin !== null && pin.addressId !== null ? pin : (candidates[0] ?? null);
  const [lon, lat] = [point?.lon ?? null, point?.lat ?? null];
  const bounds = useMemo(
    () =>
      lon === null || lat === null
        ? null
        : ([lon - AROUND, lat - AROUND, lon + AROUND, lat + AROUND] as const),
    [lon, lat],
  );
  const place = useMemo(() => (pin === null ? null : { lon: pin.lon, lat: pin.lat }), [pin]);
  return (
    <LazyMap
      layers={layers}
      label={t`Map to put an address on`}
      controls="desk"
      doors={candidates.length > 0 ? doors : null}
      bounds={bounds}
      onSelect={(index) => {
        const found = index === null ? undefined : candidates[index];
        if (found) onPin({ lon: found.lon, lat: found.lat, addressId: found.addressId });
      }}
      pin={
        chosen
          ? {
              label: t`The address. Drag it, or move it with the arrow keys.`,
              place,
              onPlace: (to) => onPin({ ...to, addressId: null }),
            }
          : null
      }
    />
  );
}
