import { createReadStream, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, createDeflateRaw } from 'node:zlib';
import { type FileMark, markFile } from '../backup/seal-file.ts';
import { listed, localHeader, type ZipEntry, zipEnd } from './zip-entry.ts';

/** What is put into one file. */
export interface ZipWish {
  /** The folder whose files it takes. */
  readonly folder: string;
  /** Their names in it, with slashes. */
  readonly names: readonly string[];
  /** The folder that they unpack into. */
  readonly top: string;
  /** The moment that they all bear, in ms since 1970. */
  readonly at: number;
  /** Where the ZIP archive is written. */
  readonly to: string;
}

/** Packs one file at `offset`, its header last: only then its size is known. */
async function pack(
  zip: FileHandle,
  path: string,
  name: string,
  offset: number,
  at: number,
): Promise<ZipEntry> {
  const empty = { name, crc: 0, size: statSync(path).size, packed: 0, offset };
  const start = offset + localHeader(empty, at).length;
  let [crc, size, packed] = [0, 0, 0];
  const source = createReadStream(path, { highWaterMark: 1 << 20 });
  source.on('data', (chunk) => {
    crc = crc32(chunk, crc);
    size += chunk.length;
  });
  const deflate = createDeflateRaw({ chunkSize: 1 << 18 });
  source.on('error', (error) => deflate.destroy(error));
  for await (const chunk of source.pipe(deflate) as AsyncIterable<Buffer>) {
    await zip.write(chunk, 0, chunk.length, start + packed);
    packed += chunk.length;
  }
  if (size !== empty.size) throw new Error(`${name} has changed while it was packed.`);
  const entry = { name, crc, size, packed, offset };
  const header = localHeader(entry, at);
  await zip.write(header, 0, header.length, offset);
  return entry;
}

/**
 * Puts files into one ZIP archive that every system opens (PKWARE's APPNOTE, with ZIP64 where a file
 * is larger than 4 GB). Memory stays flat. Nobody else may read it.
 */
export async function zipFiles({ folder, names, top, at, to }: ZipWish): Promise<FileMark> {
  const zip = await open(to, 'wx', 0o600);
  try {
    const entries: ZipEntry[] = [];
    let offset = 0;
    for (const name of names) {
      const entry = await pack(zip, join(folder, name), `${top}/${name}`, offset, at);
      entries.push(entry);
      offset += localHeader(entry, at).length + entry.packed;
    }
    const list = Buffer.concat(entries.map((entry) => listed(entry, at)));
    const end = Buffer.concat([list, zipEnd(entries.length, offset, list.length)]);
    await zip.write(end, 0, end.length, offset);
    await zip.sync();
  } finally {
    await zip.close();
  }
  return markFile(to);
}
