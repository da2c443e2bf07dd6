import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCamera } from '@tabler/icons-react';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { hasCamera } from './code-reader.ts';
import { readLinkCode } from './read-code.ts';
import { useCamera } from './use-camera.ts';

const LOOK_MS = 250;

/** Scans the table’s QR inside the app. Nothing where the browser cannot. */
export function ScanCode({ onCode }: { readonly onCode: (code: string) => void }) {
  const [open, setOpen] = useState(false);
  if (!hasCamera()) return null;
  if (open) return <Camera onCode={onCode} onClose={() => setOpen(false)} />;
  return (
    <Button wide icon={<IconCamera size={20} aria-hidden />} onClick={() => setOpen(true)}>
      <Trans>Scan the code</Trans>
    </Button>
  );
}

interface CameraProps {
  readonly onCode: (code: string) => void;
  readonly onClose: () => void;
}

function Camera({ onCode, onClose }: CameraProps) {
  const { t } = useLingui();
  const { video, refused } = useCamera(LOOK_MS, (texts) => {
    // Whatever else the camera sees is nobody's code.
    const link = texts.find((text) => text.startsWith(`${window.location.origin}/join#`));
    const code = link === undefined ? null : readLinkCode(new URL(link).hash);
    if (code !== null) onCode(code);
    return code !== null;
  });
  return (
    <div className="stack">
      {refused ? (
        <Notice>
          <Trans>The camera did not open. Type the code instead.</Trans>
        </Notice>
      ) : (
        <video ref={video} className="join-camera" playsInline muted aria-label={t`Camera`} />
      )}
      <Button variant="quiet" wide onClick={onClose}>
        <Trans>Close the camera</Trans>
      </Button>
    </div>
  );
}
