import type { Messages } from '@lingui/core';

/** The letters of a script that runs from right to left, for those of ours. */
const LETTERS = 'אבגדהוזחטיכלמנסעפצקרשתאבגד';

function mirrorText(text: string): string {
  // Tags and the sign that stands for a number stay: they are no words.
  return text
    .split(/(<[^>]*>|#)/)
    .map((part, at) =>
      at % 2 === 1
        ? part
        : part.replaceAll(/[a-z]/gi, (letter) => {
            return LETTERS[letter.toLowerCase().charCodeAt(0) - 97] ?? letter;
          }),
    )
    .join('');
}

/** One compiled message: words, places for values, and the forms that a number chooses among. */
function mirror(message: unknown): unknown {
  if (typeof message === 'string') return mirrorText(message);
  if (!Array.isArray(message)) return message;
  return message.map((part: unknown) => {
    if (!Array.isArray(part)) return mirror(part);
    const [name, kind, forms] = part as readonly unknown[];
    if (typeof forms !== 'object' || forms === null) return part;
    const made = Object.entries(forms).map(([key, form]) => [
      key,
      key === 'offset' ? form : mirror(form),
    ]);
    return [name, kind, Object.fromEntries(made) as unknown];
  });
}

/**
 * A made-up language of the catalogue given: every word in letters that run from right to left. For
 * tests of the layout alone: nobody can read it.
 */
export function mirrorWords(messages: Messages): Messages {
  const made = Object.entries(messages).map(([id, message]) => [id, mirror(message)]);
  return Object.fromEntries(made) as Messages;
}
