/** The app's words, in a cache of their own: a phone keeps those of the languages that it speaks. */
export const WORDS_CACHE = 'homeground-words';

const SPOKEN = ['en', 'es'] as const;
const NAMED = /\/assets\/(?:door-)?(en|es)-[^/]+\.js$/;

/** The language whose words a built file has; null of every other file. */
export function languageOf(path: string): string | null {
  return NAMED.exec(`/${path.replace(/^\//, '')}`)?.[1] ?? null;
}

/** Those languages that this browser has used here; of a new one, its own. */
export async function spokenHere(wanted: readonly string[]): Promise<string[]> {
  const cache = await caches.open(WORDS_CACHE);
  const kept = (await cache.keys()).flatMap(({ url }) => languageOf(new URL(url).pathname) ?? []);
  if (kept.length > 0) return [...new Set(kept)];
  const tags = wanted.map((tag) => tag.toLowerCase().split('-')[0]);
  return [tags.flatMap((tag) => SPOKEN.find((each) => each === tag) ?? [])[0] ?? 'en'];
}

/** Fetches what is not yet there. Throws when one does not come: a language is there whole. */
export async function keepWords(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(WORDS_CACHE);
  for (const path of paths) {
    if ((await cache.match(path, { ignoreVary: true })) === undefined) await cache.add(path);
  }
}

/** Lets go of all words but these. */
export async function dropOtherWords(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(WORDS_CACHE);
  for (const request of await cache.keys()) {
    if (!paths.includes(new URL(request.url).pathname)) await cache.delete(request);
  }
}
