import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconEye, IconFileDownload, IconShare } from '@tabler/icons-react';
import { Button } from './button.tsx';
import { HandedCodes } from './handed-codes.tsx';
import { Notice } from './notice.tsx';

/** Long enough for any browser to have taken the file. */
const KEEP_MS = 60_000;

function download(file: File): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}

const canShare = (file: File): boolean =>
  typeof navigator.canShare === 'function' && navigator.canShare({ files: [file] });

export interface HandedWayProps {
  readonly turfName: string;
  readonly letters: string;
  readonly frames: readonly string[] | null;
  readonly file: File;
}

/** A turf for a phone without a network: codes for its camera, or a file; and the letters apart from both. */
export function HandedWay({ turfName, letters, frames, file }: HandedWayProps) {
  const { t } = useLingui();
  const [shown, setShown] = useState(false);
  return (
    <div className="stack handed-way">
      {frames === null ? (
        <Notice>
          <Trans>This turf is too large for codes. Give it as a file.</Trans>
        </Notice>
      ) : (
        <HandedCodes frames={frames} turfName={turfName} />
      )}
      {shown ? (
        <p className="handed-letters" aria-label={t`Letters: ${letters.split('').join(' ')}`}>
          {letters}
        </p>
      ) : (
        <Button wide icon={<IconEye size={20} aria-hidden />} onClick={() => setShown(true)}>
          <Trans>Show the ten letters</Trans>
        </Button>
      )}
      <p className="small quiet">
        <Trans>
          On the other phone: Join a turf, “No signal?”, then look at the codes with its camera or
          choose the file. The letters open it; tell them to one person, and show them to no camera.
        </Trans>
      </p>
      {canShare(file) ? (
        <Button
          wide
          icon={<IconShare size={20} aria-hidden />}
          onClick={() => void navigator.share({ files: [file] }).catch(() => {})}
        >
          <Trans>Send as a file to a phone nearby</Trans>
        </Button>
      ) : (
        <Button
          wide
          icon={<IconFileDownload size={20} aria-hidden />}
          onClick={() => download(file)}
        >
          <Trans>Save as a file, with the map</Trans>
        </Button>
      )}
      <p className="small quiet">
        <Trans>
          It is for one phone. Until that phone reaches the chapter, which it should within three
          days, what it does is kept on it.
        </Trans>
      </p>
    </div>
  );
}
