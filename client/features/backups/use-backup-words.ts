import { useLingui } from '@lingui/react/macro';
import type { BackupEntry, BackupFault, DrillEntry } from '#shared/model/backup.ts';

/** What became of a backup or a drill, in words. */
export function useBackupWords() {
  const { t } = useLingui();
  const faults: Readonly<Record<BackupFault, string>> = {
    interrupted: t`the server was stopped meanwhile`,
    damaged: t`the file is damaged`,
    'disk-full': t`the disk is full`,
    failed: t`the server met a fault; its log says which`,
    gone: t`the file is no longer in its folder`,
    'other-hash': t`the file is not the one that was written`,
    'other-key': t`this key does not open it: it was sealed to another one`,
    'not-opened': t`it could not be opened or read`,
    'counts-differ': t`it does not hold what was counted when it was made`,
    'chain-broken': t`the audit chain inside is broken`,
    'facts-damaged': t`stored facts have changed: look at the disk`,
  };
  return {
    fault: (one: BackupFault): string => faults[one],
    state: ({ state, fault }: Pick<BackupEntry, 'state' | 'fault'>): string => {
      if (state === 'running') return t`is being made`;
      return state === 'good' ? t`good` : fault === null ? t`not good` : faults[fault];
    },
    kind: (kind: BackupEntry['kind']): string =>
      kind === 'scheduled' ? t`By the schedule` : t`Asked for`,
    /** How a drill went: what was tried, and what was not. */
    drill: ({ good, report }: DrillEntry): string => {
      if (!good) return t`Failed: ${report.faults.map((one) => faults[one]).join('; ')}`;
      return report.depth === 'whole'
        ? t`Opened with the key, read through and compared: whole`
        : t`The file is the one that was written. Nothing was opened: the server does not hold the key`;
    },
    every: (hours: number | null): string => {
      if (hours === null) return t`Only when asked`;
      if (hours === 1) return t`Every hour`;
      if (hours === 24) return t`Once a day`;
      return hours === 168 ? t`Once a week` : t`Every ${hours} hours`;
    },
  };
}
