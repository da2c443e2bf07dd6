import type { Guard } from './lock-disk.ts';
import type { Bytes, TurfKeyHandles } from './turf-key.ts';

/** What a tab has in its memory; keys travel as handles that cannot be read out. */
export interface OpenKeys {
  readonly guard: Guard | null;
  readonly guardKey: CryptoKey | null;
  readonly turf: TurfKeyHandles | null;
  /** The turf key's own bytes, only while nothing guards them yet. */
  readonly raw: Bytes | null;
}

export type WireWord =
  | { readonly kind: 'ask' }
  | { readonly kind: 'keys'; readonly keys: OpenKeys }
  /** Lock, in every tab. */
  | { readonly kind: 'lock' }
  /** Keys or guard were destroyed: look at the disk again. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'touch' };

/** How the tabs of this browser tell each other of keys: what one has opened is open in all. */
export interface TabWire {
  post(word: WireWord): void;
  listen(hear: (word: WireWord) => void): void;
  /** True when another tab has keys in its memory; without Web Locks it is not known: true. */
  othersHold(): Promise<boolean>;
  /** Tells whether this tab has any. */
  hold(has: boolean): void;
}

const NAME = 'homeground-lock';

/** The wire of a browser. Without BroadcastChannel each tab is on its own. */
export function makeTabWire(): TabWire | null {
  if (!('BroadcastChannel' in globalThis)) return null;
  const channel = new BroadcastChannel(NAME);
  const locks = 'locks' in navigator ? navigator.locks : null;
  let release: (() => void) | null = null;
  return {
    post: (word) => channel.postMessage(word),
    listen: (hear) => {
      channel.addEventListener('message', (event: MessageEvent<WireWord>) => hear(event.data));
    },
    othersHold: async () => {
      if (locks === null) return true;
      const { held = [] } = await locks.query();
      return held.some(({ name }) => name === NAME);
    },
    hold: (has) => {
      if (has && release === null) {
        const over = new Promise<void>((resolve) => {
          release = resolve;
        });
        locks?.request(NAME, { mode: 'shared' }, () => over).catch(() => {});
      } else if (!has) {
        release?.();
        release = null;
      }
    },
  };
}
