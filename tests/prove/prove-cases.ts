import { createHash } from 'node:crypto';
import type { Progress, ProveOptions, Size } from './prove.ts';

export interface ProofCase {
  /** Counted from 0 through all shards; -1 for a seed that was red once. */
  readonly number: number;
  readonly seed: number;
  readonly size: Size;
}

/** What one case came to. */
export interface CaseEnd {
  /** What must hold and did not; empty when all is well. */
  readonly wrong: readonly string[];
  /** The fault classes that happened, and how often. */
  readonly fired: Iterable<readonly [fault: string, times: number]>;
  /** Whatever is to be added up over all cases, such as operations. */
  readonly counts?: Readonly<Record<string, number>>;
  /** Everything that the case did, for tests where a seed decides all of it. */
  readonly trace?: string;
}

export interface ProofPlan {
  readonly test: string;
  readonly cases: Readonly<Record<Size, number>>;
  /** Every fault class that must have happened by the end of the run. */
  readonly classes: readonly string[];
  readonly run: (one: ProofCase) => Promise<CaseEnd>;
}

/** How often a long run keeps how far it is, and says so, in ms. */
const KEEP_EVERY = 2_000;
const SAY_EVERY = 15_000;
/** So many cases gone wrong tell enough; the rest of the run would only repeat it. */
const ENOUGH = 20;

const addUp = (
  sums: Record<string, number>,
  more: Iterable<readonly [string, number]>,
): Record<string, number> => {
  for (const [name, times] of more) sums[name] = (sums[name] ?? 0) + times;
  return sums;
};

/**
 * Runs a test that is a number of cases, each decided by a seed: first the seeds that were red
 * once, then this shard's part of the rest. Resumes, keeps, adds up and prints the line. A case
 * that throws is a case that went wrong.
 */
export async function proveCases(options: ProveOptions, plan: ProofPlan): Promise<void> {
  const { size, seed, shard, resume } = options;
  const total = options.cases ?? plan.cases[size];
  const none = Object.fromEntries(plan.classes.map((name) => [name, 0]));
  const faults: Record<string, number> = { ...none, ...resume?.faults };
  const counts: Record<string, number> = { ...resume?.counts };
  let [cases, failures] = [resume?.cases ?? 0, resume?.failures ?? 0];
  let trace = resume?.trace ?? '';
  let traced = trace !== '';

  async function runOne(number: number, caseSeed: number): Promise<void> {
    let end: CaseEnd;
    try {
      end = await plan.run({ number, seed: caseSeed, size });
    } catch (error) {
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      end = { wrong: [told], fired: [] };
    }
    cases += 1;
    addUp(faults, end.fired);
    addUp(counts, Object.entries(end.counts ?? {}));
    if (end.trace !== undefined) {
      traced = true;
      trace = createHash('sha256').update(`${trace}\n${end.trace}`).digest('hex');
    }
    if (end.wrong.length === 0) return;
    failures += 1;
    options.red(
      caseSeed,
      end.wrong.slice(0, 20).map((text) => text.slice(0, 1500)),
    );
  }

  const progress = (next: number): Progress => ({ next, cases, failures, faults, counts, trace });
  if (resume === null && options.cases === null && shard.index === 0) {
    for (const red of options.oldRed) await runOne(-1, red);
  }
  let [kept, said] = [performance.now(), performance.now()];
  for (let n = resume?.next ?? shard.index; n < total; n += shard.count) {
    await runOne(n, seed + n);
    const now = performance.now();
    if (now - kept > KEEP_EVERY || options.stopping()) {
      options.keep(progress(n + shard.count));
      kept = now;
    }
    if (options.stopping()) return;
    if (failures >= ENOUGH) break;
    if (now - said > SAY_EVERY) {
      options.say(`${plan.test}: ${n + 1} of ${total}, ${failures} failures`);
      said = now;
    }
  }
  options.print({
    test: plan.test,
    cases,
    faults,
    failures,
    seed,
    ...(traced && { trace: trace.slice(0, 16) }),
    ...counts,
  });
}
