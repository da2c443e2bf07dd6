import type { AuditCheck, AuditCheckState } from '#shared/model/audit.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { expectedHead } from './expected-head.ts';
import { verifyChain } from './verify-chain.ts';

interface Running {
  done: number;
  entries: number;
}

/** The checks of whole chains that this process runs, one a chapter at a time. */
export class ChainChecks {
  readonly #ports: Pick<Ports, 'clock' | 'registry'>;
  readonly #running = new Map<string, Running>();
  readonly #warn: (sentence: string) => void;
  #closing = false;

  constructor(ports: Pick<Ports, 'clock' | 'registry'>, warn: (sentence: string) => void) {
    this.#ports = ports;
    this.#warn = warn;
  }

  /** How far the check under way is, and how the last one ended, whoever asked for it. */
  async state(db: ChapterDb): Promise<AuditCheckState> {
    const { audit_checked: checked } = await db.read
      .selectFrom('chapter')
      .select('audit_checked')
      .executeTakeFirstOrThrow();
    const running = this.#running.get(db.id);
    return {
      running: running === undefined ? null : { ...running },
      last: checked === null ? null : (JSON.parse(checked) as AuditCheck),
    };
  }

  /** Starts a check of the chapter's chain unless one runs; says how it stands. */
  start(db: ChapterDb): Promise<AuditCheckState> {
    if (!this.#running.has(db.id)) {
      this.#running.set(db.id, { done: 0, entries: 0 });
      void this.#run(db);
    }
    return this.state(db);
  }

  /** Lets go of what runs: it ends without a result. */
  close(): void {
    this.#closing = true;
  }

  async #run(db: ChapterDb): Promise<void> {
    try {
      const { head } = await expectedHead(db, this.#ports.registry);
      const { entries, fault } = await verifyChain(db.read, {
        heads: head === null ? [] : [head],
        onProgress: (done, all) => {
          if (this.#closing) throw new Error('The server ends.');
          this.#running.set(db.id, { done, entries: all });
        },
      });
      const check: AuditCheck = { at: this.#ports.clock(), entries, fault };
      await db.write((trx) =>
        trx
          .updateTable('chapter')
          .set({ audit_checked: JSON.stringify(check) })
          .execute(),
      );
      if (fault !== null) {
        this.#warn(
          `The audit chain of chapter ${db.id} is broken at entry ${fault.seq}: ${fault.fault}.`,
        );
      }
    } catch (error) {
      if (!this.#closing) this.#warn(`The audit chain was not checked: ${String(error)}`);
    } finally {
      this.#running.delete(db.id);
    }
  }
}
