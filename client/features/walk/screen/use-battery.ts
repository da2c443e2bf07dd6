import { useEffect, useState } from 'react';

/** What some browsers tell of the battery; others say nothing. */
interface Battery extends EventTarget {
  /** 0 to 1. */
  readonly level: number;
  readonly charging: boolean;
}

function isBattery(value: unknown): value is Battery {
  return value instanceof EventTarget && 'level' in value && 'charging' in value;
}

export interface BatteryNow {
  /** 0 to 100. */
  readonly share: number;
  readonly charging: boolean;
}

/** How full this phone's battery is; null where the browser does not say. */
export function useBattery(): BatteryNow | null {
  const [now, setNow] = useState<BatteryNow | null>(null);
  useEffect(() => {
    const ask: unknown = Reflect.get(navigator, 'getBattery');
    if (typeof ask !== 'function') return;
    let battery: Battery | null = null;
    let over = false;
    const read = (): void => {
      if (battery === null) return;
      setNow({ share: Math.round(battery.level * 100), charging: battery.charging });
    };
    const start = async (): Promise<void> => {
      const found: unknown = await Reflect.apply(ask, navigator, []);
      if (over || !isBattery(found)) return;
      battery = found;
      for (const name of ['levelchange', 'chargingchange']) found.addEventListener(name, read);
      read();
    };
    void start().catch(() => {});
    return () => {
      over = true;
      for (const name of ['levelchange', 'chargingchange']) {
        battery?.removeEventListener(name, read);
      }
    };
  }, []);
  return now;
}
