import type { Map as LeafletMap } from 'leaflet';
import { useEffect, useState } from 'react';
import { useLingui } from '@lingui/react/macro';

const WIDEST = 110;
const ROUND = [1, 2, 5];
const FEET = 3.28084;
const FEET_A_MILE = 5280;

/** The largest round length (1, 2 or 5 times a power of ten) that is no longer than this. */
export function roundLength(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = ROUND.filter((n) => n * power <= most).at(-1) ?? 1;
  return step * power;
}

interface Scale {
  readonly pixels: number;
  readonly amount: number;
  readonly unit: 'foot' | 'mile';
}

function measure(map: LeafletMap): Scale | null {
  const middle = map.getSize().y / 2;
  const metres = map.distance(
    map.containerPointToLatLng([0, middle]),
    map.containerPointToLatLng([WIDEST, middle]),
  );
  if (!(metres > 0)) return null;
  const feet = metres * FEET;
  const unit = feet >= FEET_A_MILE ? 'mile' : 'foot';
  const most = unit === 'mile' ? feet / FEET_A_MILE : feet;
  const amount = roundLength(most);
  return { pixels: (WIDEST * amount) / most, amount, unit };
}

/** How long a piece of the map is, for desks. */
export function ScaleBar({ map }: { readonly map: LeafletMap }) {
  const { i18n } = useLingui();
  const [scale, setScale] = useState<Scale | null>(null);
  useEffect(() => {
    const update = (): void => setScale(measure(map));
    update();
    map.on('moveend zoomend resize', update);
    return () => {
      map.off('moveend zoomend resize', update);
    };
  }, [map]);
  if (scale === null) return null;
  const words = i18n.number(scale.amount, { style: 'unit', unit: scale.unit });
  return (
    <div className="map-scale" style={{ inlineSize: scale.pixels }}>
      {words}
    </div>
  );
}
