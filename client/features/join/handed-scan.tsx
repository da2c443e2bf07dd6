import { useEffect, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { NOTHING_SEEN, takeFrame, wholeOf } from '#shared/sync/collect-frames.ts';
import { Notice } from '../../ui/notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useCamera } from './use-camera.ts';

/** Several looks at each code, which stands for less than a third of a second. */
const LOOK_MS = 60;

export interface HandedScanProps {
  readonly onWhole: (box: Uint8Array<ArrayBuffer>) => void;
}

/** Looks at the codes of another screen, in whatever order they pass, until all of them were seen. */
export function HandedScan({ onWhole }: HandedScanProps) {
  const { t } = useLingui();
  const [seen, setSeen] = useState(NOTHING_SEEN);
  const { video, refused } = useCamera(LOOK_MS, (texts) => {
    setSeen((before) => texts.reduce(takeFrame, before));
    return false;
  });
  useEffect(() => {
    const whole = wholeOf(seen);
    if (whole !== null) onWhole(whole);
  }, [seen, onWhole]);
  if (refused) {
    return (
      <Notice>
        <Trans>The camera did not open. Take the turf as a file instead.</Trans>
      </Notice>
    );
  }
  return (
    <div className="stack">
      <video ref={video} className="join-camera" playsInline muted aria-label={t`Camera`} />
      {seen.count === 0 ? (
        <p role="status">
          <Trans>Hold the phone so that the whole code is in the picture.</Trans>
        </p>
      ) : (
        <ProgressBar
          label={t`Codes seen`}
          value={seen.parts.size}
          max={seen.count}
          words={
            <Trans>
              {seen.parts.size} of {seen.count}
            </Trans>
          }
        />
      )}
    </div>
  );
}
