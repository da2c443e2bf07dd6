import type { Client, Notification } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresServer } from './postgres-server.ts';

const CHANNEL = 'homeground';
/** Notices of one moment travel together. */
const GATHER_MS = 100;
const RETRY_MS = 1000;
/** A silent connection may be dead: it is asked this often whether it is there. */
const ASK_MS = 15_000;
/** PostgreSQL takes 8,000 bytes at a time. */
const MOST_BYTES = 7000;

export interface RelayListener {
  /** Another process of this installation said this. */
  heard(topic: string, keys: readonly number[]): void;
  /** Something may have been missed, and listening goes on from now. */
  missed(): void;
}

/**
 * Carries short notices between the processes that share a PostgreSQL server. Nothing is promised to
 * arrive; but what may have been missed is known.
 */
export class PostgresRelay {
  readonly #server: PostgresServer;
  /** Tells our own notices from those of others. */
  readonly #self: string;
  readonly #listener: RelayListener;
  readonly #waiting = new Map<string, Set<number>>();
  #timer: NodeJS.Timeout | null = null;
  #client: Client | null = null;
  readonly #closing = new AbortController();

  private constructor(server: PostgresServer, self: string, listener: RelayListener) {
    this.#server = server;
    this.#self = self;
    this.#listener = listener;
  }

  /** Listens when this resolves. `self` is another text for each process. */
  static async open(
    server: PostgresServer,
    self: string,
    listener: RelayListener,
  ): Promise<PostgresRelay> {
    const relay = new PostgresRelay(server, self, listener);
    await relay.#listen();
    return relay;
  }

  /** Tells the other processes, soon. */
  send(topic: string, keys: readonly number[]): void {
    const waiting = this.#waiting.get(topic) ?? new Set();
    for (const key of keys) waiting.add(key);
    this.#waiting.set(topic, waiting);
    this.#timer ??= setTimeout(() => void this.#flush(), GATHER_MS);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#client?.end().catch(() => {});
  }

  async #flush(): Promise<void> {
    this.#timer = null;
    const taken = [...this.#waiting];
    this.#waiting.clear();
    const payloads = taken.flatMap(([topic, keys]) => this.#pack(topic, [...keys]));
    try {
      await this.#server.use('pg_catalog', (session) =>
        session.query('select pg_notify($1, one) from unnest($2::text[]) one', [CHANNEL, payloads]),
      );
    } catch {
      if (this.#closing.signal.aborted) return;
      for (const [topic, keys] of taken) this.send(topic, [...keys]);
    }
  }

  #pack(topic: string, keys: readonly number[]): string[] {
    const head = `${this.#self} ${topic} `;
    const payloads: string[] = [];
    let words = '';
    for (const key of keys) {
      if (words.length > MOST_BYTES) {
        payloads.push(head + words);
        words = '';
      }
      words += words === '' ? String(key) : `,${key}`;
    }
    return words === '' ? payloads : [...payloads, head + words];
  }

  async #listen(): Promise<void> {
    const client = await this.#server.openClient(ASK_MS);
    client.on('error', () => {});
    client.on('notification', (notice) => this.#hear(notice));
    const ask = setInterval(() => {
      client.query('select 1').catch(() => void client.end().catch(() => {}));
    }, ASK_MS);
    client.once('end', () => {
      clearInterval(ask);
      // One that never listened is tried again by whoever opened it.
      if (this.#client === client && !this.#closing.signal.aborted) void this.#listenAgain();
    });
    try {
      await client.query(`listen ${CHANNEL}`);
      this.#client = client;
    } catch (error) {
      clearInterval(ask);
      await client.end().catch(() => {});
      throw error;
    }
  }

  async #listenAgain(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      try {
        await this.#listen();
        this.#listener.missed();
        return;
      } catch {
        await sleep(RETRY_MS, null, { signal: this.#closing.signal }).catch(() => {});
      }
    }
  }

  #hear({ payload = '' }: Notification): void {
    const [from, topic = '', keys = ''] = payload.split(' ');
    if (from === this.#self) return;
    this.#listener.heard(topic, keys.split(',').map(Number));
  }
}
