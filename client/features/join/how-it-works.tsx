import { useState } from 'react';
import { Trans } from '@lingui/react/macro';
import { IconHandFinger } from '@tabler/icons-react';
import { Button } from '../../ui/button.tsx';
import { Tutorial } from '../../ui/tutorial.tsx';
import { isTutorialSeen } from '../../ui/tutorial-seen.ts';

/** How the app works, while the turf comes: nothing waits for it, and it can be skipped and found again. */
export function HowItWorks() {
  const [shown, show] = useState(() => !isTutorialSeen());
  if (shown) return <Tutorial heading="h2" onDone={() => show(false)} />;
  return (
    <Button
      variant="quiet"
      wide
      icon={<IconHandFinger size={20} aria-hidden />}
      onClick={() => show(true)}
    >
      <Trans>How it works, in 40 seconds</Trans>
    </Button>
  );
}
