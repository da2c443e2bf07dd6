import { useEffect, useRef, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { NOTHING_SEEN, takeFrame, wholeOf } from '#shared/sync/collect-frames.ts';
import { Notice } from '../../ui/notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { findReader } from './code-reader.ts';

/** Several looks at each code, which stands for less than a third of a second. */
const LOOK_MS = 60;

export interface HandedScanProps {
  readonly onWhole: (box: Uint8Array<ArrayBuffer>) => void;
}

/** Looks at the codes of another screen, in whatever order they pass, until all of them were seen. */
export function HandedScan({ onWhole }: HandedScanProps) {
  const { t } = useLingui();
  const video = useRef<HTMLVideoElement>(null);
  const [seen, setSeen] = useState(NOTHING_SEEN);
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    const Reader = findReader();
    const element = video.current;
    if (Reader === null || element === null) return;
    const reader = new Reader({ formats: ['qr_code'] });
    let stream: MediaStream | null = null;
    let timer: number | undefined;
    let over = false;
    const look = async (): Promise<void> => {
      if (over) return;
      const found = await reader.detect(element).catch(() => []);
      setSeen((before) => found.reduce((now, { rawValue }) => takeFrame(now, rawValue), before));
      timer = window.setTimeout(() => void look(), LOOK_MS);
    };
    const start = async (): Promise<void> => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (over) return stream.getTracks().forEach((track) => track.stop());
      element.srcObject = stream;
      await element.play();
      await look();
    };
    void start().catch(() => setRefused(true));
    return () => {
      over = true;
      window.clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);
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
