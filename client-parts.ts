import type { Plugin } from 'vite';

/**
 * What opens when. What stands under `alone` opens by itself and soon: only what it must have is with
 * it. The others bring along what they open later.
 */
const ALONE = {
  join: /client\/features\/(join\/join-page|protect\/protect-page|walk\/lock\/(lock-screen|rules-first))\.tsx$/,
  core: /client\/sync\/phone-core\.ts$/,
  problem: /shared\/kernel\/phone-problem\.ts$/,
} as const;
const WITH_LATER = {
  map: /client\/(map\/map-view|features\/walk\/map\/map-page)\.tsx$/,
  codes: /client\/features\/join\/qr-reader\.ts$/,
  // Sentences that no phone needs.
  rare: /shared\/kernel\/problem\.ts$/,
  desk: /client\/(features\/(desk\/desk|enter\/enter)\.tsx|map\/(draw-outline|pin-marker)\.ts)$/,
} as const;
/** Stays a file of its own: what is named in index.html is made of it. */
const FIRST = /client\/(index\.html|main\.tsx)$/;
const ICONS = /\/@tabler\/icons-react\//;
/** Words are one file a language. */
const WHOLE = /\.po$/;

/** True of the module that the app begins with. */
export const isFirst = (id: string): boolean => FIRST.test(id);

interface Info {
  readonly code: string | null;
  readonly importedIds: readonly string[];
  readonly dynamicallyImportedIds: readonly string[];
}

/** Modules that come with these; `goOn` says of one that is opened later whether it is of them. */
function reach(
  roots: readonly string[],
  find: (id: string) => Info | null,
  goOn: (later: string) => boolean,
): Set<string> {
  const seen = new Set<string>();
  const open = [...roots];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const info = find(id);
    // The icons' package names all of its icons: who uses which is read out of our own code.
    if (seen.has(id) || info === null || ICONS.test(id)) continue;
    seen.add(id);
    open.push(...info.importedIds, ...info.dynamicallyImportedIds.filter(goOn));
    if (id.includes('/node_modules/')) continue;
    for (const [icon] of info.code?.matchAll(/\bIcon[A-Z]\w*/g) ?? []) seen.add(icon);
  }
  return seen;
}

/**
 * Gathers what the app opens after its first screen into a few files: one for each set of occasions
 * that need it. A file for each module was three hundred of them, each asked for, kept and packed by itself.
 */
export function gatherParts(): {
  readonly plugin: Plugin;
  /** The file that a module goes into; null: as the bundler likes. */
  readonly nameOf: (id: string) => string | null;
} {
  const names = new Map<string, string>();
  const plugin: Plugin = {
    name: 'gather-parts',
    buildEnd() {
      names.clear();
      const all = [...this.getModuleIds()];
      const later = Object.values(WITH_LATER);
      const find = (id: string): Info | null => this.getModuleInfo(id);
      const from = (test: RegExp, goOn: (id: string) => boolean): Set<string> =>
        reach(
          all.filter((id) => test.test(id)),
          find,
          goOn,
        );
      const own = (id: string): boolean => !later.some((test) => test.test(id));
      const occasions = [
        ...Object.entries(ALONE).map(([name, test]) => [name, from(test, () => false)] as const),
        ['walk', from(FIRST, own)] as const,
        ...Object.entries(WITH_LATER).map(([name, test]) => [name, from(test, own)] as const),
      ];
      for (const id of all) {
        const key = (ICONS.test(id) && /\/(Icon[A-Z]\w*)\.\w+$/.exec(id)?.[1]) || id;
        const needed = occasions.filter(([, files]) => files.has(key)).map(([name]) => name);
        // The desk has a file for each of its pages, as it opens them one by one.
        if (needed.length > 0 && needed.join() !== 'desk') names.set(id, needed.join('-'));
      }
    },
  };
  return {
    plugin,
    nameOf: (id) => (isFirst(id) || WHOLE.test(id) ? null : (names.get(id) ?? null)),
  };
}
