import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Dice } from '#shared/kernel/random.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { keepSome, type Keep, type Kept, type Change } from './keep-some.ts';
import type { DiskEvent } from './read-trace.ts';

/** A file: what is on the disk for certain, and what the operating system may still have in hand. */
interface FileNode {
  readonly safe: GrowingBytes;
  pending: (Change & { readonly order: number })[];
}

interface NameChange {
  readonly order: number;
  readonly path: string;
  /** Null when the name goes. */
  readonly node: FileNode | null;
  /** One with the change before it, as the halves of a rename are. */
  readonly joined: boolean;
}

/** What was lost and torn in a cut. */
export interface CutFacts extends Omit<Kept, 'bytes'> {
  /** Changes to folders that had not been synced, and how many of them are not there. */
  readonly namesPending: number;
  readonly namesLost: number;
}

/**
 * A disk under a server whose calls are played to it: it knows what a sync has promised and what not
 * yet. Names are a journal for each folder, as on ext4, XFS and btrfs: a beginning of it is there.
 */
export class TracedDisk {
  readonly #root: string;
  readonly #names = new Map<string, FileNode>();
  readonly #safeNames = new Map<string, FileNode>();
  #nameChanges: NameChange[] = [];
  #order = 0;

  constructor(root: string, base: ReadonlyMap<string, Buffer>) {
    this.#root = root;
    for (const [path, bytes] of base) {
      const node: FileNode = { safe: GrowingBytes.of(bytes), pending: [] };
      this.#names.set(path, node);
      this.#safeNames.set(path, node);
    }
  }

  #node(path: string): FileNode {
    const node = this.#names.get(path);
    if (node === undefined) throw new Error(`The trace writes to ${path}, which nobody made.`);
    return node;
  }

  #rename(path: string, node: FileNode | null, joined = false): void {
    if (node === null) this.#names.delete(path);
    else this.#names.set(path, node);
    this.#nameChanges.push({ order: this.#order, path, node, joined });
  }

  /** Events must come in their order, each once. */
  play(event: DiskEvent): void {
    const order = this.#order;
    this.#order += 1;
    if (event.kind === 'ack') return;
    const { path } = event;
    if (event.kind === 'create') {
      this.#rename(path, { safe: GrowingBytes.of(Buffer.alloc(0)), pending: [] });
    } else if (event.kind === 'unlink') {
      this.#rename(path, null);
    } else if (event.kind === 'rename') {
      this.#rename(event.to, this.#node(path));
      this.#rename(path, null, true);
    } else if (event.kind === 'sync') {
      this.#sync(path, event.began);
    } else if (event.kind === 'write') {
      this.#node(path).pending.push({ kind: 'write', at: event.at, bytes: event.bytes, order });
    } else {
      this.#node(path).pending.push({ kind: 'size', size: event.size, order });
    }
  }

  #sync(path: string, began: number): void {
    const node = this.#names.get(path);
    if (node !== undefined) {
      for (const change of node.pending) {
        if (change.order >= began) continue;
        if (change.kind === 'write') node.safe.write(change.at, change.bytes);
        else node.safe.resize(change.size);
      }
      node.pending = node.pending.filter((change) => change.order >= began);
      return;
    }
    // A folder's: its names are safe now. A file's own sync promises nothing of its name.
    this.#nameChanges = this.#nameChanges.filter((change) => {
      if (dirname(change.path) !== path || change.order >= began) return true;
      if (change.node === null) this.#safeNames.delete(change.path);
      else this.#safeNames.set(change.path, change.node);
      return false;
    });
  }

  /** How many writes of a file wait for its sync. */
  pendingOf(path: string): number {
    return this.#names.get(path)?.pending.length ?? 0;
  }

  get namesPending(): number {
    return this.#nameChanges.length;
  }

  /** Every file as the server itself saw it. */
  seen(): ReadonlyMap<string, Buffer> {
    const files = new Map<string, Buffer>();
    for (const [path, node] of this.#names)
      files.set(path, keepSome(node.safe, node.pending, 'all').bytes);
    return files;
  }

  /** Writes into a folder what could be there after a power cut now. */
  cut(folder: string, dice: Dice, keep: Keep | null): CutFacts {
    const names = new Map(this.#safeNames);
    const left = [...this.#nameChanges];
    const stay = keep === 'all' ? left.length : dice.whole(0, left.length);
    let lost = 0;
    for (const [i, change] of left.entries()) {
      if (i >= stay && !(change.joined && i === stay)) lost += 1;
      else if (change.node === null) names.delete(change.path);
      else names.set(change.path, change.node);
    }
    const facts = { pending: 0, dropped: 0, torn: 0, reordered: 0 };
    for (const [path, node] of names) {
      const how =
        keep ?? dice.pick(['none', 'all', 'writes', 'writes', 'sectors', 'sectors'] as const);
      const { bytes, ...more } = keepSome(node.safe, node.pending, how, dice);
      for (const name of ['pending', 'dropped', 'torn', 'reordered'] as const)
        facts[name] += more[name];
      const file = join(folder, relative(this.#root, path));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
      // The shared memory was never synced: whatever is found there must not be believed.
      if (path.endsWith('-wal') && dice.chance(0.5)) {
        const rubbish = Buffer.from(Array.from({ length: 4096 }, () => dice.whole(0, 255)));
        writeFileSync(`${file.slice(0, -4)}-shm`, Buffer.concat(Array<Buffer>(8).fill(rubbish)));
      }
    }
    return { ...facts, namesPending: left.length, namesLost: lost };
  }
}
