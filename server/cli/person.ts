import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isUuid, type PersonId } from '#shared/kernel/ids.ts';
import type { FoundPerson } from '#shared/model/privacy.ts';
import { BY_OPERATOR } from '../audit/append-audit.ts';
import { copyPerson } from '../privacy/copy-person.ts';
import { erasePerson } from '../privacy/erase-person.ts';
import { findPeople } from '../privacy/find-person.ts';
import { checkTarget } from './check-target.ts';
import { openBySlug, withPorts } from './open-data.ts';
import { CommandError, EXIT, openTerminal, orEnd } from './terminal.ts';

export const PERSON_HELP = `homeground person find WORDS… --chapter SHORT-NAME [--json]
homeground person copy ID --chapter SHORT-NAME --out FILE [--json]
homeground person erase ID --chapter SHORT-NAME --why REASON --yes [--json]

  find    the people whose name, address or number in the roll has these words, with their ids
  copy    writes everything that the chapter holds of one person: FILE as JSON, FILE.txt as text
  erase   takes one person out of the chapter for good. What was said of them is emptied, no new
          roll, no phone and no backup brings them back. --yes says that you mean it`;

function sayPerson({ id, name, address, voterId, inRoll, doNotContact }: FoundPerson): string {
  const notes = [
    voterId ?? 'met at the door',
    ...(inRoll || voterId === null ? [] : ['not in the roll now']),
    ...(doNotContact === null ? [] : ['do not contact']),
  ];
  return `${id}  ${name}, ${address} (${notes.join(', ')})`;
}

function readId(text: string | undefined): PersonId {
  if (isUuid(text)) return text as PersonId;
  throw new CommandError('Say the person’s id: "homeground person find" shows it.', EXIT.misused);
}

export async function personCommand(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      chapter: { type: 'string' },
      out: { type: 'string' },
      why: { type: 'string' },
      yes: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${PERSON_HELP}\n`);
  const [verb = '', ...others] = positionals;
  const { out, why = '', yes, json } = values;
  if (!['find', 'copy', 'erase'].includes(verb) || others.length === 0) {
    throw new CommandError(PERSON_HELP, EXIT.misused);
  }
  await withPorts(async (ports) => {
    const db = await openBySlug(ports, values.chapter);
    const terminal = openTerminal(json);
    const now = ports.clock();
    if (verb === 'find') {
      const found = await findPeople(db, others.join(' '), BY_OPERATOR, now);
      const text = found.length === 0 ? 'Nobody was found.' : found.map(sayPerson).join('\n');
      return terminal.result(text, found);
    }
    const id = readId(others[0]);
    if (verb === 'copy') {
      if (out === undefined) throw new CommandError('Say where: --out FILE.', EXIT.misused);
      await checkTarget(out);
      const { copy, text } = orEnd(await copyPerson(db, id, BY_OPERATOR, now));
      writeFileSync(out, `${JSON.stringify(copy, null, 2)}\n`, { mode: 0o600 });
      writeFileSync(`${out}.txt`, text, { mode: 0o600 });
      return terminal.result(`Written to ${out} and ${out}.txt`, { out, text: `${out}.txt` });
    }
    if (why.trim().length < 3) throw new CommandError('Say why: --why REASON.', EXIT.misused);
    if (!yes) throw new CommandError('This cannot be undone. Add --yes if you mean it.');
    const by = { actor: BY_OPERATOR, name: 'command line', why: why.trim() };
    const erased = orEnd(await erasePerson(db, id, by, ports));
    terminal.result(`Erased, with ${erased.facts} facts emptied.`, erased);
  });
}
