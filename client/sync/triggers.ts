/**
 * Calls back when the network may be back or somebody looks again. The `online` event is a hint
 * and nothing more: a phone on a captive portal is "online" too. Gives back how to stop.
 */
export function watchTriggers(hint: () => void): () => void {
  const ifVisible = (): void => {
    if (document.visibilityState === 'visible') hint();
  };
  document.addEventListener('visibilitychange', ifVisible);
  globalThis.addEventListener('online', hint);
  globalThis.addEventListener('pageshow', ifVisible);
  return () => {
    document.removeEventListener('visibilitychange', ifVisible);
    globalThis.removeEventListener('online', hint);
    globalThis.removeEventListener('pageshow', ifVisible);
  };
}
