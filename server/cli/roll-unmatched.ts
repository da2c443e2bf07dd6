import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { UnmatchedPlace } from '#shared/model/unmatched.ts';
import { listUnmatched } from '../roll/list-unmatched.ts';
import { unmatchedCsv } from '../roll/unmatched-csv.ts';
import { checkTarget } from './check-target.ts';
import { openBySlug, withPorts } from './open-data.ts';
import { CommandError, EXIT, openTerminal } from './terminal.ts';
import { writeExport } from './write-export.ts';

export const ROLL_UNMATCHED_HELP = `homeground roll unmatched --chapter SHORT-NAME [--csv FILE] [--json]

  Lists the addresses of the roll that have no place on the map, with how many people live at
  each and why it was not found. --csv writes those people into a file, so that they can be
  called; it is listed under the chapter's admin as what left. Settle them on the desk.`;

/** Addresses that the terminal shows; --json gives them all. */
const SHOWN = 50;

export async function rollUnmatchedCommand(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      chapter: { type: 'string' },
      csv: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${ROLL_UNMATCHED_HELP}\n`);
  if (positionals.length > 0) throw new CommandError(ROLL_UNMATCHED_HELP, EXIT.misused);
  const { csv } = values;
  if (csv !== undefined) await checkTarget(csv);
  await withPorts(async (ports) => {
    const db = await openBySlug(ports, values.chapter);
    const terminal = openTerminal(values.json);
    const places: UnmatchedPlace[] = [];
    for (;;) {
      const wish = { state: 'open', like: '', from: places.length } as const;
      const page = await listUnmatched(db, wish);
      places.push(...page.places);
      if (page.places.length > 0 && (values.json || places.length < SHOWN)) continue;
      const { addresses, people } = page;
      const file = csv === undefined ? null : resolve(csv);
      if (file !== null) await writeExport(db, unmatchedCsv(db), file, ports);
      return terminal.result(sayPlaces(places, addresses, people, file), {
        addresses,
        people,
        places,
        file,
      });
    }
  });
}

function sayPlaces(
  places: readonly UnmatchedPlace[],
  addresses: number,
  people: number,
  file: string | null,
): string {
  const line = ({ number, street, city, zip, people: n, reason }: UnmatchedPlace): string =>
    `${String(n).padStart(6)}  ${`${number} ${street}, ${city} ${zip}`.trim()}  (${reason ?? 'not known why'})`;
  return [
    `${addresses} addresses of ${people} people have no place on the map.`,
    ...places.slice(0, SHOWN).map(line),
    ...(addresses > SHOWN ? [`… and ${addresses - SHOWN} more: --json lists all.`] : []),
    ...(file === null ? [] : [`Their people are in ${file}.`]),
  ].join('\n');
}
