import '../../../ui/door-words.ts';
import { useLingui } from '@lingui/react/macro';
import { useBattery } from './use-battery.ts';

/** How full the battery is, small, while power is saved; nothing where the browser does not say. */
export function BatteryShare() {
  const { t } = useLingui();
  const battery = useBattery();
  if (battery === null) return null;
  const { share } = battery;
  return (
    <span className="battery-share number small" aria-label={t`Battery: ${share} percent`}>
      {share}%
    </span>
  );
}
