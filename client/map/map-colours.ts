const NAMES = [
  '--map-land',
  '--map-water',
  '--map-water-name',
  '--map-park',
  '--map-park-name',
  '--map-building',
  '--map-building-edge',
  '--map-street',
  '--map-street-major',
  '--map-casing',
  '--map-path',
  '--map-rail',
  '--map-precinct',
  '--map-name',
  '--map-number',
  '--map-halo',
  '--map-fog',
  '--door-todo',
  '--door-not-home',
  '--door-done',
  '--door-contact',
  '--door-stop',
  '--phone-mark',
  '--me',
  '--brand',
  '--on-brand',
  '--ink',
  '--paper',
  '--surface',
  '--stage-draft',
  '--stage-ready',
  '--stage-out',
  '--stage-walking',
  '--stage-paused',
  '--stage-done',
] as const;

export type ColourName = (typeof NAMES)[number];

/** The theme's colours as a canvas takes them. */
export interface MapColours {
  readonly of: (name: ColourName) => string;
  /** The twelve turf hues. */
  readonly turf: (hue: number) => string;
  readonly font: string;
}

/**
 * Reads the colours that the theme has now. A custom property keeps `light-dark()` unresolved, so
 * each goes through `color` of an element inside the map.
 */
export function readColours(inside: HTMLElement): MapColours {
  const probe = document.createElement('span');
  probe.hidden = true;
  inside.append(probe);
  const style = getComputedStyle(probe);
  const resolve = (name: string): string => {
    probe.style.color = `var(${name})`;
    return style.color;
  };
  const found = new Map<string, string>(NAMES.map((name) => [name, resolve(name)]));
  const turfs = Array.from({ length: 12 }, (_, hue) => resolve(`--turf-${hue}`));
  const font = style.fontFamily;
  probe.remove();
  return {
    of: (name) => found.get(name) ?? '#000',
    turf: (hue) => turfs[((hue % 12) + 12) % 12] ?? '#000',
    font,
  };
}

/** Calls back when the colours may have changed: scheme, contrast or sun mode. Gives the way to stop. */
export function watchColours(changed: () => void): () => void {
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map((query) =>
    matchMedia(query),
  );
  const observer = new MutationObserver(changed);
  for (const query of queries) query.addEventListener('change', changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-scheme', 'data-sun'] });
  return () => {
    for (const query of queries) query.removeEventListener('change', changed);
    observer.disconnect();
  };
}
