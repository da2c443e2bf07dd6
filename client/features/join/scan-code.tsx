import { useEffect, useRef, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCamera } from '@tabler/icons-react';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { type CodeReader, findReader } from './code-reader.ts';
import { readLinkCode } from './read-code.ts';

const LOOK_MS = 250;

/** Scans the table’s QR inside the app. Nothing where the browser cannot. */
export function ScanCode({ onCode }: { readonly onCode: (code: string) => void }) {
  const [open, setOpen] = useState(false);
  if (findReader() === null) return null;
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
  const video = useRef<HTMLVideoElement>(null);
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    const Reader = findReader();
    const element = video.current;
    if (Reader === null || element === null) return;
    let stream: MediaStream | null = null;
    let timer: number | undefined;
    let over = false;
    const look = async (reader: CodeReader): Promise<void> => {
      if (over) return;
      const found = await reader.detect(element).catch(() => []);
      // Whatever else the camera sees is nobody's code.
      const link = found.find(({ rawValue }) =>
        rawValue.startsWith(`${window.location.origin}/join#`),
      );
      const code = link === undefined ? null : readLinkCode(new URL(link.rawValue).hash);
      if (code !== null) onCode(code);
      else timer = window.setTimeout(() => void look(reader), LOOK_MS);
    };
    const start = async (): Promise<void> => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (over) return stream.getTracks().forEach((track) => track.stop());
      element.srcObject = stream;
      await element.play();
      await look(new Reader({ formats: ['qr_code'] }));
    };
    void start().catch(() => setRefused(true));
    return () => {
      over = true;
      window.clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [onCode]);
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
