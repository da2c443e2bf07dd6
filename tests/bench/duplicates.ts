import { RULE_SCORE } from '#shared/model/duplicate-evidence.ts';
import { findDuplicates, type FoundDuplicates } from '#shared/roll/duplicates/find-duplicates.ts';
import { RecordTable } from '#shared/roll/duplicates/record-table.ts';
import { ruleMatches } from '#shared/roll/duplicates/rule-matches.ts';
import { makeSeededRoll, type SeededRoll } from './duplicates-roll.ts';
import { type BenchLine, type BenchOptions, round } from './line.ts';

const SIZES = [100_000, 500_000];
const MOST_PAIRS = 20_000;
/** As a chapter would say it. */
const RULE = { same: ['name', 'birth', 'door'], least: RULE_SCORE };

function search(roll: SeededRoll): {
  readonly found: FoundDuplicates;
  readonly seconds: number;
  readonly mebibytes: number;
} {
  const before = process.memoryUsage().rss;
  const began = process.cpuUsage();
  const table = new RecordTable(2026);
  for (const record of roll.records) table.add(record);
  const steps = findDuplicates(table, MOST_PAIRS);
  let most = before;
  for (;;) {
    const step = steps.next();
    most = Math.max(most, process.memoryUsage().rss);
    if (step.done !== true) continue;
    const { user, system } = process.cpuUsage(began);
    const mebibytes = (most - before) / 2 ** 20;
    return { found: step.value, seconds: (user + system) / 1e6, mebibytes };
  }
}

/**
 * Looks for the people who were put into a made-up roll twice, by seven mishaps, beside families whose
 * twins, juniors and children of one name look like them. Seconds are of the processor; memory is that
 * of the search, without the roll.
 */
export async function bench({ quick, print }: BenchOptions): Promise<void> {
  for (const size of quick ? SIZES.slice(0, 1) : SIZES) {
    const roll = makeSeededRoll(size);
    const { found, seconds, mebibytes } = search(roll);
    const name = ({ low, high }: { low: number; high: number }): string => `${low}-${high}`;
    const right = found.pairs.filter((pair) => roll.truth.has(name(pair)));
    const byRule = found.pairs.filter((pair) => ruleMatches(RULE, pair));
    const ruleRight = byRule.filter((pair) => roll.truth.has(name(pair)));
    const trapped = byRule.filter((pair) => roll.traps.has(name(pair)));
    const line = (
      figure: string,
      value: number,
      unit: string,
      [against, againstValue]: readonly [string, number],
      more: boolean,
    ): void => {
      const least = againstValue === 0 ? Number(value === 0) : againstValue / value;
      const ratio = more ? value / againstValue : least;
      const numbers = { value: round(value), againstValue, ratio: round(ratio) };
      const one: BenchLine = {
        bench: 'duplicates',
        case: `${size} people`,
        figure,
        ...numbers,
        unit,
        against,
        n: 1,
      };
      print(one);
    };
    line('search', seconds, 's', ['a minute', 60], false);
    line('memory', mebibytes, 'MiB', ['limit', 200], false);
    line('precision', right.length / found.pairs.length, 'share', ['all', 1], true);
    line('recall', right.length / roll.truth.size, 'share', ['all', 1], true);
    line('precision of the rule', ruleRight.length / byRule.length, 'share', ['all', 1], true);
    line('recall of the rule', ruleRight.length / roll.truth.size, 'share', ['all', 1], true);
    line('families merged by the rule', trapped.length, 'pairs', ['none', 0], false);
  }
  await Promise.resolve();
}
