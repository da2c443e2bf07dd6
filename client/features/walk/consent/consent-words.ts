import { useLingui } from '@lingui/react/macro';
import type { Asked } from '#shared/model/asked-words.ts';
import { CHANNELS, type Channel } from '#shared/model/consent.ts';
import { askedWords } from '../../../ui/asked-words.ts';
import { useWalk } from '../walk-context.ts';

/** The words of each question, and those that ask for every way at once; null: not to be asked so. */
export interface AskedNow {
  readonly wordingOf: (about: Asked) => string;
  readonly everyWay: string | null;
}

/** `es` reads words for `es-MX` and the other way round. */
const base = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/**
 * What is read to a person, word for word, in the language of the talk: the chapter's own words where
 * it has some, else those of the app. `language` null: that of the screen.
 */
export function useAskedWords(language: string | null): AskedNow {
  const { t, i18n } = useLingui();
  const { asked = [] } = useWalk().sheet;
  const tag = base(language ?? i18n.locale);
  const own = asked.filter((one) => base(one.language) === tag);
  const isWay = (about: Asked): about is Channel => CHANNELS.some((one) => one === about);
  return {
    wordingOf: (about) => own.find((one) => one.about === about)?.wording ?? t(askedWords[about]),
    // Words of the chapter's own for one way are read, and not passed over.
    everyWay: own.some(({ about }) => isWay(about))
      ? null
      : t`May we get in touch again: call, text, email, write, come by?`,
  };
}
