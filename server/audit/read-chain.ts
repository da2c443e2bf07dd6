import type { Kysely } from 'kysely';
import type { AuditActor } from '#shared/model/audit.ts';
import type { WrittenEntry } from '#shared/privacy/audit-chain.ts';
import { actorIdOf, type AuditRow } from '../store/audit-row.ts';
import type { Tables } from '../store/tables.ts';

/** Entries that are in memory at a time. */
const PAGE = 2000;
/** Actors that are remembered. */
const KEPT = 10_000;

/** A row as its hash was made over it. */
export function toWritten({ hash, ...row }: AuditRow): WrittenEntry {
  return { ...row, hash: Buffer.from(hash).toString('hex') };
}

/** Whether a row is found under the actor that it names. Chapters have few: each is read once. */
export class ActorIds {
  readonly #ids = new Map<string, string | null>();

  isRight({ actor, actor_id: id }: Pick<AuditRow, 'actor' | 'actor_id'>): boolean {
    let known = this.#ids.get(actor);
    if (known === undefined) {
      known = readId(actor);
      if (this.#ids.size >= KEPT) this.#ids.clear();
      this.#ids.set(actor, known);
    }
    return known === id;
  }
}

function readId(actor: string): string | null {
  try {
    return actorIdOf(JSON.parse(actor) as AuditActor);
  } catch {
    return null;
  }
}

/**
 * The rows of the chain in the order of their numbers, page after page: the same memory however
 * long the chain is, and nobody waits for the reader between two pages.
 */
export async function* readChain(
  db: Kysely<Tables>,
  upTo = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<readonly AuditRow[]> {
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', after)
      .where('seq', '<=', upTo)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.seq ?? after;
  }
}
