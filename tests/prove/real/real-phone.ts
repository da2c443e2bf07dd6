import { createHash, webcrypto } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { type Id, makeId } from '#shared/kernel/ids.ts';
import { type Dice, seededBytes } from '#shared/kernel/random.ts';
import type { ResultCode } from '#shared/model/results.ts';
import { DexieOutbox } from '../../../client/store/dexie-outbox.ts';
import { DexiePackets } from '../../../client/store/dexie-packets.ts';
import type { OutboxOp } from '../../../client/store/outbox-store.ts';
import { makeRecorder, type Recorder } from '../../../client/store/record-fact.ts';
import { type Engine, makeEngine } from '../../../client/sync/engine.ts';
import { joinTurf } from '../../../client/sync/join.ts';
import type { CorePorts } from '../../../client/sync/ports.ts';
import { sealText } from '../../../client/store/seal-text.ts';
import { webSigner } from '../../../client/sync/signer.ts';
import { fetchTransport } from '../../../client/sync/transport.ts';

const MADE: readonly ResultCode[] = ['not-home', 'refused', 'come-back', 'moved'];
const IDLE_MS = 30_000;

export interface RealPhoneWish {
  /** Where the server is, or what stands before it. */
  readonly url: () => string;
  /** Waits and timeouts of the phone are divided by this. */
  readonly speed: number;
  readonly dice: Dice;
  /** A database that is there already, such as one of an earlier release. */
  readonly indexedDB?: IDBFactory;
}

/** The app's own client core, IndexedDB stores and transport, without the screens. */
export class RealPhone {
  readonly outbox: DexieOutbox;
  readonly packets: DexiePackets;
  readonly #is: RealPhoneWish;
  readonly #ports: CorePorts;
  readonly #recorder: Recorder;
  #witness: string | null = null;
  #engine: Engine;
  #stopWatching = (): void => {};

  constructor(wish: RealPhoneWish) {
    const { dice, speed, url } = wish;
    this.#is = wish;
    const random = seededBytes(dice);
    const source = { indexedDB: wish.indexedDB ?? new IDBFactory(), IDBKeyRange };
    this.outbox = new DexieOutbox(() => makeId<Id<'epoch'>>(Date.now(), random), source);
    this.packets = new DexiePackets(source);
    const { outbox, packets } = this;
    const hash = (text: string): Promise<string> =>
      Promise.resolve(createHash('sha256').update(text).digest('hex'));
    this.#ports = {
      outbox,
      packets,
      transport: {
        send: (request) =>
          fetchTransport.send({
            ...request,
            path: `${url()}${request.path}`,
            timeoutMs: request.timeoutMs / speed,
          }),
      },
      clock: { now: () => Date.now(), elapsed: () => performance.now() },
      timers: {
        after: (ms, run) => {
          const timer = setTimeout(run, ms / speed);
          return () => clearTimeout(timer);
        },
      },
      random,
      roll: () => dice.next(),
      signer: webSigner,
      seal: sealText,
      hash,
    };
    this.#recorder = makeRecorder({
      outbox,
      packets,
      clock: { now: () => Date.now(), offset: () => -240 },
      random,
      hash,
      seal: sealText,
    });
    this.#engine = this.#makeEngine();
  }

  #makeEngine(): Engine {
    return makeEngine(this.#ports, { idleMs: IDLE_MS, tell: () => {} });
  }

  /** Joins and fetches the packet, trying again as a person would. */
  async join(code: string, name: string): Promise<void> {
    const { outbox, transport, signer } = this.#ports;
    const witness = {
      read: () => this.#witness,
      write: (deviceId: string) => void (this.#witness = deviceId),
    };
    const joined = await joinTurf({ code, name }, { outbox, transport, signer, witness });
    if (!joined.ok) throw new Error(`joining: ${joined.problem.code}`);
  }

  async fetchPacket(): Promise<boolean> {
    return (await this.#engine.fetchPacket()) === null;
  }

  /** Opens the app: from here on it syncs by itself. */
  start(): void {
    this.#engine.start();
    this.#stopWatching = this.outbox.watchUnsent((unsent) => {
      if (unsent > 0) this.#engine.wakePush();
    });
  }

  stop(): void {
    this.#stopWatching();
    this.#engine.stop();
  }

  /** Closes the app and opens it again on the same databases. */
  restart(): void {
    this.stop();
    this.#engine = this.#makeEngine();
    this.start();
  }

  syncNow(): Promise<void> {
    return this.#engine.syncNow();
  }

  /** Saves a knock at some door of the turf; gives its id once it is durable. */
  async knock(): Promise<string> {
    const sheet = await this.packets.readPacket();
    if (sheet === null) throw new Error('a phone without a packet');
    const { dice } = this.#is;
    const outcome = { kind: 'result' as const, result: dice.pick(MADE) };
    const saved = await this.#recorder.recordFact(
      'knock',
      { doorId: dice.pick(sheet.doors).id, personId: null, outcome, answers: [], note: null },
      { turfId: sheet.turf.id, scriptVersionId: sheet.script?.id ?? null },
    );
    if (!saved.ok) throw new Error(`saving: ${saved.problem.code}`);
    return saved.value.opId;
  }

  /** What no server has answered for yet. */
  async unsent(): Promise<readonly OutboxOp[]> {
    return this.outbox.listIn(['unsent', 'again']);
  }

  /** Waits until everything is with the chapter; false when that takes too long. */
  async drained(limitMs: number): Promise<boolean> {
    const until = performance.now() + limitMs;
    for (;;) {
      if ((await this.unsent()).length === 0) return true;
      if (performance.now() > until) return false;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  close(): void {
    this.stop();
    this.outbox.close();
    this.packets.close();
  }
}

// Node has WebCrypto's keys; older ones do not name their class globally.
if (!('CryptoKey' in globalThis)) Object.assign(globalThis, { CryptoKey: webcrypto.CryptoKey });
