import type { ChapterId, DeviceId, DoorId, TurfId } from '#shared/kernel/ids.ts';
import type { Chapter, Member } from '#shared/model/chapter.ts';
import type { Conduct } from '#shared/model/conduct.ts';
import type { HandedClaim } from '#shared/model/handed.ts';
import type { OperationType } from '#shared/model/operation.ts';
import type { Stamp } from '#shared/merge/stamps.ts';
import type { PendingOp } from '#shared/sync/plan-push.ts';
import type { OpResult, RescueFile, Standing } from '#shared/sync/protocol.ts';

/** The phone's own P-256 key pair: the private half can be used but never leaves the browser. */
export interface DeviceKeys {
  /** Uncompressed point, base64url. */
  readonly publicKey: string;
  /** A non-extractable CryptoKey; only the signer looks at it. */
  readonly privateKey: unknown;
}

/** Who this phone is to one chapter. Facts keep their author: each is sent with its own token. */
export interface Identity {
  readonly deviceId: DeviceId;
  /** Push-only: it appends facts and reads nothing (P14). */
  readonly deviceToken: string;
  readonly chapter: Chapter;
  readonly member: Member;
  /** Absent from rows of the first version, and null once the phone was reported lost. */
  readonly keys?: DeviceKeys | null;
  /** True once the chapter knows the public key. */
  readonly registered?: boolean;
  /** Until when `deviceToken` may push, in the server's ms. */
  readonly grantUntil?: number;
  /** What settled facts are sealed to; absent before the first packet of this version. */
  readonly chapterKey?: string;
  /** Which life of the chapter's database last answered this identity (P9). */
  readonly incarnation?: string | null;
  /** Absent means `ok`. */
  readonly standing?: Standing;
  /** This phone took more than one turf under this name: one may never have come to it. */
  readonly tookMore?: boolean;
  /**
   * It was handed its turf without a network, and the chapter has yet to hear of it: its own claim,
   * and those of phones before it. Null once that was answered.
   */
  readonly handed?: { readonly claim: HandedClaim; readonly before: readonly HandedClaim[] } | null;
  /** Its turf came as codes, which leave the map out: it comes with the first signal. */
  readonly lacksMap?: boolean;
  /** Which rules its person has read, and whether the chapter has been told. */
  readonly conduct?: Conduct & { readonly told?: true };
}

/**
 * What became of an operation. `unsent`: only here. `acked`: received, its bytes still to be read by
 * who walks here. `kept`: received and sealed. `held`: received, kept aside by the server for a person to look at.
 * `again`: received once by a server that has been restored since, so it is sent once more (P9).
 */
export type OutboxState = 'unsent' | 'again' | 'acked' | 'kept' | 'held';

/**
 * An operation in the outbox. What it says never changes; only what became of it does. `body` is
 * empty where it cannot be read: for good once it is only sealed, for now while the phone is locked.
 */
export interface OutboxOp extends PendingOp {
  readonly deviceId: DeviceId;
  readonly chapterId: ChapterId;
  readonly type: OperationType;
  readonly doorId: DoorId;
  readonly state: OutboxState;
  /** The server's word; of an operation `again`, the word of the server before. */
  readonly result: OpResult | null;
  /** The body sealed to the chapter: what is sent while the phone cannot read it. */
  readonly sealed?: string;
  /** The turf whose key opens a copy that lies beside the sealed one; absent once that is dropped. */
  readonly copy?: TurfId;
  /** When it was settled, by the server's clock; absent from rows of the first version. */
  readonly settledAt?: number;
}

/** A turf that this phone has given up, to be told to the chapter until it is taken (P8). */
export interface Receipt {
  readonly deviceId: DeviceId;
  readonly turfIds: readonly string[];
}

/**
 * `expired`: the hold has run out. `unheard`: too long without hearing of the chapter, so that the
 * turf's key is destroyed. `spent`: too many wrong PINs. `left`: the person has left this phone.
 */
export type EndedWhy = 'ended' | 'expired' | 'unheard' | 'revoked' | 'lost' | 'spent' | 'left';

/** Why this phone holds no turf any more, for its screens. */
export interface Ended {
  readonly why: EndedWhy;
  readonly turfName: string;
  /** By the server's clock as far as the phone knew it. */
  readonly at: number;
  /** Given up without asking once more: another turf may have been taken since it was heard of. */
  readonly unasked?: true;
}

/** A turf that was ended and still lies here, so that the conversation under way can be finished. */
export interface Waiting {
  readonly turfId: TurfId;
  /** Whom it was taken from. */
  readonly deviceId: DeviceId;
  readonly why: EndedWhy;
  /** When the phone heard of it, by the server's clock as far as the phone knew it. */
  readonly heardAt: number;
}

/** What the client core notes for its next start. */
export interface HeadNotes {
  /** The latest time of the server that this phone has heard, in ms. */
  readonly serverMs: number | null;
  /** How far this phone has seen the server's time go on since, in ms; no start of the app goes behind it. */
  readonly seenMs: number | null;
  readonly receipt: Receipt | null;
  /** Of people who had this phone before: told under their own names, whoever has it now. */
  readonly owed: readonly Receipt[];
  readonly ended: Ended | null;
  readonly waiting: Waiting | null;
  /** Digests that did not match since the last push (P10). */
  readonly mismatches: number;
}

/** What the next operation goes on from. */
export interface OutboxHead extends HeadNotes {
  /** Made anew with the database: shows the server that a phone lost its storage. */
  readonly dbEpoch: string;
  readonly nextSeq: number;
  readonly lastStamp: Stamp | null;
  /** The server's clock minus the phone's, in ms; null before the first contact. */
  readonly clockOffsetMs: number | null;
  /** Of the chapter that was heard last; see Identity for each chapter's own. */
  readonly incarnation: string | null;
}

/** The notes of a head that has none yet, and of one that an earlier version wrote. */
export const NO_NOTES: HeadNotes = {
  serverMs: null,
  seenMs: null,
  receipt: null,
  owed: [],
  ended: null,
  waiting: null,
  mismatches: 0,
};

/** What an answer of the server teaches, kept for the next start. */
export interface Contact {
  /** Whom it answered. */
  readonly deviceId: DeviceId;
  readonly clockOffsetMs: number;
  readonly incarnation: string;
  readonly serverMs: number;
}

/** Another phone's rescue file, taken in to be handed on. */
export interface CarriedFile {
  /** The same file taken in twice is there once. */
  readonly key: string;
  readonly file: RescueFile;
  /** Null until the server has answered for all of it. */
  readonly results: readonly OpResult[] | null;
  /** When it did, by its clock: the facts stay, sealed, for as long as a backup may be old (P9). */
  readonly settledAt?: number;
}

/**
 * The one place on the phone that must not lose anything: no method deletes an operation that a
 * server has not settled. Each method is one transaction, durable when its promise resolves.
 */
export interface OutboxStore {
  readHead(): Promise<OutboxHead>;
  /** Changes notes of the head; `change` sees it as it is in the same transaction. */
  changeHead(change: (head: OutboxHead) => Partial<HeadNotes>): Promise<void>;
  /** The identity that new facts are written under; null before joining. */
  readIdentity(): Promise<Identity | null>;
  readIdentities(): Promise<readonly Identity[]>;
  /** Adds the identity, or replaces it, and makes it the one for new facts. Forgets `ended`. */
  putIdentity(identity: Identity): Promise<void>;
  /**
   * Changes some of an identity that is there, and gives it as it then is; null when it is not.
   * `change` sees it as it is in the same transaction.
   */
  changeIdentity(
    deviceId: DeviceId,
    change: (identity: Identity) => Partial<Identity>,
  ): Promise<Identity | null>;
  /**
   * Adds an operation when the head still expects its localSeq, and moves the head on, at once.
   * `moved`: another tab was faster; nothing was written. The same opId again is `saved`.
   */
  append(op: OutboxOp, stamp: Stamp): Promise<'saved' | 'moved'>;
  listUnsent(): Promise<readonly OutboxOp[]>;
  /** Everything in one of these states, in the order of the phone. */
  listIn(states: readonly OutboxState[]): Promise<readonly OutboxOp[]>;
  listAll(): Promise<readonly OutboxOp[]>;
  /**
   * Marks operations as settled at `serverMs` and keeps them. What was settled before keeps its
   * first result, but that a held one may since have been decided, or applied.
   */
  settle(results: readonly OpResult[], serverMs: number): Promise<void>;
  /** Facts that lie here for anybody to read, though the phone is guarded. */
  listBare(): Promise<readonly OutboxOp[]>;
  /**
   * Leaves nothing of these to read at rest: each stays sealed, and behind the key of the turf on
   * this phone where it is of that one. What became of it does not change.
   */
  coverBare(sealed: readonly { readonly opId: string; readonly sealed: string }[]): Promise<void>;
  /** Puts what was settled out of reading for good: only operations that are not unsent. */
  putSealed(sealed: readonly { readonly opId: string; readonly sealed: string }[]): Promise<void>;
  /** These are to be sent once more, if they were settled. */
  markAgain(opIds: readonly string[]): Promise<void>;
  /**
   * Deletes what was settled longer than `afterMs` before `serverMs`, of other phones' files too; what
   * does not know when it was settled counts from now on. Never what is unsent or again.
   */
  dropSettled(serverMs: number, afterMs: number): Promise<void>;
  /**
   * Notes the server's clock and incarnation, and forgets how far the phone had counted on. When the incarnation is another one than this
   * identity's chapter had, everything settled of that chapter is to be sent again (P9), at once,
   * and so are other phones' files that it answered for.
   */
  noteContact(contact: Contact): Promise<void>;
  /** Durable when it resolves. The same key again changes nothing, unless it was answered for: it goes again. */
  putCarried(carried: CarriedFile): Promise<void>;
  listCarried(): Promise<readonly CarriedFile[]>;
  /** The server has answered for all of it, at `serverMs` by its clock. */
  settleCarried(key: string, results: readonly OpResult[], serverMs: number): Promise<void>;
  /** Calls back now and whenever the number of unsent operations may have changed, in any tab. */
  watchUnsent(listener: (unsent: number) => void): () => void;
}
