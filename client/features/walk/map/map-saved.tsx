import '../../../ui/door-words.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconBatteryEco } from '@tabler/icons-react';
import { chooseDisplay } from '../../../shell/display.ts';
import { usePage } from '../../../shell/use-page.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';

/** In the map's place while power is saved: neither map nor position runs. */
export function MapSaved() {
  const { t } = useLingui();
  const heading = usePage(t`Map`);
  return (
    <>
      <h2 className="only-read" ref={heading} tabIndex={-1}>
        <Trans>Map of the turf</Trans>
      </h2>
      <EmptyState
        icon={<IconBatteryEco size={28} aria-hidden />}
        title={<Trans>No map while power is saved</Trans>}
        action={
          <Button variant="primary" onClick={() => chooseDisplay('system')}>
            <Trans>Stop saving power</Trans>
          </Button>
        }
      >
        <Trans>
          The list has the same doors in the same order. It needs far less of the battery.
        </Trans>
      </EmptyState>
    </>
  );
}
