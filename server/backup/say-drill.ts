import type { BackupFault, DrillEntry } from '#shared/model/backup.ts';

const FAULTS: Readonly<Record<BackupFault, string>> = {
  interrupted: 'it was interrupted',
  damaged: 'the file is no sealed backup any more',
  'disk-full': 'the disk is full',
  failed: 'the server met a fault',
  gone: 'there is no backup in the folder',
  'other-hash': 'the file is not the one that was written: its hash is another',
  'other-key': 'this key does not open it: it was sealed to another one',
  'not-opened': 'it could not be opened or read',
  'counts-differ': 'it does not hold what was counted when it was made',
  'chain-broken': 'the audit chain inside is broken',
  'facts-damaged': 'facts inside are not the bytes of their hash',
};

/** How a drill went, honestly: what was tried and what was not. */
export function sayDrill({ good, report }: DrillEntry): string {
  const { depth, faults, rows, facts, backupAt } = report;
  const when = backupAt === null ? '' : ` of ${new Date(backupAt).toISOString().slice(0, 16)}Z`;
  if (!good) {
    return `The drill FAILED: ${faults.map((fault) => FAULTS[fault]).join('; ')}${when === '' ? '' : ` (the backup${when})`}.`;
  }
  return depth === 'whole'
    ? `The drill worked: the backup${when} was opened with the key, its ${rows} rows are those that were counted when it was made, its ${facts} facts and its audit chain are whole. What was opened is gone again.`
    : `The file of the backup${when} is the one that was written, byte for byte, and what went into it was read through then. It was NOT opened: this server does not hold the key. Give the key once to try it: --key FILE.`;
}
