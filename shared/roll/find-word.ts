/** What a table says of a word of somebody's file; a word such as `constructor` is in no table. */
export function findWord<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
