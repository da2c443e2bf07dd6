import { canonicalJson } from '../kernel/canonical.ts';
import type { AuditEntry, AuditFault } from '../model/audit.ts';

/** Before the first entry there are 32 bytes of nothing. */
export const CHAIN_START = '0'.repeat(64);

/** Gives the SHA-256 of a text's UTF-8 bytes, in hex. */
export type Sha256 = (text: string) => string;

/** An entry as it is written: actor and details as their canonical JSON, which is what is hashed. */
export interface WrittenEntry {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly actor: string;
  readonly subject: string;
  readonly details: string;
  /** Hex. */
  readonly hash: string;
}

/**
 * The hash of an entry: over the one before it and everything that the entry says, as canonical
 * JSON. Method: a hash chain (Haber and Stornetta 1991), so that no entry can be changed, dropped,
 * added or swapped without changing every hash after it.
 */
export function linkWritten(
  before: string,
  { seq, at, kind, actor, subject, details }: Omit<WrittenEntry, 'hash'>,
  sha256: Sha256,
): string {
  const said = `"kind":${JSON.stringify(kind)},"seq":${seq},"subject":${JSON.stringify(subject)}`;
  return sha256(`${before}\n{"actor":${actor},"at":${at},"details":${details},${said}}`);
}

/** An entry as it is written. */
export const toWritten = ({ actor, details, ...rest }: AuditEntry): WrittenEntry => ({
  ...rest,
  actor: canonicalJson(actor),
  details: canonicalJson(details),
});

/** The same hash for an entry that was read. */
export function linkEntry(before: string, entry: Omit<AuditEntry, 'hash'>, sha256: Sha256): string {
  return linkWritten(before, toWritten({ ...entry, hash: '' }), sha256);
}

/** What is wrong with a chain, at which entry. */
export interface ChainFault {
  readonly seq: number;
  readonly fault: AuditFault;
}

/** How far a chain had come at some time, as somebody outside the database knows it. */
export interface ChainHead {
  readonly seq: number;
  /** Hex. */
  readonly hash: string;
}

/** Follows a chain from its first entry to its last and says the first place where it breaks. */
export class ChainCheck {
  readonly #sha256: Sha256;
  readonly #heads = new Map<number, string[]>();
  #furthest = 0;
  #last: ChainHead = { seq: 0, hash: CHAIN_START };

  /** `heads`: what was noted elsewhere; each of them must be met on the way. */
  constructor(sha256: Sha256, heads: readonly ChainHead[] = []) {
    this.#sha256 = sha256;
    for (const { seq, hash } of heads) {
      this.#heads.set(seq, [...(this.#heads.get(seq) ?? []), hash]);
      this.#furthest = Math.max(this.#furthest, seq);
    }
  }

  /** Takes the next entry, in the order of `seq`; null while all is well. */
  take(entry: AuditEntry): ChainFault | null {
    return this.takeWritten(toWritten(entry));
  }

  /** The same for an entry as it is written, which costs a third. */
  takeWritten(entry: WrittenEntry): ChainFault | null {
    const { seq } = this.#last;
    if (entry.seq !== seq + 1) return { seq: seq + 1, fault: 'missing' };
    const hash = linkWritten(this.#last.hash, entry, this.#sha256);
    if (hash !== entry.hash) return { seq: entry.seq, fault: 'changed' };
    const noted = this.#heads.get(entry.seq);
    if (noted?.some((one) => one !== hash) === true) {
      return { seq: entry.seq, fault: 'other-head' };
    }
    this.#last = { seq: entry.seq, hash };
    return null;
  }

  /** After the last entry: null when the chain is whole and every noted head was met. */
  end(): ChainFault | null {
    return this.#furthest > this.#last.seq ? { seq: this.#last.seq + 1, fault: 'cut-off' } : null;
  }

  get head(): ChainHead {
    return this.#last;
  }
}

/**
 * True when an entry that stands elsewhere belongs at `seq`: where `before` ends, it gives the hash
 * that it bears, or the one that is written there. Tells entries that were swapped from one that
 * was changed.
 */
export function belongsAt(
  seq: number,
  before: string,
  entry: WrittenEntry,
  writtenThere: string,
  sha256: Sha256,
): boolean {
  const hash = linkWritten(before, { ...entry, seq }, sha256);
  return hash === entry.hash || hash === writtenThere;
}
