/**
 * The same pure function, with its answers kept for texts that come again, as names, streets and
 * days of a roll do. Keeps `most` answers, then starts anew, so that a long file takes no more room.
 */
export function remember<T>(work: (text: string) => T, most = 10_000): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    if (answers.size >= most) answers.clear();
    const answer = work(text);
    answers.set(text, answer);
    return answer;
  };
}
