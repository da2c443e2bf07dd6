import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { loadAge } from './backup-key.ts';

/** What a file is known by. */
export interface FileMark {
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

const CHUNK = 1024 * 1024;
const MAGIC = 'age-encryption.org/v1\n';

/** Why a sealed file could not be opened. */
export class NotOpenedError extends Error {
  readonly reason: 'key' | 'damaged';
  constructor(reason: 'key' | 'damaged') {
    super(reason === 'key' ? 'This key does not open it.' : 'The file is damaged.');
    this.reason = reason;
  }
}

function readFrom(file: FileHandle): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { bytesRead, buffer } = await file.read(new Uint8Array(CHUNK), 0, CHUNK);
        if (bytesRead === 0) controller.close();
        else controller.enqueue(buffer.subarray(0, bytesRead));
      },
    },
    { highWaterMark: 1 },
  );
}

async function writeAll(
  from: ReadableStream<Uint8Array>,
  to: FileHandle,
  hash: Hash,
): Promise<number> {
  const reader = from.getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes;
    hash.update(value);
    bytes += value.length;
    for (let at = 0; at < value.length;) {
      at += (await to.write(value, at, value.length - at)).bytesWritten;
    }
  }
}

/** Passes a file through in chunks to a new one, which nobody else may read. */
async function pass(
  from: string,
  to: string,
  through: (plain: ReadableStream<Uint8Array>) => Promise<ReadableStream<Uint8Array>>,
): Promise<FileMark> {
  const [source, target] = [await open(from, 'r'), await open(to, 'wx', 0o600)];
  try {
    const hash = createHash('sha256');
    const bytes = await writeAll(await through(readFrom(source)), target, hash);
    await target.sync();
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    await source.close();
    await target.close();
  }
}

/** True when the file begins as every file does that age has sealed. */
export async function isSealed(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    return buffer.toString('latin1') === MAGIC;
  } finally {
    await file.close();
  }
}

/** How large a file is and its hash, read in chunks. */
export async function markFile(path: string): Promise<FileMark> {
  const file = await open(path, 'r');
  try {
    const hash = createHash('sha256');
    const reader = readFrom(file).getReader();
    let bytes = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { bytes, sha256: hash.digest('hex') };
      hash.update(value);
      bytes += value.length;
    }
  } finally {
    await file.close();
  }
}

/** Writes a file that only the recipient's secret opens. `to` must not exist. Memory stays flat. */
export async function sealFile(from: string, to: string, recipient: string): Promise<FileMark> {
  const { Encrypter } = await loadAge();
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return pass(from, to, (plain) => encrypter.encrypt(plain));
}

/**
 * Writes what a sealed file holds to a new file. Throws NotOpenedError where the key is another one
 * or a single byte has changed; what was written until then is the caller's to remove.
 */
export async function openSealed(from: string, to: string, secret: string): Promise<FileMark> {
  const { Decrypter } = await loadAge();
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(secret);
  } catch {
    throw new NotOpenedError('key');
  }
  let isOpen = false;
  try {
    return await pass(from, to, async (sealed) => {
      const plain = await decrypter.decrypt(sealed);
      isOpen = true;
      return plain;
    });
  } catch (error) {
    // A full disk, or no right to read, is neither.
    if ((error as { code?: unknown }).code !== undefined) throw error;
    const other = !isOpen && /no identity matched/.test(String(error));
    throw new NotOpenedError(other ? 'key' : 'damaged');
  }
}
