import { type RefObject, useEffect, useRef, useState } from 'react';
import { openReader, type ReadCodes } from './code-reader.ts';

/**
 * Opens the camera for as long as the video is on the page and looks for codes every `lookMs`;
 * `onSeen` gets their texts and says with true that nothing more is looked for. `refused`: the
 * camera did not open.
 */
export function useCamera(
  lookMs: number,
  onSeen: (texts: readonly string[]) => boolean,
): { readonly video: RefObject<HTMLVideoElement | null>; readonly refused: boolean } {
  const video = useRef<HTMLVideoElement>(null);
  const [refused, setRefused] = useState(false);
  const latest = useRef(onSeen);
  useEffect(() => {
    latest.current = onSeen;
  });
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    let stream: MediaStream | null = null;
    let timer: number | undefined;
    let over = false;
    const look = async (read: ReadCodes): Promise<void> => {
      const texts = await read(element);
      if (over || latest.current(texts)) return;
      timer = window.setTimeout(() => void look(read), lookMs);
    };
    const start = async (): Promise<void> => {
      const read = await openReader();
      if (over) return;
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (over) return stream.getTracks().forEach((track) => track.stop());
      element.srcObject = stream;
      await element.play();
      await look(read);
    };
    void start().catch(() => setRefused(true));
    return () => {
      over = true;
      window.clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [lookMs]);
  return { video, refused };
}
