/** A window of sizes and what a turf outside of it costs, in metres for each door too many or few. */
export interface SizeWindow {
  readonly low: number;
  readonly high: number;
  readonly target: number;
}

/** Being outside at all counts as so many doors: one turf a little off is better than three. */
const STEP = 2;

/** What a load outside of the window costs. Steep enough that no walk is short enough to make up for it. */
export function sizePenalty(load: number, window: SizeWindow, price: number): number {
  if (load > window.high) return price * (load - window.high + STEP);
  if (load < window.low) return price * (window.low - load + STEP);
  return 0;
}

interface SplitInput {
  /** Buildings in the order of the walk, with their loads. */
  readonly loads: Float64Array;
  /** Metres from the end of building i to the beginning of the next. The last is 0. */
  readonly links: Float64Array;
  readonly window: SizeWindow;
  readonly price: number;
}

/** Where the pieces begin, when each costs `toll` besides. */
function splitAt({ loads, links, window, price }: SplitInput, toll: number): Int32Array {
  const n = loads.length;
  const best = new Float64Array(n + 1).fill(Infinity);
  const from = new Int32Array(n + 1);
  best[0] = 0;
  const most = Math.max(window.high * 1.6, window.high + 10);
  for (let j = 1; j <= n; j++) {
    // The link behind building j - 1 is not walked when a piece ends there.
    const spared = j < n ? (links[j - 1] as number) : 0;
    let load = 0;
    for (let i = j - 1; i >= 0; i--) {
      load += loads[i] as number;
      if (load > most && i < j - 1) break;
      const cost = (best[i] as number) + sizePenalty(load, window, price) + toll - spared;
      if (cost < (best[j] as number)) {
        best[j] = cost;
        from[j] = i;
      }
    }
  }
  const starts: number[] = [];
  for (let j = n; j > 0; j = from[j] as number) starts.push(from[j] as number);
  return Int32Array.from(starts.reverse());
}

/**
 * Cuts one long walk into `count` pieces (or about so many) where that spares the most metres while
 * loads stay in the window: where each piece begins. Method: dynamic programming over where the last
 * piece begins (Beasley 1983, Prins 2004); a toll a piece is sought that gives the count.
 */
export function splitWalk(input: SplitInput, count: number): Int32Array {
  let found = splitAt(input, 0);
  if (found.length === count) return found;
  let [low, high] = [-20_000, 20_000];
  let gap = Math.abs(found.length - count);
  for (let step = 0; step < 24 && gap > 0; step++) {
    const toll = (low + high) / 2;
    const tried = splitAt(input, toll);
    if (Math.abs(tried.length - count) < gap) {
      gap = Math.abs(tried.length - count);
      found = tried;
    }
    if (tried.length > count) low = toll;
    else high = toll;
  }
  return found;
}
