import { repairCase } from './repair-case.ts';
import type { RollVoter } from './roll-voter.ts';

const SUFFIX = /^(?:jr|sr|ii|iii|iv|v|vi|2nd|3rd|4th|esq|md|phd)\.?$/i;
/** Words that belong to the last name behind them. */
const PARTICLE =
  /^(?:da|de|del|della|der|des|di|do|dos|du|el|la|las|le|los|san|santa|st\.?|ten|ter|van|vande|vander|von|zu|zur|al|bin|ibn|mac)$/i;

/** A last name that has `Jr` or `III` at its end, as some offices write it, in two. */
export function splitSuffix(lastName: string): Pick<RollVoter, 'lastName' | 'nameSuffix'> {
  const found = /^(.+?)(?:,\s*|\s+)(\S+)$/.exec(lastName);
  const [, rest = '', suffix = ''] = found ?? [];
  // A lone V is an initial as often as a fifth.
  if (found === null || !SUFFIX.test(suffix) || /^v\.?$/i.test(suffix)) {
    return { lastName, nameSuffix: '' };
  }
  return { lastName: rest, nameSuffix: repairCase(suffix) };
}

/**
 * A whole name in its parts: `Last, First Middle` or `First Middle Last`, with a suffix behind
 * either, and with the particles of a last name kept at it: `Ana de la Cruz`.
 */
export function splitFullName(
  whole: string,
): Pick<RollVoter, 'firstName' | 'middleName' | 'lastName' | 'nameSuffix'> {
  const pieces = whole.split(',').map((piece) => piece.trim());
  let nameSuffix = '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length > 1 && SUFFIX.test(last)) {
    nameSuffix = repairCase(last);
    pieces.pop();
  }
  if (pieces.length > 1) {
    const family = splitSuffix(repairCase(pieces[0] ?? ''));
    const given = pieces.slice(1).join(' ').trim().split(/\s+/);
    if (nameSuffix === '' && given.length > 1 && SUFFIX.test(given.at(-1) ?? '')) {
      const ending = given.at(-1) ?? '';
      if (!/^v\.?$/i.test(ending)) nameSuffix = repairCase(given.pop() ?? '');
    }
    return {
      firstName: repairCase(given[0] ?? ''),
      middleName: given.slice(1).map(repairCase).join(' '),
      lastName: family.lastName,
      nameSuffix: nameSuffix || family.nameSuffix,
    };
  }
  const words = (pieces[0] ?? '').split(/\s+/);
  if (nameSuffix === '' && words.length > 2 && SUFFIX.test(words.at(-1) ?? '')) {
    nameSuffix = repairCase(words.pop() ?? '');
  }
  let from = words.length - 1;
  while (from > 1 && PARTICLE.test(words[from - 1] ?? '')) from--;
  return {
    firstName: from > 0 ? repairCase(words[0] ?? '') : '',
    middleName: words.slice(1, Math.max(1, from)).map(repairCase).join(' '),
    lastName: words.slice(Math.max(0, from)).map(repairCase).join(' '),
    nameSuffix,
  };
}
