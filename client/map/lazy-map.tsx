import { lazy, Suspense } from 'react';
import { Skeleton } from '../ui/skeleton.tsx';
import type { MapViewProps } from './map-view.tsx';

const MapView = lazy(async () => ({ default: (await import('./map-view.tsx')).MapView }));

/** The map in a chunk of its own: nothing of it loads before a map is shown. */
export function LazyMap(props: MapViewProps) {
  return (
    <Suspense
      fallback={
        <div className="map-waiting">
          <Skeleton lines={2} />
        </div>
      }
    >
      <MapView {...props} />
    </Suspense>
  );
}
