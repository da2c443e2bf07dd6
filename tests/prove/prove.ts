/** How much of a proof is run: each test once, what every commit must pass, or a whole night. */
export type Size = 'quick' | 'ci' | 'long';

/** What one test of the proof came to: one line of JSON on standard output. */
export interface ProofLine {
  readonly test: string;
  readonly cases: number;
  /** How often each fault class truly happened. A class with 0 makes the run an error. */
  readonly faults: Readonly<Record<string, number>>;
  readonly failures: number;
  readonly seed: number;
  /** The same seed gives the same trace; absent where real processes and real time decide. */
  readonly trace?: string;
  /** What else was counted, such as operations. */
  readonly [count: string]: unknown;
}

/** How far a long run had come when it was stopped. */
export interface Progress {
  readonly next: number;
  readonly cases: number;
  readonly failures: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<string, number>>;
  readonly trace: string;
}

/** What the runner gives to each test. */
export interface ProveOptions {
  readonly size: Size;
  /** The seed of the first case; case n has this seed plus n. */
  readonly seed: number;
  /** So many cases instead of the size's own: to replay one. Fault classes may then be missing. */
  readonly cases: number | null;
  /** Of the cases, those whose number leaves `index` when divided by `count`. */
  readonly shard: { readonly index: number; readonly count: number };
  /** Prints the test's line; the runner fails for failures and for classes that never fired. */
  readonly print: (line: ProofLine) => void;
  /** Says something on standard error. */
  readonly say: (text: string) => void;
  /** A case that went wrong: kept in a file, told with the command that replays it. */
  readonly red: (seed: number, wrong: readonly string[]) => void;
  /** Where the run was stopped before; null at the beginning and for sizes that are not resumed. */
  readonly resume: Progress | null;
  /** Keeps how far the run has come. */
  readonly keep: (progress: Progress) => void;
  /** True once somebody asked the run to stop: finish the case at hand, keep, and return. */
  readonly stopping: () => boolean;
  /** Seeds that were red once, of this test: run before all others at every size. */
  readonly oldRed: readonly number[];
}

/** Each `tests/prove/NAME.ts` exports `prove`, which prints exactly one line. */
export type Prove = (options: ProveOptions) => Promise<void>;
