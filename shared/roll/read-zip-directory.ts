/** Bytes of a file from a place on; fewer at its end. */
export type ReadAt = (at: number, length: number) => Promise<Uint8Array>;

/** Entries beyond which an archive is not looked through. */
const MOST_ENTRIES = 1000;
/** The end record and the longest remark behind it. */
const TAIL = 22 + 65_535;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const FULL = 0xffffffff;
const LOCAL = 0x04034b50;

/** A file or folder in an archive, as its list at the end says. */
export interface ZipListed {
  readonly name: string;
  readonly method: number;
  readonly locked: boolean;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

/** What a ZIP archive lists (APPNOTE 6.3.10), or null when it is none that can be read. */
export async function readZipDirectory(readAt: ReadAt, bytes: number): Promise<ZipListed[] | null> {
  const from = Math.max(0, bytes - TAIL);
  const tail = new Fields(await readAt(from, bytes - from));
  let end = tail.length - 22;
  while (end >= 0 && tail.u32(end) !== END) end--;
  if (end < 0) return null;
  let count = tail.u16(end + 10);
  let size = tail.u32(end + 12);
  let at = tail.u32(end + 16);
  if (count === 0xffff || size === FULL || at === FULL) {
    const locator = new Fields(await readAt(from + end - 20, 20));
    if (locator.length < 20 || locator.u32(0) !== LOCATOR_64) return null;
    const wide = new Fields(await readAt(locator.u64(8), 56));
    if (wide.length < 56 || wide.u32(0) !== END_64) return null;
    count = wide.u64(32);
    size = wide.u64(40);
    at = wide.u64(48);
  }
  if (count > MOST_ENTRIES || size > bytes || at + size > bytes) return null;
  const directory = new Fields(await readAt(at, size));
  const listed: ZipListed[] = [];
  for (let pos = 0; listed.length < count;) {
    if (pos + 46 > directory.length || directory.u32(pos) !== ENTRY) return null;
    const nameLength = directory.u16(pos + 28);
    const extraLength = directory.u16(pos + 30);
    const extraAt = pos + 46 + nameLength;
    if (extraAt + extraLength > directory.length) return null;
    listed.push({
      name: directory.name(pos + 46, extraAt),
      method: directory.u16(pos + 10),
      locked: (directory.u16(pos + 8) & 1) !== 0,
      ...readSizes(directory, pos, directory.part(extraAt, extraAt + extraLength)),
    });
    pos = extraAt + extraLength + directory.u16(pos + 32);
  }
  return listed;
}

/** Where the packed bytes of a listed file begin; null where no such file is there, or it cannot be read. */
export async function zipStart(
  readAt: ReadAt,
  { at, packed, locked, method }: ZipListed,
  bytes: number,
): Promise<number | null> {
  if (locked || (method !== 0 && method !== 8)) return null;
  const local = new Fields(await readAt(at, 30));
  if (local.length < 30 || local.u32(0) !== LOCAL) return null;
  const start = at + 30 + local.u16(26) + local.u16(28);
  return start + packed > bytes ? null : start;
}

/** Sizes and place of an entry; those that do not fit 32 bits stand in an extra field. */
function readSizes(
  directory: Fields,
  pos: number,
  extra: Fields,
): Pick<ZipListed, 'packed' | 'size' | 'at'> {
  let packed = directory.u32(pos + 20);
  let size = directory.u32(pos + 24);
  let at = directory.u32(pos + 42);
  for (let i = 0; i + 4 <= extra.length;) {
    const length = extra.u16(i + 2);
    const wide = extra.part(i + 4, i + 4 + length);
    if (extra.u16(i) === 1) {
      let next = 0;
      const take = (): number => {
        const value = next + 8 <= wide.length ? wide.u64(next) : FULL;
        next += 8;
        return value;
      };
      if (size === FULL) size = take();
      if (packed === FULL) packed = take();
      if (at === FULL) at = take();
    }
    i += 4 + length;
  }
  return { packed, size, at };
}

/** Numbers and names in bytes, the lowest byte first. */
class Fields {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.#bytes.length;
  }

  u16(at: number): number {
    return this.#view.getUint16(at, true);
  }

  u32(at: number): number {
    return this.#view.getUint32(at, true);
  }

  u64(at: number): number {
    return Number(this.#view.getBigUint64(at, true));
  }

  /** Letters beyond ASCII do not matter to what a name says here. */
  name(from: number, to: number): string {
    return String.fromCharCode(...this.#bytes.subarray(from, to));
  }

  part(from: number, to: number): Fields {
    return new Fields(this.#bytes.subarray(from, to));
  }
}
