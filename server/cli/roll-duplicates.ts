import { parseArgs } from 'node:util';
import { isUuid, type PersonId } from '#shared/kernel/ids.ts';
import { problem, sayProblem } from '#shared/kernel/problem.ts';
import { LEAST_RULE_SCORE, LEAST_SCORE, RULE_SCORE } from '#shared/model/duplicate-evidence.ts';
import { type DuplicatePairShown, RULE_FIELDS, type RuleField } from '#shared/model/duplicates.ts';
import { sayEvidence } from '#shared/roll/duplicates/say-evidence.ts';
import { BY_OPERATOR } from '../audit/append-audit.ts';
import { type Decider, keepApart, mergeByHand, unmergeByHand } from '../roll/decide-duplicates.ts';
import { showOpenPairs } from '../roll/list-duplicates.ts';
import { mergeByRule } from '../roll/merge-by-rule.ts';
import { searchDuplicates } from '../roll/search-duplicates.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { beginSearch, endSearch, readOpenPairs } from '../store/duplicate-rows.ts';
import { openBySlug, withPorts } from './open-data.ts';
import { CommandError, EXIT, openTerminal, orEnd } from './terminal.ts';

export const ROLL_DUPLICATES_HELP = `homeground roll duplicates --chapter SHORT-NAME [--min SCORE] [--limit N] [--json]
homeground roll merge KEEP_ID LOSE_ID --chapter SHORT-NAME [--json]
homeground roll unmerge ID [--again] --chapter SHORT-NAME [--json]
homeground roll apart ID OTHER_ID --chapter SHORT-NAME [--json]
homeground roll merge --rule FIELD,… [--min SCORE] [--yes] --chapter SHORT-NAME [--json]

  duplicates  looks for records of the same person and lists the pairs with a score from
              ${LEAST_SCORE} to 1 and what agrees and differs, likeliest first
  merge       makes two records one person's; the first is shown. Nothing is lost, a wish of
              either not to be contacted is both's. IDs are the roll's own or person ids
  unmerge     takes a record apart from those it was merged with. They are remembered as two
              people; with --again they may be proposed again
  apart       says that two records are two people's: they are not proposed any more
  --rule      merges every pair of the last search of which these fields are the same
              (${RULE_FIELDS.join(', ')}) and the score is at least --min
              (${RULE_SCORE}; ${LEAST_RULE_SCORE} at the lowest). Without --yes it says how many they are`;

const VERBS = ['duplicates', 'merge', 'unmerge', 'apart'] as const;
export type DuplicatesVerb = (typeof VERBS)[number];

export function isDuplicatesVerb(word: string | undefined): word is DuplicatesVerb {
  return VERBS.some((verb) => verb === word);
}

/** A record by the roll's own id or by ours. */
async function findId(db: ChapterDb, text: string): Promise<PersonId> {
  const row = await db.read
    .selectFrom('people')
    .select('id')
    .where((where) =>
      where.or([
        where('source_id', '=', text),
        ...(isUuid(text) ? [where('id', '=', text as PersonId)] : []),
      ]),
    )
    .executeTakeFirst();
  if (row !== undefined) return row.id;
  throw new CommandError(`Nobody in the chapter has the id "${text}". Nothing was changed.`);
}

function readScore(text: string | undefined, least: number, unsaid: number): number {
  const score = text === undefined ? unsaid : Number(text);
  if (score >= least && score <= 1) return score;
  throw new CommandError(`--min takes a score from ${least} to 1.`, EXIT.misused);
}

function readRule(text: string): RuleField[] {
  const fields = text.split(',').map((word) => word.trim());
  const known = RULE_FIELDS.filter((field) => fields.includes(field));
  if (known.length === fields.length) return known;
  throw new CommandError(`--rule takes some of: ${RULE_FIELDS.join(', ')}.`, EXIT.misused);
}

/** `homeground roll duplicates|merge|unmerge|apart`. */
export async function rollDuplicatesCommand(
  verb: DuplicatesVerb,
  words: readonly string[],
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      chapter: { type: 'string' },
      min: { type: 'string' },
      limit: { type: 'string' },
      rule: { type: 'string' },
      again: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${ROLL_DUPLICATES_HELP}\n`);
  const byRule = verb === 'merge' && values.rule !== undefined;
  const wanted = { duplicates: 0, merge: byRule ? 0 : 2, unmerge: 1, apart: 2 }[verb];
  if (positionals.length !== wanted) throw new CommandError(ROLL_DUPLICATES_HELP, EXIT.misused);
  const least = byRule
    ? readScore(values.min, LEAST_RULE_SCORE, RULE_SCORE)
    : readScore(values.min, LEAST_SCORE, LEAST_SCORE);
  const same = byRule ? readRule(values.rule ?? '') : [];
  const limit = Number(values.limit ?? (values.json ? Infinity : 50));
  if (!(limit > 0)) throw new CommandError('--limit takes a number above 0.', EXIT.misused);
  await withPorts(async (ports) => {
    const db = await openBySlug(ports, values.chapter);
    const terminal = openTerminal(values.json);
    const decider: Decider = { db, actor: BY_OPERATOR, memberId: null };
    const now = ports.clock();
    if (verb === 'duplicates') {
      const search = await look(db, ports.clock, (text) => terminal.progress(text));
      const open = (await readOpenPairs(db.read)).filter(({ score }) => score >= least);
      const shown: DuplicatePairShown[] = [];
      for (let at = 0; at < Math.min(open.length, limit); at += 200) {
        const some = open.slice(at, Math.min(at + 200, limit));
        shown.push(...(await showOpenPairs(db.read, some)));
      }
      const { people, found, cut } = search;
      const result = { people, found, open: open.length, cut, pairs: shown.map(toJson) };
      return terminal.result(sayPairs(result), result);
    }
    if (byRule) {
      const rule = { same, least, apply: values.yes };
      let [pairs, merged, skipped] = [0, 0, 0];
      for (;;) {
        const done = await mergeByRule(decider, rule, ports.clock);
        pairs = Math.max(pairs, done.pairs);
        merged += done.merged;
        skipped = done.skipped;
        if (done.merged === 0 || done.left === 0) break;
        terminal.progress(`Merged ${merged} of ${pairs}`);
      }
      const said = values.yes
        ? `${merged} pairs were merged, ${skipped} left alone.`
        : `The rule means ${pairs} pairs. Nothing was changed: say --yes to merge them.`;
      return terminal.result(said, { pairs, merged, skipped, applied: values.yes });
    }
    const [one = '', other = ''] = positionals;
    const id = await findId(db, one);
    if (verb === 'unmerge') {
      const parted = orEnd(await unmergeByHand(decider, { id, apart: !values.again }, now));
      return terminal.result(`Taken apart: ${parted.parted}.`, { id, ...parted });
    }
    const second = await findId(db, other);
    if (verb === 'merge') {
      orEnd(await mergeByHand(decider, { keep: id, lose: second }, now));
      return terminal.result('These two are one person now.', { keep: id, lose: second });
    }
    orEnd(await keepApart(decider, { one: id, other: second, apart: true }, now));
    terminal.result('These two are not proposed again.', { one: id, other: second });
  });
}

async function look(db: ChapterDb, clock: () => number, say: (text: string) => void) {
  const release = await db.claim('duplicates');
  if (release === null) throw new CommandError(sayProblem(problem('search-running')));
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  try {
    await beginSearch(db, null, clock());
    const result = await searchDuplicates(db.read, {
      onProgress: ({ done, total }) =>
        say(`Looking for duplicates: ${Math.floor((100 * done) / total)} %`),
      cancelled: () => stop.signal.aborted,
    });
    const end =
      result === null ? ({ state: 'cancelled' } as const) : ({ state: 'done', result } as const);
    await endSearch(db, end, clock());
    if (result === null) throw new CommandError('The search was stopped. Nothing was changed.');
    return result;
  } finally {
    process.removeListener('SIGINT', interrupt);
    await release();
  }
}

interface Found {
  readonly people: number;
  readonly found: number;
  readonly open: number;
  readonly cut: number;
  readonly pairs: readonly ReturnType<typeof toJson>[];
}

function toJson({ keep, lose, score, evidence }: DuplicatePairShown) {
  const reason = evidence === null ? '' : sayEvidence(evidence);
  return { score, reason, keep, lose, evidence };
}

function sayPairs({ people, open, cut, pairs }: Found): string {
  const who = ({
    firstName,
    middleName,
    lastName,
    nameSuffix,
    birthYear,
    age,
    address,
    voterId,
  }: DuplicatePairShown['keep']): string => {
    const name = [firstName, middleName, lastName, nameSuffix].filter((part) => part !== '');
    const born = birthYear === null ? (age === null ? '' : `, aged ${age}`) : `, born ${birthYear}`;
    return `${name.join(' ')}${born}, ${address} (${voterId ?? 'resident'})`;
  };
  return [
    `${open} pairs of ${people} people may be one person.`,
    ...(cut > 0
      ? [
          `${cut} people stand in groups so large that only neighbours in the alphabet were compared.`,
        ]
      : []),
    ...pairs.flatMap(({ score, keep, lose, reason }) => [
      `${score?.toFixed(3) ?? ''}  ${who(keep)}\n       ${who(lose)}\n       ${reason}`,
    ]),
    ...(open > pairs.length
      ? [`… and ${open - pairs.length} more: --limit or --json lists them.`]
      : []),
  ].join('\n');
}
