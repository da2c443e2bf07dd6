/** Stands for an option where its words have no room: a, b, c … The script has both. */
export function optionLetter(index: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + (index % 26)).repeat(1 + Math.floor(index / 26));
}
