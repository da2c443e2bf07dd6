/** How dates and numbers are written for readers of a language: chapters are in the United States. */
export function writingLocale(language: string): string {
  return language.includes('-') ? language : `${language}-US`;
}
