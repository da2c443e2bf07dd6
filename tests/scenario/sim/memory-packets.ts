import type { DoorId } from '#shared/kernel/ids.ts';
import type { Stamp } from '#shared/merge/stamps.ts';
import type { ShiftNews } from '#shared/model/next-shift.ts';
import type { Packet } from '#shared/model/packet.ts';
import { applyPull, type LogRow, type PulledPage } from '#shared/sync/apply-pull.ts';
import { holdOf } from '../../../client/store/hold-of.ts';
import type { Access, Hold, PacketSheet, PacketStore } from '../../../client/store/packet-store.ts';
import { withShifts } from '../../../client/store/with-shifts.ts';
import type { Life } from './life.ts';
import type { MemoryLock } from './memory-outbox.ts';

/** The packet database of a phone: what survives a crash. */
export interface PacketDisk {
  sheet: PacketSheet | null;
  readonly rows: Map<string, LogRow>;
  cursor: string | null;
  hold: Hold | null;
  seen: Stamp | null;
  syncedAt: number | null;
  readonly drafts: Map<DoorId, unknown>;
}

export function makePacketDisk(): PacketDisk {
  return {
    sheet: null,
    rows: new Map(),
    cursor: null,
    hold: null,
    seen: null,
    syncedAt: null,
    drafts: new Map(),
  };
}

/** The read model on a disk of memory, one life long. */
export class MemoryPackets implements PacketStore {
  readonly #disk: PacketDisk;
  readonly #edge: Pick<Life, 'transact'>;

  readonly #lock: MemoryLock | null;

  constructor(disk: PacketDisk, edge: Pick<Life, 'transact'>, lock: MemoryLock | null = null) {
    this.#disk = disk;
    this.#edge = edge;
    this.#lock = lock;
  }

  readPacket(): Promise<PacketSheet | null> {
    return this.#edge.transact('packets.readPacket', () =>
      this.#isShut() ? null : this.#disk.sheet,
    );
  }
  readAccess(): Promise<Access> {
    return this.#edge.transact('packets.readAccess', () => {
      if (this.#lock?.lock.locked === true) return 'locked';
      return this.#disk.sheet !== null && this.#isShut() ? 'lost' : 'open';
    });
  }
  isSpent(): Promise<boolean> {
    return Promise.resolve(false);
  }
  readHold(): Promise<Hold | null> {
    return this.#edge.transact('packets.readHold', () => this.#findHold());
  }
  noteHold(until: number): Promise<void> {
    return this.#edge.transact('packets.noteHold', () => {
      const hold = this.#findHold();
      if (hold !== null) this.#disk.hold = { ...hold, until };
    });
  }
  putShifts(news: ShiftNews): Promise<void> {
    return this.#edge.transact('packets.putShifts', () => {
      const { sheet } = this.#disk;
      const hold = this.#findHold();
      if (sheet === null || hold === null || this.#isShut()) return;
      this.#disk.sheet = withShifts(sheet, news);
      this.#disk.hold = { ...hold, shifts: news.mark };
    });
  }
  async putPacket(packet: Packet, found: readonly DoorId[] = []): Promise<void> {
    const key = await this.#edge.transact('lock.take', () => this.#lock?.lock.take() ?? null);
    const { history, ...sheet } = packet;
    const page = applyPull(history as Parameters<typeof applyPull>[0], packet.cursor);
    return this.#edge.transact('packets.putPacket', () => {
      const doors = new Set([...sheet.doors.map((door) => door.id), ...found]);
      for (const door of this.#disk.drafts.keys()) {
        if (!doors.has(door)) this.#disk.drafts.delete(door);
      }
      if (this.#lock !== null) this.#lock.notes.rows = key;
      this.#disk.rows.clear();
      this.#disk.sheet = sheet;
      this.#disk.hold = holdOf(sheet);
      this.#putPage(page);
    });
  }
  async purge(): Promise<void> {
    await this.#edge.transact('lock.destroy', () => this.#lock?.lock.destroy());
    return this.#edge.transact('packets.purge', () => {
      this.#disk.sheet = null;
      this.#disk.rows.clear();
      this.#disk.cursor = null;
      this.#disk.hold = null;
      this.#disk.drafts.clear();
    });
  }
  readCursor(): Promise<string | null> {
    return this.#edge.transact('packets.readCursor', () => this.#disk.cursor);
  }
  putPage(page: PulledPage, fromCursor: string): Promise<'written' | 'moved'> {
    return this.#edge.transact('packets.putPage', () => {
      if (this.#disk.cursor === page.cursor) return 'written';
      if (this.#disk.cursor !== fromCursor || this.#isShut()) return 'moved';
      this.#putPage(page);
      return 'written';
    });
  }
  readRows(): Promise<readonly LogRow[]> {
    return this.#edge.transact('packets.readRows', () =>
      this.#isShut() ? [] : [...this.#disk.rows.values()].sort((a, b) => a.seq - b.seq),
    );
  }
  findRows(opIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#edge.transact(
      'packets.findRows',
      () => new Set(opIds.filter((opId) => this.#disk.rows.has(opId))),
    );
  }
  readSeenStamp(): Promise<Stamp | null> {
    return this.#edge.transact('packets.readSeenStamp', () => this.#disk.seen);
  }
  readLastSyncedAt(): Promise<number | null> {
    return this.#edge.transact('packets.readLastSyncedAt', () => this.#disk.syncedAt);
  }
  noteSynced(at: number): Promise<void> {
    return this.#edge.transact('packets.noteSynced', () => {
      this.#disk.syncedAt = at;
    });
  }
  readDraft(doorId: DoorId): Promise<unknown> {
    return this.#edge.transact('packets.readDraft', () => this.#disk.drafts.get(doorId));
  }
  putDraft(doorId: DoorId, draft: unknown): Promise<void> {
    return this.#edge.transact('packets.putDraft', () => {
      if (this.#disk.sheet !== null) this.#disk.drafts.set(doorId, draft);
    });
  }
  dropDraft(doorId: DoorId): Promise<void> {
    return this.#edge.transact('packets.dropDraft', () => {
      this.#disk.drafts.delete(doorId);
    });
  }
  countDrafts(): Promise<number> {
    return this.#edge.transact('packets.countDrafts', () => this.#disk.drafts.size);
  }

  #isShut(): boolean {
    return this.#lock !== null && !this.#lock.lock.reads(this.#lock.notes.rows);
  }
  #findHold(): Hold | null {
    const { hold, sheet } = this.#disk;
    return hold ?? (sheet === null ? null : holdOf(sheet));
  }
  #putPage({ rows, cursor, seen }: PulledPage): void {
    for (const row of rows) this.#disk.rows.set(row.opId, row);
    this.#disk.cursor = cursor;
    if (seen !== null && (this.#disk.seen === null || seen > this.#disk.seen)) {
      this.#disk.seen = seen;
    }
  }
}
