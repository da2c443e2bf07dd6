/** One file of a ZIP archive, as its headers describe it. */
export interface ZipEntry {
  /** With slashes, below the one folder that all files are in. */
  readonly name: string;
  readonly crc: number;
  readonly size: number;
  readonly packed: number;
  /** Where its header begins. */
  readonly offset: number;
}

/** Above this a size or a place needs the 64 bits of ZIP64. */
export const LARGE = 0xf000_0000;
const MOST = 0xffff_ffff;
const UTF8 = 0x0800;
const DEFLATED = 8;

const FIRST = Date.UTC(1980, 0, 1);

/** Seconds in twos since 1980, UTC, as ZIP has them. */
function dosTime(at: number): number {
  const day = new Date(Math.max(at, FIRST));
  const date =
    ((day.getUTCFullYear() - 1980) << 9) | ((day.getUTCMonth() + 1) << 5) | day.getUTCDate();
  const time = (day.getUTCHours() << 11) | (day.getUTCMinutes() << 5) | (day.getUTCSeconds() >> 1);
  return date * 0x1_0000 + time;
}

/** The extra field of ZIP64 with these numbers; nothing where there are none. */
function wide(numbers: readonly number[]): Buffer {
  if (numbers.length === 0) return Buffer.alloc(0);
  const field = Buffer.alloc(4 + numbers.length * 8);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(numbers.length * 8, 2);
  numbers.forEach((one, i) => field.writeBigUInt64LE(BigInt(one), 4 + i * 8));
  return field;
}

/** What both headers of a file begin with after their mark: 26 bytes. */
function about({ name, crc, size, packed }: ZipEntry, at: number, large: boolean): Buffer {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(large ? 45 : 20, 0);
  head.writeUInt16LE(UTF8, 2);
  head.writeUInt16LE(DEFLATED, 4);
  head.writeUInt32LE(dosTime(at), 6);
  head.writeUInt32LE(crc, 10);
  head.writeUInt32LE(large ? MOST : packed, 14);
  head.writeUInt32LE(large ? MOST : size, 18);
  head.writeUInt16LE(Buffer.byteLength(name), 22);
  return head;
}

const mark = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** The header before a file's bytes. It has the same length whatever the file turns out to be. */
export function localHeader(entry: ZipEntry, at: number): Buffer {
  const large = entry.size >= LARGE;
  const extra = wide(large ? [entry.size, entry.packed] : []);
  const head = about(entry, at, large);
  head.writeUInt16LE(extra.length, 24);
  return Buffer.concat([mark(0x0403_4b50), head, Buffer.from(entry.name), extra]);
}

/** A file's line in the list at the end. */
export function listed(entry: ZipEntry, at: number): Buffer {
  const large = entry.size >= LARGE;
  const far = entry.offset >= LARGE;
  const extra = wide([
    ...(large ? [entry.size, entry.packed] : []),
    ...(far ? [entry.offset] : []),
  ]);
  const head = about(entry, at, large);
  head.writeUInt16LE(extra.length, 24);
  const rest = Buffer.alloc(14);
  // An ordinary file that its owner alone reads, as Unix says it.
  rest.writeUInt32LE(0o100600 * 0x1_0000, 6);
  rest.writeUInt32LE(far ? MOST : entry.offset, 10);
  const madeBy = Buffer.from([large || far ? 45 : 20, 3]);
  return Buffer.concat([mark(0x0201_4b50), madeBy, head, rest, Buffer.from(entry.name), extra]);
}

/** What ends a ZIP archive: where its list is. */
export function zipEnd(entries: number, listAt: number, listBytes: number): Buffer {
  const large = listAt >= LARGE || entries >= 0xffff;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(large ? 0xffff : entries, 8);
  end.writeUInt16LE(large ? 0xffff : entries, 10);
  end.writeUInt32LE(large ? MOST : listBytes, 12);
  end.writeUInt32LE(large ? MOST : listAt, 16);
  if (!large) return end;
  const wideEnd = Buffer.alloc(56);
  wideEnd.writeUInt32LE(0x0606_4b50, 0);
  wideEnd.writeBigUInt64LE(44n, 4);
  wideEnd.writeUInt16LE(45, 12);
  wideEnd.writeUInt16LE(45, 14);
  wideEnd.writeBigUInt64LE(BigInt(entries), 24);
  wideEnd.writeBigUInt64LE(BigInt(entries), 32);
  wideEnd.writeBigUInt64LE(BigInt(listBytes), 40);
  wideEnd.writeBigUInt64LE(BigInt(listAt), 48);
  const where = Buffer.alloc(20);
  where.writeUInt32LE(0x0706_4b50, 0);
  where.writeBigUInt64LE(BigInt(listAt + listBytes), 8);
  where.writeUInt32LE(1, 16);
  return Buffer.concat([wideEnd, where, end]);
}
