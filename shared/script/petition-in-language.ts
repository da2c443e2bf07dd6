import type { PacketPetition } from '../model/petition.ts';

/** A petition as it is signed in one language. */
export interface SpokenPetition {
  readonly title: string;
  readonly wording: string;
  /** Undefined: nobody said what it is in. */
  readonly language: string | undefined;
}

/** The petition in one of its languages; in its own where that is none of them, or null. */
export function petitionInLanguage(
  { title, wording, language, translations = [] }: PacketPetition,
  wish: string | null,
): SpokenPetition {
  const other = translations.find((one) => one.language === wish && one.wording.trim() !== '');
  if (other === undefined) return { title, wording, language };
  return { ...other, title: other.title.trim() === '' ? title : other.title };
}
