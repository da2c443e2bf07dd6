import type { TabWire } from './tab-wire.ts';
import type { Vault } from './vault.ts';

/** Without a touch for so long the phone's rows are locked, in ms. */
export const IDLE_MS = 5 * 60_000;
const LOOK = 10_000;

/**
 * Locks after five minutes without a touch in any tab, by both clocks: one stands still while some
 * phones sleep, the other can be set. Gives back how to stop.
 */
export function watchIdle(vault: Vault, wire: TabWire | null): () => void {
  let wall = Date.now();
  let steady = performance.now();
  let said = steady;
  const note = (): void => {
    wall = Date.now();
    steady = performance.now();
  };
  const look = (): void => {
    if (Date.now() - wall >= IDLE_MS || performance.now() - steady >= IDLE_MS) vault.lock();
  };
  const touch = (): void => {
    // A phone that wakes is looked at before the touch that woke it counts.
    look();
    note();
    if (steady - said < LOOK) return;
    said = steady;
    wire?.post({ kind: 'touch' });
  };
  wire?.listen(({ kind }) => {
    if (kind === 'touch') note();
  });
  const kinds = ['pointerdown', 'keydown', 'input', 'touchmove', 'wheel'] as const;
  for (const kind of kinds)
    document.addEventListener(kind, touch, { capture: true, passive: true });
  document.addEventListener('visibilitychange', look);
  const timer = setInterval(look, LOOK);
  return () => {
    for (const kind of kinds) document.removeEventListener(kind, touch, { capture: true });
    document.removeEventListener('visibilitychange', look);
    clearInterval(timer);
  };
}
