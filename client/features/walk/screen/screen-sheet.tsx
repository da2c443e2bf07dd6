import '../../../ui/door-words.ts';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Trans } from '@lingui/react/macro';
import { IconHandFinger } from '@tabler/icons-react';
import { chooseDisplay, DISPLAYS, useDisplay, type Display } from '../../../shell/display.ts';
import { Button } from '../../../ui/button.tsx';
import { LocaleSwitch } from '../../../ui/locale-switch.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { useBattery } from './use-battery.ts';
import './screen-sheet.css';

const Tutorial = lazy(async () => ({
  default: (await import('../../../ui/tutorial.tsx')).Tutorial,
}));

/** How the screen is lit, and how the app works: for the sun, the night and the last of the battery. */
export function ScreenSheet({ onClose }: { readonly onClose: () => void }) {
  const [help, setHelp] = useState(false);
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={help ? <Trans>How it works</Trans> : <Trans>Screen and help</Trans>}
    >
      {help ? (
        <Suspense fallback={null}>
          <Tutorial onDone={onClose} />
        </Suspense>
      ) : (
        <div className="stack">
          <Displays />
          <Button
            wide
            icon={<IconHandFinger size={20} aria-hidden />}
            onClick={() => setHelp(true)}
          >
            <Trans>How it works, in 40 seconds</Trans>
          </Button>
          <LocaleSwitch />
        </div>
      )}
    </Sheet>
  );
}

const words: Readonly<Record<Display, { readonly name: ReactNode; readonly says: ReactNode }>> = {
  system: { name: <Trans>As this phone</Trans>, says: <Trans>Light by day, dark by night.</Trans> },
  light: { name: <Trans>Light</Trans>, says: <Trans>Always light.</Trans> },
  dark: { name: <Trans>Dark</Trans>, says: <Trans>Always dark: gentle on a porch at dusk.</Trans> },
  sun: {
    name: <Trans>Full sun</Trans>,
    says: <Trans>Black on white, bold and larger.</Trans>,
  },
  'low-power': {
    name: <Trans>Save power</Trans>,
    says: <Trans>Black, with no map and no position.</Trans>,
  },
};

function Displays() {
  const display = useDisplay();
  const battery = useBattery();
  return (
    <fieldset className="screen-choices">
      <legend className="choice-legend">
        <Trans>Screen</Trans>
      </legend>
      {DISPLAYS.map((each) => (
        <label className="screen-choice" key={each}>
          <input
            type="radio"
            name="screen"
            checked={display === each}
            onChange={() => chooseDisplay(each)}
          />
          <span>
            <b>{words[each].name}</b>
            <span className="quiet small">
              {words[each].says}
              {each === 'low-power' && battery !== null && (
                <>
                  {' '}
                  <Trans>Battery: {battery.share}%.</Trans>
                </>
              )}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
