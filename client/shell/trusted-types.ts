/** What a browser with Trusted Types offers; others have no `trustedTypes` at all. */
interface TrustedTypes {
  createPolicy(
    name: 'default',
    rules: Readonly<Record<'createHTML' | 'createScriptURL', (text: string) => string | null>>,
  ): unknown;
}

declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypes;
  }
}

/** With this one text Leaflet finds out, as it loads, whether the browser draws SVG. */
const PROBE = '<svg/>';

/** The service worker, and the workers that come with the app: never a path from anywhere else. */
function isOwnWorker(text: string): boolean {
  const { origin, pathname, search } = new URL(text, location.href);
  const known =
    pathname === '/sw.js' ||
    /^\/assets\/(cut-doors|inspect-roll|way-on)-[\w-]+\.js$/.test(pathname);
  return origin === location.origin && search === '' && known;
}

// The only policy that the server's header lets a page make. Every text on its way to become markup
// or the address of a script comes by here, ours and those of packages alike; null refuses it.
window.trustedTypes?.createPolicy('default', {
  createHTML: (text) => (text === PROBE ? text : null),
  createScriptURL: (text) => (isOwnWorker(text) ? text : null),
});

export {};
