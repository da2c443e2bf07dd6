import { Type, type Static, type TUnsafe } from 'typebox';
import type { Role } from './role.ts';
import { strict } from './schema.ts';

/** Hours between two backups that a chapter can choose from. */
export const BACKUP_HOURS = [1, 6, 24, 168] as const;

/** Why a backup or a drill is not good. */
export type BackupFault =
  | 'interrupted'
  | 'damaged'
  | 'disk-full'
  | 'failed'
  | 'gone'
  | 'other-hash'
  | 'other-key'
  | 'not-opened'
  | 'counts-differ'
  | 'chain-broken'
  | 'facts-damaged';

/**
 * What a drill has done. `file`: without the secret, the file was found again as it was written, and
 * nothing in it was read. `whole`: opened with the secret, read through and compared.
 */
export interface DrillReport {
  readonly depth: 'file' | 'whole';
  /** When the backup was made that was tried; null: there was none. */
  readonly backupAt: number | null;
  readonly faults: readonly BackupFault[];
  /** Rows that were counted in the opened backup, and facts read against their hash. */
  readonly rows: number | null;
  readonly facts: number | null;
  /** How long it took, in ms. */
  readonly tookMs: number;
}

/** What is remembered of a backup, beside its size and hash. */
export interface BackupReport {
  readonly facts: number | null;
  readonly held: number | null;
  /** Rows by table at the moment of the backup: what a drill compares with. */
  readonly counts: Readonly<Record<string, number>> | null;
  readonly recipient: string | null;
  readonly fault: BackupFault | null;
  readonly tookMs: number;
}

/** One backup of the list; times in ms since 1970. */
export interface BackupEntry {
  readonly key: number;
  readonly at: number;
  readonly kind: 'scheduled' | 'asked';
  /** Its name in the folder of backups. */
  readonly file: string;
  readonly state: 'running' | 'good' | 'bad';
  readonly bytes: number | null;
  readonly sha256: string | null;
  /** Why it is bad; `gone`: it was good, and the file is no longer in its folder. */
  readonly fault: BackupFault | null;
  readonly facts: number | null;
}

/** A drill of the list. */
export interface DrillEntry {
  readonly at: number;
  readonly good: boolean;
  readonly report: DrillReport;
}

/** `GET /v1/backups`. */
export interface BackupsPage {
  /** What backups are sealed to; null: the chapter has no key yet, and nothing is backed up. */
  readonly recipient: string | null;
  /** Hours between two; null: only when asked. */
  readonly every: number | null;
  /** The folder on the server. */
  readonly folder: string;
  /** Newest first. */
  readonly backups: readonly BackupEntry[];
  /** When the next one is due; null: none is. */
  readonly nextAt: number | null;
  /** A drill is under way on this server. */
  readonly drilling: boolean;
  /** The newest drills, newest first. */
  readonly drills: readonly DrillEntry[];
  readonly nextDrillAt: number | null;
}

/** `POST /v1/backups/key`: a pair that was just made. The server keeps neither half of it. */
export interface NewBackupKey {
  readonly secret: string;
  readonly recipient: string;
}

/** `PUT /v1/backups/key`: from now on backups are sealed to it. */
export const SetBackupKey = Type.Object(
  { recipient: Type.String({ minLength: 62, maxLength: 62 }) },
  strict,
);
export type SetBackupKey = Static<typeof SetBackupKey>;

const hours: TUnsafe<number | null> = Type.Unsafe({
  type: 'integer',
  enum: [...BACKUP_HOURS, null],
  nullable: true,
});

/** `PUT /v1/backups/schedule`. */
export const SetBackupSchedule = Type.Object({ every: hours }, strict);
export type SetBackupSchedule = Static<typeof SetBackupSchedule>;

/** `POST /v1/backups/drill`: with the secret, which is used this once and kept nowhere. */
export const AskDrill = Type.Object({ secret: Type.String({ maxLength: 500 }) }, strict);
export type AskDrill = Static<typeof AskDrill>;

/** `GET /v1/backups/hand-over`: one page for the next officers. No voter is named in it. */
export interface HandOver {
  readonly at: number;
  readonly chapter: {
    readonly name: string;
    readonly slug: string;
    readonly id: string;
    readonly timeZone: string;
  };
  readonly address: string;
  /** The version of the software. */
  readonly version: string;
  readonly backups: {
    readonly folder: string;
    readonly recipient: string | null;
    readonly every: number | null;
    readonly last: {
      readonly at: number;
      readonly bytes: number | null;
      readonly file: string;
    } | null;
    readonly drill: {
      readonly at: number;
      readonly good: boolean;
      readonly depth: DrillReport['depth'];
    } | null;
  };
  readonly members: readonly {
    readonly name: string;
    readonly role: Exclude<Role, 'canvasser'>;
    readonly passkeys: number;
    readonly since: number;
  }[];
  readonly canvassers: number;
  readonly audit: { readonly seq: number; readonly hash: string; readonly at: number } | null;
  /** Held facts that wait for a decision. */
  readonly held: number;
  readonly phones: readonly {
    readonly name: string;
    readonly turfs: readonly string[];
    readonly unsent: number | null;
    readonly lastSeenAt: number | null;
  }[];
  readonly counts: {
    readonly voters: number;
    readonly facts: number;
    readonly turfs: number;
    readonly universes: number;
  };
}
