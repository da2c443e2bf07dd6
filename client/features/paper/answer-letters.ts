import type { Given } from '#shared/model/fact.ts';
import type { Question } from '#shared/model/script.ts';

/** What stands for no answer: `-` skipped, `!` would not say, `?` does not know. */
const NONE: Readonly<Record<string, 'skipped' | 'refused' | 'unknown'>> = {
  '-': 'skipped',
  '!': 'refused',
  '?': 'unknown',
};
const A = 'a'.charCodeAt(0);

/** The letter that is printed for an option. */
export const letterOf = (index: number): string => String.fromCharCode(A + index);

/**
 * An answer as it is circled on paper and typed: `2` of support, `b` or `bd` of a list, a number, a
 * day as `2026-05-01`, or words. Null
 * for nothing typed, undefined for what is no answer to this question.
 */
export function readAnswer({ kind, options }: Question, typed: string): Given | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  const none = NONE[text];
  if (none !== undefined) return { kind: none };
  if (kind === 'text') return { kind: 'text', text };
  if (kind === 'number') {
    return /^-?\d{1,9}(\.\d{1,6})?$/.test(text) ? { kind, number: Number(text) } : undefined;
  }
  if (kind === 'date') {
    return /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text)
      ? { kind, date: text }
      : undefined;
  }
  if (kind === 'support') {
    return /^[1-5]$/.test(text) ? { kind: 'support', level: Number(text) } : undefined;
  }
  const letters = text.toLowerCase().replaceAll(/[\s,]/g, '').split('');
  const chosen = letters.map((letter) => options[letter.charCodeAt(0) - A]?.id);
  const ids = chosen.flatMap((id) => id ?? []);
  if (ids.length < chosen.length || new Set(ids).size < ids.length) return undefined;
  if (kind === 'many') return { kind: 'many', options: ids };
  const [only] = ids;
  return ids.length === 1 && only !== undefined ? { kind: 'one', option: only } : undefined;
}

/** The same the other way round: how an answer is typed. */
export function writeAnswer({ options }: Question, given: Given): string {
  const letter = (id: string): string => {
    const index = options.findIndex((option) => option.id === id);
    return index === -1 ? '' : letterOf(index);
  };
  switch (given.kind) {
    case 'support':
      return String(given.level);
    case 'one':
      return letter(given.option);
    case 'many':
      return given.options.map(letter).join('');
    case 'text':
      return given.text;
    case 'number':
      return String(given.number);
    case 'date':
      return given.date;
    case 'skipped':
    case 'refused':
    case 'unknown':
      return Object.keys(NONE).find((sign) => NONE[sign] === given.kind) ?? '';
  }
}
