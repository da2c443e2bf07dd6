/** The first that fits counts: each of these also calls itself what stands below it. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgi?A?(iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
];
/** More of a header than any browser sends is not looked at. */
const MOST = 400;

/**
 * What somebody knows their browser by, from how it names itself: `Firefox, Windows`. Null for what
 * is no browser. Nothing more of what it says is kept.
 */
export function nameBrowser(userAgent: string | undefined): string | null {
  const said = (userAgent ?? '').slice(0, MOST);
  const find = (names: typeof BROWSERS): string | undefined =>
    names.find(([mark]) => mark.test(said))?.[1];
  const [browser, system] = [find(BROWSERS), find(SYSTEMS)];
  if (browser === undefined) return system ?? null;
  return system === undefined ? browser : `${browser}, ${system}`;
}
