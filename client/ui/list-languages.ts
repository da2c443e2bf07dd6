import { languageName } from './language-name.ts';

/** Languages that are spoken at many doors of the country; what is said there can be in any of them. */
const LANGUAGES =
  `en es zh-Hant zh-Hans vi tl ko ru ar ht pt fr pl hi bn ur gu pa so am hmn fa ja de
  it uk sq ne my km lo el he yi sw`.split(/\s+/);

/** The languages to choose from, named in the app's words and in their order. */
export function listLanguages(locale: string): readonly { tag: string; name: string }[] {
  return LANGUAGES.map((tag) => ({ tag, name: languageName(tag, locale) })).toSorted((a, b) =>
    a.name.localeCompare(b.name, locale),
  );
}
