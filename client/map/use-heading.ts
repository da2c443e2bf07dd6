import { useEffect, useState } from 'react';

/** A turn of less is the hand's, not the person's, in degrees. */
const LEAST_TURN = 4;

/** What phones tell of how they are held; Safari says `webkitCompassHeading` instead of `absolute`. */
function headingOf(event: DeviceOrientationEvent): number | null {
  const compass: unknown = Reflect.get(event, 'webkitCompassHeading');
  if (typeof compass === 'number') return compass;
  if (!event.absolute || event.alpha === null) return null;
  // Alpha turns the other way round; a phone held across shows its side upwards.
  const turned = screen.orientation?.angle ?? 0;
  return (360 - event.alpha + turned) % 360;
}

/**
 * Asks where it must be asked (Safari, and only in a tap) whether this page may know how the phone is
 * held; elsewhere nothing happens.
 */
export function askForHeading(): void {
  if (!('DeviceOrientationEvent' in window)) return;
  const ask: unknown = Reflect.get(DeviceOrientationEvent, 'requestPermission');
  if (typeof ask !== 'function') return;
  void Promise.resolve(Reflect.apply(ask, DeviceOrientationEvent, [])).catch(() => {});
}

/** Where the phone's upper edge points, in degrees from north by east; null when it does not say. */
export function useHeading(watching: boolean): number | null {
  const [heading, setHeading] = useState<number | null>(null);
  useEffect(() => {
    if (!watching) return;
    const hear = (event: Event): void => {
      if (!(event instanceof DeviceOrientationEvent)) return;
      const next = headingOf(event);
      if (next === null) return;
      setHeading((now) => {
        const turn = now === null ? 360 : Math.abs(((next - now + 540) % 360) - 180);
        return turn < LEAST_TURN ? now : next;
      });
    };
    const names = ['deviceorientationabsolute', 'deviceorientation'];
    for (const name of names) window.addEventListener(name, hear);
    return () => {
      for (const name of names) window.removeEventListener(name, hear);
    };
  }, [watching]);
  return heading;
}
