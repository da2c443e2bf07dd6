import type {
  ChapterId,
  DeviceId,
  DoorId,
  MemberId,
  OpId,
  ScriptVersionId,
  TurfId,
} from '../kernel/ids.ts';
import type {
  BuildingNote,
  Consent,
  ContactConsent,
  Correct,
  FollowUp,
  FoundDoor,
  Knock,
  LitDrop,
  Note,
  Resident,
  Signature,
  SignUp,
  Tagged,
  TurfReport,
  Withdraw,
} from './fact.ts';

/** What each type of operation says. */
export interface Payloads {
  readonly knock: Knock;
  readonly note: Note;
  readonly resident: Resident;
  readonly 'lit-drop': LitDrop;
  readonly withdraw: Withdraw;
  readonly consent: Consent;
  readonly 'contact-consent': ContactConsent;
  readonly correct: Correct;
  readonly tag: Tagged;
  readonly 'follow-up': FollowUp;
  readonly signature: Signature;
  readonly door: FoundDoor;
  readonly building: BuildingNote;
  readonly 'turf-report': TurfReport;
  readonly 'sign-up': SignUp;
}
export type OperationType = keyof Payloads;
export const OPERATION_TYPES = [
  'knock',
  'note',
  'resident',
  'lit-drop',
  'withdraw',
  'consent',
  'contact-consent',
  'correct',
  'tag',
  'follow-up',
  'signature',
  'door',
  'building',
  'turf-report',
  'sign-up',
] as const;

/** The envelope around every fact (P1). Immutable once written. */
export interface Envelope<T extends OperationType> {
  readonly opId: OpId;
  readonly chapterId: ChapterId;
  /** The member who did it; a later user of the same phone can never send as this one. */
  readonly actorId: MemberId;
  readonly deviceId: DeviceId;
  /** Made anew whenever the phone's outbox database is made anew. */
  readonly dbEpoch: string;
  /** 1, 2, 3 … within the epoch: shows gaps, never gates. */
  readonly localSeq: number;
  readonly type: T;
  /** Version of this type's payload; every released one is accepted for ever. */
  readonly v: 1;
  readonly entityId: DoorId;
  /** The turf that was being walked. */
  readonly scopeId: TurfId;
  readonly scriptVersionId: ScriptVersionId | null;
  /** Hybrid logical clock, see merge/stamps: `<12 hex ms>-<4 hex counter>`. */
  readonly hlc: string;
  /** The phone's clock when the door was knocked, with the zone it showed. */
  readonly at: { readonly ms: number; readonly offset: number };
  /** The server's clock minus the phone's at the last contact, in ms; null before the first. */
  readonly clockOffsetMs: number | null;
  readonly supersedes: OpId | null;
  readonly payload: Payloads[T];
  /** In the chapter's log alone: what it said of somebody was taken out. */
  readonly emptied?: true;
  /** In the chapter's log alone: an admin has cleared this wish not to be contacted. */
  readonly cleared?: true;
}
export type Operation = { readonly [T in OperationType]: Envelope<T> }[OperationType];
