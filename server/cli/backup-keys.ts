import { parseArgs } from 'node:util';
import { BY_OPERATOR } from '../audit/append-audit.ts';
import { makeBackupKey } from '../backup/backup-key.ts';
import { listBackups, readBackupSettings } from '../backup/backup-rows.ts';
import { drillBackup } from '../backup/drill.ts';
import { makeCopy } from '../backup/make-copy.ts';
import { sayDrill } from '../backup/say-drill.ts';
import { setBackupKey } from '../backup/set-key.ts';
import { takeBackup } from '../backup/take-backup.ts';
import { verifyBackup } from '../backup/verify-backup.ts';
import { sweepWorkFolders } from '../backup/work-folder.ts';
import { openBySlug, withPorts } from './open-data.ts';
import { readKeyFile } from './read-key-file.ts';
import { CommandError, EXIT, openTerminal, orEnd } from './terminal.ts';

export const BACKUP_KEYS_HELP = `homeground backup key --chapter SHORT-NAME [--recipient age1…] [--json]
homeground backup now --chapter SHORT-NAME [--json]
homeground backup list --chapter SHORT-NAME [--json]
homeground backup drill --chapter SHORT-NAME [--key FILE] [--json]

  key      makes the pair of keys that the chapter’s backups are sealed to and prints the secret
           half once; --recipient takes the public half of a pair that was made elsewhere (by age,
           or on a hardware key). The server keeps the public half alone
  now      makes a backup in the folder of backups (BACKUP_DIR, else DATA_DIR/backups)
  list     the backups that there are
  drill    tries the newest backup: with --key it is opened, read through and compared with what
           was counted when it was made; without it only that the file is the one that was written.
           Ends with 1 when it failed`;

const PAPER = (secret: string): string => `The secret key, shown this once and stored nowhere:

  ${secret}

Write it on paper, or print it, twice: one for the officers’ safe, one at another house. Whoever has
it can read every backup; without it no backup can ever be opened, by nobody. Give the paper to the
next officers with the hand-over.`;

async function key(slug: string | undefined, recipient: string | undefined, json: boolean) {
  await withPorts(async (ports) => {
    const db = await openBySlug(ports, slug);
    const before = (await readBackupSettings(db)).recipient;
    const made = recipient === undefined ? await makeBackupKey() : { recipient, secret: null };
    orEnd(await setBackupKey(db, made.recipient, BY_OPERATOR, ports.clock()));
    const lines = [`Backups are sealed to ${made.recipient} from now on.`];
    if (before !== null && before !== made.recipient) {
      lines.push(`Those from before stay sealed to ${before}: keep its secret too.`);
    }
    if (made.secret !== null) lines.push('', PAPER(made.secret));
    openTerminal(json).result(lines.join('\n'), { ...made, before });
  });
}

async function now(slug: string | undefined, json: boolean) {
  await withPorts(async (ports) => {
    const db = await openBySlug(ports, slug);
    const terminal = openTerminal(json);
    sweepWorkFolders(ports.config.dataDir);
    terminal.progress('Copying the chapter');
    const warn = (sentence: string): void => terminal.step(sentence);
    const means = { config: ports.config, clock: ports.clock, run: makeCopy, warn };
    const made = orEnd(await takeBackup(db, { kind: 'asked', actor: BY_OPERATOR }, means));
    terminal.result(
      `Wrote ${made.name} to ${made.file}, sealed: ${made.facts} facts, ${made.bytes} bytes.\nSHA-256 ${made.sha256}`,
      made,
    );
  });
}

async function list(slug: string | undefined, json: boolean) {
  await withPorts(async (ports) => {
    const backups = await listBackups(await openBySlug(ports, slug));
    const lines = backups.map(
      ({ at, file, state, bytes, fault }) =>
        `${new Date(at).toISOString().slice(0, 16)}Z  ${state.padEnd(7)} ${file}  ${bytes === null ? (fault ?? '') : `${bytes} bytes`}`,
    );
    openTerminal(json).result(
      lines.length === 0 ? 'No backup has been made yet.' : lines.join('\n'),
      backups,
    );
  });
}

async function drill(slug: string | undefined, keyFile: string | undefined, json: boolean) {
  const secret = await readKeyFile(keyFile);
  await withPorts(async (ports) => {
    const db = await openBySlug(ports, slug);
    const terminal = openTerminal(json);
    sweepWorkFolders(ports.config.dataDir);
    terminal.progress('Reading the newest backup');
    const { config, clock } = ports;
    const means = { config, clock, verify: verifyBackup };
    const done = orEnd(await drillBackup(db, secret, BY_OPERATOR, means));
    terminal.result(sayDrill(done), done);
    if (!done.good) process.exitCode = EXIT.failed;
  });
}

/** `homeground backup …`. */
export async function backupCommand(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      chapter: { type: 'string' },
      recipient: { type: 'string' },
      key: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${BACKUP_KEYS_HELP}\n`);
  const { chapter, json } = values;
  switch (positionals.join(' ')) {
    case 'key':
      return key(chapter, values.recipient, json);
    case 'now':
      return now(chapter, json);
    case 'list':
      return list(chapter, json);
    case 'drill':
      return drill(chapter, values.key, json);
    default:
      throw new CommandError(BACKUP_KEYS_HELP, EXIT.misused);
  }
}
