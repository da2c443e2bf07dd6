import type { Question, ScriptBody, Translation } from '../model/script.ts';

/** Words with the language that they are in; undefined where nobody said which. */
export interface Spoken {
  readonly text: string;
  readonly language: string | undefined;
}

/** A script as it is said in one language. */
export interface SpokenScript {
  readonly opening: Spoken;
  readonly questions: readonly {
    readonly question: Question;
    readonly language: string | undefined;
  }[];
  readonly closing: Spoken;
}

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

/** True for the same language: `es-MX` is Spanish where a script has Spanish only. */
function isLike(tag: string, wish: string): boolean {
  return tag.split('-')[0]?.toLowerCase() === wish.split('-')[0]?.toLowerCase();
}

/** A script, or a petition, with the languages that it is in. */
type Worded = Pick<ScriptBody, 'language'> & {
  readonly translations?: readonly { readonly language: string }[];
};

/** The languages that something can be said in, its own first; '' where nobody said which that is. */
export function languagesOf({ language, translations = [] }: Worded): readonly string[] {
  return [language ?? '', ...translations.map((one) => one.language)];
}

/**
 * The first of the wishes that it can be said in, exactly or as the same language from
 * elsewhere; null when none is.
 */
export function chooseLanguage(
  script: Worded,
  wishes: readonly (string | null | undefined)[],
): string | null {
  const there = languagesOf(script).filter((tag) => tag !== '');
  for (const wish of wishes) {
    if (wish === null || wish === undefined) continue;
    const found =
      there.find((tag) => tag.toLowerCase() === wish.toLowerCase()) ??
      there.find((tag) => isLike(tag, wish));
    if (found !== undefined) return found;
  }
  return null;
}

/** The question in other words, or null where a word of it is missing: no question is half and half. */
function translate(question: Question, translation: Translation): Question | null {
  const words = translation.questions.find(({ id }) => id === question.id);
  if (words === undefined || isBlank(words.prompt)) return null;
  const options = question.options.map(({ id }) => words.options.find((one) => one.id === id));
  const said = options.flatMap((option) =>
    option === undefined || isBlank(option.label) ? [] : [option],
  );
  if (said.length < question.options.length) return null;
  return { ...question, prompt: words.prompt, options: said };
}

/**
 * The script in one of its languages. What is not translated is in the source's words: the opening,
 * the closing and each question by itself. Ids and order are those of the source.
 */
export function sayInLanguage(script: ScriptBody, language: string | null): SpokenScript {
  const source = script.language;
  const translation = script.translations?.find((one) => one.language === language);
  const say = (text: string, other: string | undefined): Spoken =>
    other === undefined || isBlank(other)
      ? { text, language: source }
      : { text: other, language: translation?.language };
  return {
    opening: say(script.opening, translation?.opening),
    questions: script.questions.map((question) => {
      const other = translation === undefined ? null : translate(question, translation);
      return other === null
        ? { question, language: source }
        : { question: other, language: translation?.language };
    }),
    closing: say(script.closing, translation?.closing),
  };
}

/** The same as a script of that one language, where no more than its words are needed. */
export function bodyInLanguage(script: ScriptBody, language: string | null): ScriptBody {
  const spoken = sayInLanguage(script, language);
  return {
    opening: spoken.opening.text,
    questions: spoken.questions.map(({ question }) => question),
    closing: spoken.closing.text,
  };
}
