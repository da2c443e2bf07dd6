/**
 * A language by its tag, in its own words or in those of the app: `es` is "español" or "Spanish".
 * The tag itself where the browser knows no name.
 */
export function languageName(tag: string, locale: string = tag): string {
  try {
    const name = new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  } catch {
    return tag;
  }
}
