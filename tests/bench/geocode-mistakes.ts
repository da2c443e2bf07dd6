import type { Dice } from '#shared/kernel/random.ts';
import type { AskedAddress } from '#shared/roll/match-address.ts';

type Mistake = (asked: AskedAddress, dice: Dice) => AskedAddress | null;

const street =
  (change: (words: string[], dice: Dice) => string[] | null): Mistake =>
  (asked, dice) => {
    const changed = change(asked.street.split(' '), dice);
    return changed === null ? null : { ...asked, street: changed.join(' ') };
  };

/** Changes the longest word of a name by one letter. */
function inName(change: (word: string, at: number, dice: Dice) => string): Mistake {
  return street((words, dice) => {
    const longest = [...words].sort((a, b) => b.length - a.length)[0] ?? '';
    if (longest.length < 5 || /\d/.test(longest)) return null;
    const at = dice.whole(1, longest.length - 2);
    return words.map((word) => (word === longest ? change(word, at, dice) : word));
  });
}

/** What voter files do to addresses, one at a time. Null where it does not apply. */
export const MISTAKES: Readonly<Record<string, Mistake>> = {
  'letter left out': inName((word, at) => word.slice(0, at) + word.slice(at + 1)),
  'letter doubled': inName((word, at) => word.slice(0, at) + word.slice(at - 1)),
  'letters swapped': inName(
    (word, at) => word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2),
  ),
  'letter wrong': inName((word, at, dice) => {
    const other = dice.pick('A E I O R S T L N'.split(' '));
    return word.slice(0, at) + other + word.slice(at + 1);
  }),
  'type missing': street((words) =>
    words.length > 1 && /^\D{2,}$/.test(words.at(-1) ?? '') ? words.slice(0, -1) : null,
  ),
  'type wrong': street((words) =>
    words.length > 1
      ? [...words.slice(0, -1), /^(st|street)$/i.test(words.at(-1) ?? '') ? 'AVE' : 'ST']
      : null,
  ),
  'direction missing': street((words) =>
    /^(N|S|E|W|NORTH|SOUTH|EAST|WEST)$/i.test(words[0] ?? '') && words.length > 2
      ? words.slice(1)
      : null,
  ),
  'words run together': street((words) =>
    words.length > 2 ? [`${words[0] ?? ''}${words[1] ?? ''}`, ...words.slice(2)] : null,
  ),
  'letter of the number missing': (asked) =>
    /^\d+[A-Z]$/.test(asked.number) ? { ...asked, number: asked.number.slice(0, -1) } : null,
  'letter added to the number': (asked) =>
    /^\d+$/.test(asked.number) ? { ...asked, number: `${asked.number}R` } : null,
};
