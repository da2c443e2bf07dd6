/** A calendar day `YYYY-MM-DD` out of the ways in which files write one, or null. */
export function readDay(text: string): string | null {
  const value = text.trim();
  if (value === '') return null;
  const american = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b/.exec(value);
  if (american !== null) return makeDay(american[3], american[1], american[2]);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})\b/.exec(value);
  if (iso !== null) return makeDay(iso[1], iso[2], iso[3]);
  const packed = /^((?:1[89]|20)\d\d)(\d\d)(\d\d)$/.exec(value);
  const day = packed === null ? null : makeDay(packed[1], packed[2], packed[3]);
  if (day !== null) return day;
  const turned = /^(\d\d)(\d\d)((?:1[89]|20)\d\d)$/.exec(value);
  return turned === null ? null : makeDay(turned[3], turned[1], turned[2]);
}

function makeDay(year = '', month = '', day = ''): string | null {
  const m = Number(month);
  const d = Number(day);
  const longest = m === 2 ? 29 : m === 4 || m === 6 || m === 9 || m === 11 ? 30 : 31;
  if (m < 1 || m > 12 || d < 1 || d > longest) return null;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/**
 * Whole years on a day. Null when nobody alive and old enough to be in a roll could have it: files
 * write 01/01/1900, 1812 or 0980 for a birth date that they do not know.
 */
export function ageOn(birthDay: string, today: string): number | null {
  const years = Number(today.slice(0, 4)) - Number(birthDay.slice(0, 4));
  const age = today.slice(5) < birthDay.slice(5) ? years - 1 : years;
  return age >= 15 && age <= 115 ? age : null;
}
