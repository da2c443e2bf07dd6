import type { DoorId, TurfId } from '#shared/kernel/ids.ts';
import type { ShiftNews } from '#shared/model/next-shift.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { Stamp } from '#shared/merge/stamps.ts';
import type { LogRow, PulledPage } from '#shared/sync/apply-pull.ts';

/** A packet without its history, which lies beside it as rows of the log. */
export type PacketSheet = Omit<Packet, 'history'>;

/** What the phone holds, without reading all of the packet. */
export interface Hold {
  readonly turfId: TurfId;
  readonly turfName: string;
  readonly version: number;
  /** When the hold ends by itself, by the server's clock; null in packets of the first version. */
  readonly until: number | null;
  /** The mark of the shifts that it shows; left out by earlier versions of the app. */
  readonly shifts?: string;
}

/**
 * Whether what is held can be read and written. `locked`: once its PIN or passkey was given; `lost`:
 * its key is gone, so it must come anew.
 */
export type Access = 'open' | 'locked' | 'lost';

/** The phone's copy of the chapter's truth: disposable, made again from the server at any time. */
export interface PacketStore {
  /** Null when none is there, and when it cannot be read now. */
  readPacket(): Promise<PacketSheet | null>;
  readAccess(): Promise<Access>;
  /** True once too many wrong PINs were tried: what is held must go. */
  isSpent(): Promise<boolean>;
  readHold(): Promise<Hold | null>;
  /** The server prolonged or shortened the hold. */
  noteHold(until: number): Promise<void>;
  /** Shows other shifts, where the packet can be written now. */
  putShifts(news: ShiftNews): Promise<void>;
  /**
   * Replaces packet, log rows and cursor in one transaction. Drafts stay, but for those of doors
   * that are neither in it nor among `found`, which this phone alone knows of.
   */
  putPacket(packet: Packet, found?: readonly DoorId[]): Promise<void>;
  /**
   * Destroys the turf's key, then deletes packet, rows, cursor and drafts in one transaction: nothing
   * readable is left (I8).
   */
  purge(): Promise<void>;
  readCursor(): Promise<string | null>;
  /** Rows and cursor in one transaction (P7): no crash leaves a cursor ahead of its rows. */
  putPage(page: PulledPage, fromCursor: string): Promise<'written' | 'moved'>;
  /** Those that can be read now. */
  readRows(): Promise<readonly LogRow[]>;
  /** Those of the operations that the log has brought back. */
  findRows(opIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** The latest stamp of anybody's fact that this phone has seen. */
  readSeenStamp(): Promise<Stamp | null>;
  readLastSyncedAt(): Promise<number | null>;
  noteSynced(at: number): Promise<void>;
  readDraft(doorId: DoorId): Promise<unknown>;
  /** Keeps nothing when no packet is there, or its key is not. */
  putDraft(doorId: DoorId, draft: unknown): Promise<void>;
  dropDraft(doorId: DoorId): Promise<void>;
  countDrafts(): Promise<number>;
}
