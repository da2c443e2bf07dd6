/**
 * What walking may cost between places where no streets are known: `detour` times the straight
 * line. A guess, to be called one.
 */
export function guessMatrix(x: Float64Array, y: Float64Array, detour: number): Float64Array {
  const n = x.length;
  const metres = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const dx = (x[i] as number) - (x[j] as number);
      const dy = (y[i] as number) - (y[j] as number);
      const way = detour * Math.sqrt(dx * dx + dy * dy);
      // Machines that disagree in the last digit of a cosine agree in tenths of a metre.
      metres[i * n + j] = metres[j * n + i] = detour > 1 ? Math.round(way * 10) / 10 : way;
    }
  }
  return metres;
}
