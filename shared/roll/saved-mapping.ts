import type { ColumnUse, InspectedColumn } from '../model/roll.ts';
import type { SavedColumn } from '../model/saved-mapping.ts';
import { headerWord } from './layouts.ts';

/**
 * What files of one maker have in common: the same for the same names of columns in the same order,
 * whatever their case; of a file without a header, its number of columns. 16 hexadecimal digits.
 */
export function fingerprintOf(names: readonly string[]): string {
  const words = names.map((name) => headerWord(name));
  const text = words.every((word) => word === '') ? `${words.length} columns` : words.join('|');
  return hash(text, 0x811c9dc5) + hash(text, 0x9dc5811c);
}

/** FNV-1a of 32 bits: it tells files apart, and keeps no secret. */
function hash(text: string, basis: number): string {
  let value = basis;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return value.toString(16).padStart(8, '0');
}

/** A mapping by the names of its columns, so that it fits the next file and can be handed on. */
export function saveColumns(names: readonly string[], uses: readonly ColumnUse[]): SavedColumn[] {
  return uses.map(({ column, field, election }) => {
    const name = names[column]?.trim() ?? '';
    return election === undefined ? { name, column, field } : { name, column, field, election };
  });
}

/**
 * What each column of a file means by a saved mapping: by its name, else by its place where neither
 * has one. What nobody may keep stays unread; null where the mapping knows no column of the file.
 */
export function applySaved(
  columns: readonly InspectedColumn[],
  saved: readonly SavedColumn[],
): (ColumnUse | null)[] | null {
  const left = [...saved];
  const uses = columns.map(({ name, column, because }): ColumnUse | null => {
    const word = headerWord(name);
    const at = left.findIndex((one) =>
      word === ''
        ? headerWord(one.name) === '' && one.column === column
        : headerWord(one.name) === word,
    );
    const [found] = at < 0 ? [] : left.splice(at, 1);
    if (found === undefined || because === 'forbidden') return null;
    const { field, election } = found;
    return election === undefined ? { column, field } : { column, field, election };
  });
  return uses.every((use) => use === null) ? null : uses;
}
