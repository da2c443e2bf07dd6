import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { hasCutData } from './cut-cases.ts';
import { type BenchOptions, round } from './line.ts';

interface Figures {
  readonly doors: number;
  readonly households: number;
  readonly turfs: number;
  readonly uncut: number;
  /** Walked for each household. */
  readonly metres: number;
  readonly within: number;
  readonly gaps: number;
  readonly overlap: number;
  readonly cpu: number;
  readonly firstCut: number;
  readonly firstMetres: number;
  readonly firstWithin: number;
  readonly mebibytes: number;
}

type Measured =
  | 'metres'
  | 'within'
  | 'gaps'
  | 'overlap'
  | 'cpu'
  | 'firstCut'
  | 'firstMetres'
  | 'firstWithin'
  | 'mebibytes';

/** How each figure is printed; of a share more is better, of all else less. */
const FIGURES: Readonly<Record<Measured, readonly [figure: string, unit: string]>> = {
  metres: ['walk_a_household', 'm'],
  within: ['turfs_within_10_percent', 'share'],
  gaps: ['links_over_200_m', 'count'],
  overlap: ['households_in_another_hull', 'share'],
  cpu: ['cpu', 's'],
  firstCut: ['first_cut_cpu', 's'],
  firstMetres: ['first_cut_walk_a_household', 'm'],
  firstWithin: ['first_cut_turfs_within_10_percent', 'share'],
  mebibytes: ['peak_memory', 'MiB'],
};

const isShare = (measured: Measured): boolean =>
  measured === 'within' || measured === 'firstWithin';

interface Target {
  readonly against: string;
  readonly value: number;
}

const goal = (value: number): Target => ({ against: 'goal', value });
const from = (against: string, value: number): Target => ({ against, value });

/** What each case is measured against: goals, and the best that another method reached. */
const CASES: Readonly<Record<string, Partial<Record<Measured, readonly Target[]>>>> = {
  cambridge: {
    metres: [goal(7.15), from('k-way METIS, 82 % within', 10.69), from('best known', 7.14)],
    within: [goal(0.99), from('balanced k-means', 0.92)],
    gaps: [goal(18), from('METIS', 65)],
    overlap: [goal(0.05), from('METIS', 0.17)],
    cpu: [goal(10)],
    firstCut: [goal(1.5)],
    firstMetres: [goal(7.4)],
    firstWithin: [goal(0.97)],
    mebibytes: [goal(250)],
  },
  'cambridge-s35': {
    // A sample of as many households as the reference's, not the same ones.
    metres: [
      from('goal for another sample', 15.2),
      from('block faces grown, another sample', 17.73),
    ],
    within: [goal(0.98)],
    cpu: [goal(10)],
  },
  'cambridge-x3': {
    metres: [from('first version, 97 % within', 7.38)],
    within: [from('first version', 0.967)],
    cpu: [goal(8)],
    firstCut: [goal(4)],
    mebibytes: [goal(250)],
  },
  larkfield: { metres: [], within: [goal(1)], gaps: [], cpu: [goal(10)], mebibytes: [goal(250)] },
};

const GROWTH = [1000, 10_000, 40_000, 100_000, 400_000];

function run(name: string): Figures {
  const file = join(import.meta.dirname, 'cut-one.ts');
  const printed = execFileSync(process.execPath, ['--import', 'tsx', file, name], {
    encoding: 'utf8',
    maxBuffer: 1 << 20,
  });
  return JSON.parse(printed) as Figures;
}

/**
 * `npm run bench -- cut`: turfs of 45 households (41 to 49) of whole cities, each in a process of its
 * own, by CPU time: how far one walks for a household, how many turfs are of the size asked for, and
 * how time and memory grow. Says so and prints nothing where the real places are absent. With
 * `--quick` Larkfield and the first thousands alone.
 */
export function bench({ quick, print }: BenchOptions): Promise<void> {
  if (!hasCutData()) {
    process.stderr.write('bench cut: the real places are not here, see HOMEGROUND_DATA\n');
    return Promise.resolve();
  }
  const say = (
    about: string,
    measured: Measured,
    value: number,
    { against, value: aim }: Target,
  ) => {
    const [figure, unit] = FIGURES[measured];
    const ratio = isShare(measured) ? value / aim : aim / Math.max(value, 1e-9);
    const line = { figure, value: round(value), unit, against, againstValue: round(aim) };
    print({ bench: 'cut', case: about, ...line, ratio: round(ratio), n: 1 });
  };
  for (const [name, targets] of Object.entries(CASES)) {
    if (quick && name !== 'larkfield') continue;
    const figures = run(name);
    for (const [measured, aims] of Object.entries(targets) as [Measured, readonly Target[]][]) {
      const value = figures[measured];
      for (const aim of aims.length > 0 ? aims : [from('itself', value)]) {
        say(name, measured, value, aim);
      }
    }
  }
  let before: Figures | null = null;
  for (const count of quick ? GROWTH.slice(0, 2) : GROWTH) {
    const figures = run(`doors-${count}`);
    const name = `${count} doors`;
    // Against the case before, were time and memory to grow no faster than the doors.
    const grown = before === null ? 1 : figures.doors / before.doors;
    const least = before ?? figures;
    say(name, 'cpu', figures.cpu, from('as the doors grow', least.cpu * grown));
    say(name, 'mebibytes', figures.mebibytes, from('as the doors grow', least.mebibytes * grown));
    say(name, 'within', figures.within, goal(0.99));
    say(name, 'metres', figures.metres, from('the case before', least.metres));
    before = figures;
  }
  return Promise.resolve();
}
