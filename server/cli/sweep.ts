import { parseArgs } from 'node:util';
import type { SweepReport } from '#shared/model/privacy.ts';
import { BY_OPERATOR } from '../audit/append-audit.ts';
import { previewSweep, sweepChapter } from '../privacy/sweep-chapter.ts';
import { openBySlug, withPorts } from './open-data.ts';
import { CommandError, EXIT, openTerminal } from './terminal.ts';

export const SWEEP_HELP = `homeground sweep --chapter SHORT-NAME [--dry-run] [--json]

  Deletes what the chapter has kept for long enough, as its server does every night: notes,
  answers, uploads, lists of rejected rows, keys of silent phones, sessions and invites that
  ran out. --dry-run says how much of each would go and changes nothing.`;

const WORDS: Readonly<Record<Exclude<keyof SweepReport, 'unknownTerms'>, string>> = {
  notes: 'facts without their notes',
  answers: 'facts without their answers',
  uploads: 'uploaded files',
  faults: 'rows of rejected or unplaced people',
  keys: 'keys of silent phones',
  sessions: 'sessions, links and invites that ran out',
  adults: 'people who are 18 now and may be listed',
};

function sayReport(report: SweepReport): string {
  const lines = Object.entries(WORDS).map(
    ([name, words]) => `${String(report[name as keyof SweepReport]).padStart(9)}  ${words}`,
  );
  const { unknownTerms: unknown } = report;
  if (unknown > 0)
    lines.push(`Nobody knows ${unknown} of the terms of the roll: say them under Roll.`);
  return lines.join('\n');
}

export async function sweepCommand(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      chapter: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${SWEEP_HELP}\n`);
  if (positionals.length > 0) throw new CommandError(SWEEP_HELP, EXIT.misused);
  await withPorts(async (ports) => {
    const db = await openBySlug(ports, values.chapter);
    const terminal = openTerminal(values.json);
    if (values['dry-run']) {
      const report = await previewSweep(db, ports.clock());
      return terminal.result(`Would go:\n${sayReport(report)}`, report);
    }
    const swept = await sweepChapter(db, BY_OPERATOR, ports.clock);
    if (swept === null) {
      throw new CommandError('Another process is sweeping this chapter. Nothing was changed.');
    }
    terminal.result(`Gone:\n${sayReport(swept.report)}`, swept);
  });
}
