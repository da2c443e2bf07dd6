import { lazy, Suspense, useState } from 'react';
import { useLingui } from '@lingui/react/macro';
import { IconSunHigh } from '@tabler/icons-react';
import { useDisplay } from '../../shell/display.ts';
import { IconButton } from '../../ui/icon-button.tsx';

const ScreenSheet = lazy(async () => ({
  default: (await import('./screen/screen-sheet.tsx')).ScreenSheet,
}));
const BatteryShare = lazy(async () => ({
  default: (await import('./screen/battery-share.tsx')).BatteryShare,
}));

/** One tap to a screen for the sun or for the last of the battery, and to how the app works. */
export function ScreenButton() {
  const { t } = useLingui();
  const saving = useDisplay() === 'low-power';
  const [open, setOpen] = useState(false);
  return (
    <>
      <Suspense fallback={null}>{saving && <BatteryShare />}</Suspense>
      <IconButton
        icon={<IconSunHigh size={22} aria-hidden />}
        label={t`Screen and help`}
        onClick={() => setOpen(true)}
      />
      <Suspense fallback={null}>{open && <ScreenSheet onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
