/**
 * PostgreSQL's text cannot hold the character NUL, which phones and files may send. It is written as
 * two characters that no text of people begins with, and read back, so that nothing is refused or
 * changed on the way.
 */
const ESCAPE = '\uFFFE';

export function escapeNul(text: string): string {
  if (!text.includes('\0') && !text.includes(ESCAPE)) return text;
  return text.replaceAll(ESCAPE, `${ESCAPE}1`).replaceAll('\0', `${ESCAPE}0`);
}

export function unescapeNul(text: string): string {
  if (!text.includes(ESCAPE)) return text;
  return text.replaceAll(`${ESCAPE}0`, '\0').replaceAll(`${ESCAPE}1`, ESCAPE);
}

/** A value as it is sent: flags are numbers in our tables, and lists are sent as arrays. */
export function toParameter(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === 'string') return escapeNul(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  return Array.isArray(value) ? value.map(toParameter) : value;
}
