import { useEffect, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { Button } from './button.tsx';
import { QrPicture } from './qr-picture.tsx';
import './handed-codes.css';

/** A camera that looks four times a second sees each code once at least, mostly. */
const EACH_MS = 300;

export interface HandedCodesProps {
  /** One text for each code. */
  readonly frames: readonly string[];
  readonly turfName: string;
}

/** The codes of a turf, one after the other and over again, for the camera of another phone. */
export function HandedCodes({ frames, turfName }: HandedCodesProps) {
  const { t } = useLingui();
  const [at, setAt] = useState(0);
  const [runs, setRuns] = useState(true);
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => setAt((before) => (before + 1) % frames.length), EACH_MS);
    return () => clearInterval(timer);
  }, [frames.length, runs]);
  const number = at + 1;
  const all = frames.length;
  return (
    <div className="handed-codes">
      <QrPicture
        text={frames[at] ?? ''}
        label={t`Code ${number} of ${all} with the turf ${turfName}`}
        plain
      />
      <div className="handed-codes-row">
        <span className="quiet small">
          <Trans>
            Code {number} of {all}
          </Trans>
        </span>
        <Button
          variant="quiet"
          icon={
            runs ? (
              <IconPlayerPause size={18} aria-hidden />
            ) : (
              <IconPlayerPlay size={18} aria-hidden />
            )
          }
          onClick={() => setRuns(!runs)}
        >
          {runs ? <Trans>Pause</Trans> : <Trans>Go on</Trans>}
        </Button>
      </div>
    </div>
  );
}
