import { parseArgs } from 'node:util';
import { problem, sayProblem } from '#shared/kernel/problem.ts';
import type { RollImport } from '#shared/model/roll.ts';
import { readRollDiff } from '../roll/roll-diff.ts';
import { RollImports } from '../roll/roll-imports.ts';
import { openBySlug, withPorts } from './open-data.ts';
import { sayDiff, sayReport } from './say-roll.ts';
import { CommandError, EXIT, openTerminal, orEnd } from './terminal.ts';

export const ROLL_REFRESH_HELP = `homeground roll diff [FILE] --chapter SHORT-NAME [--json]
homeground roll apply|undo|discard --chapter SHORT-NAME [--json]

  diff     how the roll that waits differs from the one that stands: new, changed, moved, gone
           and same, with samples; with FILE, how that file would, which then does not stay
  apply    puts the roll that waits in place; the one before it is kept until the next import
  undo     brings that one back exactly as it was; the other waits again
  discard  throws the roll away that waits`;

const VERBS = ['diff', 'apply', 'undo', 'discard'] as const;
export type RefreshVerb = (typeof VERBS)[number];

export function isRefreshVerb(word: string | undefined): word is RefreshVerb {
  return VERBS.some((verb) => verb === word);
}

/** `homeground roll diff|apply|undo|discard`, of the roll that waits or was applied last. */
export async function rollRefreshCommand(
  verb: RefreshVerb,
  words: readonly string[],
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      chapter: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${ROLL_REFRESH_HELP}\n`);
  if (positionals.length > 0) throw new CommandError(ROLL_REFRESH_HELP, EXIT.misused);
  await withPorts(async (ports) => {
    const db = await openBySlug(ports, values.chapter);
    const terminal = openTerminal(values.json);
    const imports = new RollImports(ports);
    const waiting = await imports.waiting(db);
    const kept = await imports.undoable(db);
    const need = (one: RollImport | null): RollImport => {
      if (one !== null) return one;
      const code = verb === 'undo' ? 'roll-no-old' : 'roll-not-ready';
      throw new CommandError(sayProblem(problem(code)));
    };
    if (verb === 'diff') {
      const diff = await readRollDiff(db, need(waiting ?? kept));
      return terminal.result(sayDiff(diff), diff);
    }
    if (verb === 'discard') {
      const ended = await imports.cancel(db, need(waiting).id);
      return terminal.result('The roll that waited was thrown away.', ended);
    }
    const { id } = need(verb === 'apply' ? waiting : kept);
    terminal.progress(verb === 'apply' ? 'Publishing' : 'Bringing back');
    const ended = await orEnd(await imports[verb](db, id, null)).finished;
    if (ended.report === null || ended.state === 'running') {
      throw new CommandError(sayProblem(problem('import-failed')));
    }
    const done =
      verb === 'apply'
        ? `${sayReport(ended.report)}\nThis roll stands now. "homeground roll undo" brings the one before it back.`
        : 'The roll of before stands again. The other one waits: apply it or discard it.';
    terminal.result(done, ended);
  });
}
