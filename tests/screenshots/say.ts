import { readFileSync } from 'node:fs';

const CATALOGUES = ['es.po', 'door/door-es.po'];

/** The Spanish of every message of one line. */
function readSpanish(): ReadonlyMap<string, string> {
  const texts = CATALOGUES.map((name) =>
    readFileSync(new URL(`../../client/locales/${name}`, import.meta.url), 'utf8'),
  );
  const pairs = texts.join('\n').matchAll(/^msgid "(.+)"\nmsgstr "(.+)"$/gm);
  return new Map([...pairs].map(([, id = '', words = '']) => [id, words]));
}

/** The words of the app's screens as they stand there, looked up by the English ones. */
export type Say = (english: string) => string;

export function sayIn(language: 'en' | 'es'): Say {
  if (language === 'en') return (english) => english;
  const spanish = readSpanish();
  // Where there is no Spanish yet, the app shows English too.
  return (english) => spanish.get(english) ?? english;
}
