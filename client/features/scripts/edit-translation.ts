import type { Question, ScriptBody, Translation } from '#shared/model/script.ts';
import type { MissingWords } from '#shared/script/missing-words.ts';

/** Which text of a script is meant. */
export type TextPlace = MissingWords;

/** The draft in one more language, with no words of it yet; the same draft where it has it. */
export function addTranslation(draft: ScriptBody, language: string, own: string): ScriptBody {
  const translations = draft.translations ?? [];
  const source = draft.language ?? own;
  if (source === language || translations.some((one) => one.language === language)) return draft;
  const added: Translation = { language, opening: '', questions: [], closing: '' };
  return { ...draft, language: source, translations: [...translations, added] };
}

/** The draft without one of its languages. */
export function removeTranslation(draft: ScriptBody, language: string): ScriptBody {
  const { translations = [], ...others } = draft;
  const left = translations.filter((one) => one.language !== language);
  return left.length === 0 ? others : { ...others, translations: left };
}

/** A removed language again, behind the others; whatever else was written since stays. */
export function putBackTranslation(draft: ScriptBody, translation: Translation): ScriptBody {
  const { translations = [] } = draft;
  const { language } = translation;
  if (draft.language === language || translations.some((one) => one.language === language))
    return draft;
  return { ...draft, translations: [...translations, translation] };
}

/** What stands at one place of a translation; '' where nothing does. */
export function wordsAt({ opening, closing, questions }: Translation, place: TextPlace): string {
  if (place.part === 'opening') return opening;
  if (place.part === 'closing') return closing;
  const words = questions.find(({ id }) => id === place.questionId);
  if (place.part === 'prompt') return words?.prompt ?? '';
  return words?.options.find(({ id }) => id === place.optionId)?.label ?? '';
}

function writeQuestion(
  words: Translation['questions'][number],
  place: TextPlace,
  text: string,
): Translation['questions'][number] {
  if (place.part === 'prompt') return { ...words, prompt: text };
  if (place.part !== 'option') return words;
  const others = words.options.filter(({ id }) => id !== place.optionId);
  return { ...words, options: [...others, { id: place.optionId, label: text }] };
}

function writeAt(translation: Translation, place: TextPlace, text: string): Translation {
  if (place.part === 'opening' || place.part === 'closing') {
    return { ...translation, [place.part]: text };
  }
  const { questionId } = place;
  const before = translation.questions.find(({ id }) => id === questionId);
  const words = writeQuestion(before ?? { id: questionId, prompt: '', options: [] }, place, text);
  const others = translation.questions.filter(({ id }) => id !== questionId);
  return { ...translation, questions: [...others, words] };
}

/** Writes one text of one language. */
export function setWords(
  draft: ScriptBody,
  language: string,
  place: TextPlace,
  text: string,
): ScriptBody {
  const { translations = [] } = draft;
  return {
    ...draft,
    translations: translations.map((one) =>
      one.language === language ? writeAt(one, place, text) : one,
    ),
  };
}

function cleanQuestion(
  { id, options }: Question,
  translation: Translation,
): Translation['questions'] {
  const prompt = wordsAt(translation, { part: 'prompt', questionId: id }).trim();
  const labels = options.flatMap((option) => {
    const place = { part: 'option', questionId: id, optionId: option.id } as const;
    const label = wordsAt(translation, place).trim();
    return label === '' ? [] : [{ id: option.id, label }];
  });
  return prompt === '' && labels.length === 0 ? [] : [{ id, prompt, options: labels }];
}

/** The translations as they are sent: in the order of the source, without what it has no more. */
export function cleanTranslations({
  questions,
  translations,
}: ScriptBody): Pick<ScriptBody, 'translations'> {
  if (translations === undefined) return {};
  return {
    translations: translations.map((one) => ({
      language: one.language,
      opening: one.opening.trim(),
      questions: questions.flatMap((question) => cleanQuestion(question, one)),
      closing: one.closing.trim(),
    })),
  };
}
