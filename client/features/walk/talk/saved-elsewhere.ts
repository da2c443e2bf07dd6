const NAME = 'homeground-saved';

let channel: BroadcastChannel | null = null;

function wire(): BroadcastChannel | null {
  if ('BroadcastChannel' in globalThis) channel ??= new BroadcastChannel(NAME);
  return channel;
}

const nameOf = (doorId: string, part: string): string => `${doorId} ${part}`;

/** Tells the other tabs that what was typed in this part of a door is saved. */
export function tellSaved(doorId: string, part: string): void {
  wire()?.postMessage(nameOf(doorId, part));
}

/** Runs when another tab has saved this part: what stands here too must not be saved again. */
export function hearSaved(doorId: string, part: string, run: () => void): () => void {
  const hear = ({ data }: MessageEvent<unknown>): void => {
    if (data === nameOf(doorId, part)) run();
  };
  const opened = wire();
  opened?.addEventListener('message', hear);
  return () => opened?.removeEventListener('message', hear);
}
