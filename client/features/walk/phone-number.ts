/** An extension, as files write it: `x12`, `ext. 12`, `#12`. */
const EXTENSION = /(?:x|ext\.?|#)\s*(\d{1,6})\s*$/i;

/**
 * A telephone number as a `tel:` link: its digits, with `+` where it has one; an extension is dialled
 * after a pause. Null when there is nothing to dial.
 */
export function telLink(phone: string): string | null {
  const extension = EXTENSION.exec(phone);
  const main = extension === null ? phone : phone.slice(0, extension.index);
  const digits = main.replaceAll(/\D/g, '');
  if (digits.length < 3) return null;
  const plus = main.trim().startsWith('+') ? '+' : '';
  return `tel:${plus}${digits}${extension === null ? '' : `,${extension[1]}`}`;
}

/** A telephone number as it is read: ten digits in their groups, anything else as it was written. */
export function sayPhone(phone: string): string {
  const parts = /^\s*(?:\+?1[\s.-]*)?\(?(\d{3})\)?[\s.-]*(\d{3})[\s.-]*(\d{4})\s*$/.exec(phone);
  return parts === null ? phone.trim() : `(${parts[1]}) ${parts[2]}-${parts[3]}`;
}

/**
 * The same number whose hyphen ends no line, read from the left also among words that are read from
 * the right. At its space it may break: at 200 % text it is wider than a phone.
 */
export function holdTogether(phone: string): string {
  return `\u2066${phone.replaceAll('-', '\u2011')}\u2069`;
}
