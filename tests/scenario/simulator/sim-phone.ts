import { makeId, type Id, type PersonId } from '#shared/kernel/ids.ts';
import type { Dice, RandomBytes } from '#shared/kernel/random.ts';
import { RESULTS } from '#shared/model/results.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Chapter } from '#shared/model/chapter.ts';
import type { Reply } from '#shared/sync/classify-failure.ts';
import {
  type FactContext,
  makeRecorder,
  type Recorder,
} from '../../../client/store/record-fact.ts';
import { type Engine, makeEngine } from '../../../client/sync/engine.ts';
import type { Request } from '../../../client/sync/ports.ts';
import { type MadeDoor, START } from '../make-chapter.ts';
import { contactKnock, hashText, resultKnock } from '../make-operation.ts';
import { hashedBytes } from '../hashed-bytes.ts';
import type { Faults } from './faults.ts';
import { Life, never } from './life.ts';
import { type Disk, makeDisk, MemoryOutbox, MemoryPackets } from './memory-stores.ts';
import type { Mutant } from './mutants.ts';
import { simSeal, simSigner } from './sim-crypto.ts';
import type { SimNetwork } from './sim-network.ts';
import type { SimDevice } from './sim-server.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface PhoneSettings {
  readonly seed: number;
  readonly name: string;
  readonly chapter: Chapter;
  readonly holder: SimDevice;
  /** Doors that are in no turf of this phone. */
  readonly foreign: readonly MadeDoor[];
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly faults: Faults;
  readonly network: SimNetwork;
  readonly mutant: Mutant | null;
  readonly trace: (line: string) => void;
}

const IDLE = 60_000;

/** A phone with the real client core, whose storage survives its crashes. */
export class SimPhone {
  readonly disk: Disk;
  /** Facts of which the person was told "saved". */
  readonly told: Operation[] = [];
  readonly #is: PhoneSettings;
  readonly #random: RandomBytes;
  #skew: number;
  #life: Life | null = null;
  #engine: Engine | null = null;
  #recorder: Recorder | null = null;
  #crashesLeft: number;

  constructor(settings: PhoneSettings) {
    this.#is = settings;
    const { dice, faults, holder } = settings;
    this.#random = hashedBytes(`${settings.seed} ${settings.name}`);
    this.disk = makeDisk(makeId<Id<'epoch'>>(START, this.#random));
    const identity = {
      deviceId: holder.device.deviceId,
      deviceToken: holder.device.token,
      chapter: settings.chapter,
      member: holder.device.member,
    };
    this.disk.current = identity;
    this.disk.identities.set(identity.deviceId, identity);
    const day = 24 * 3_600_000;
    this.#skew = 0;
    if (faults.fires('clock-off')) this.#skew = dice.pick([-3650, -365, -1, 1, 365, 3650]) * day;
    this.#crashesLeft = dice.whole(0, 4);
  }

  get name(): string {
    return this.#is.name;
  }
  get holder(): SimDevice {
    return this.#is.holder;
  }

  /** Starts the app on what the disk holds. */
  boot(): void {
    const { dice, time, faults, trace, mutant } = this.#is;
    const crashAfter = this.#crashesLeft > 0 && !faults.healed ? dice.whole(1, 160) : Infinity;
    this.#crashesLeft -= 1;
    const life = new Life(time, dice, faults, crashAfter, () => this.#fall());
    const outbox = new MemoryOutbox(this.disk, life);
    const packets = new MemoryPackets(this.disk, life, mutant === 'cursor-before-rows');
    const clock = {
      now: () => START + time.now + this.#skew,
      elapsed: () => time.now,
      offset: () => -240,
    };
    const random = this.#random;
    const timers = {
      after: (ms: number, run: () => void) =>
        time.after(ms, () => {
          if (!life.dead) run();
        }),
    };
    const transport = { send: (request: Request) => this.#send(life, request) };
    const roll = (): number => dice.next();
    const core = { outbox, packets, transport, clock, timers, random, roll };
    const ports = { ...core, signer: simSigner, seal: simSeal, hash: hashText };
    const engine = makeEngine(ports, { idleMs: IDLE, tell: () => {} });
    this.#life = life;
    this.#engine = engine;
    this.#recorder = makeRecorder({ outbox, packets, clock, random, hash: hashText });
    trace(`${this.name} boots`);
    engine.start();
    outbox.watchUnsent((unsent) => {
      if (unsent > 0) engine.wakePush();
    });
    if (this.disk.sheet === null) void this.#getPacket(engine, life);
  }

  end(): void {
    this.#life?.end();
  }

  /** The trouble is over: no crash to come, and the person looks at the app again. */
  calm(): void {
    this.#crashesLeft = 0;
    this.#life?.calm();
    if (this.#life?.dead === false) void this.#engine?.syncNow();
  }

  /** The person knocks, or notes something, or takes it back. */
  async act(): Promise<void> {
    const { dice, trace, faults } = this.#is;
    const life = this.#life;
    if (life === null || life.dead || this.disk.sheet === null) return;
    if (faults.fires('clock-jump')) this.#skew += dice.whole(-600_000, 600_000);
    const result = await this.#record();
    if (life.dead || result === null) return;
    trace(`${this.name} ${result.ok ? `saved ${result.value.type}` : result.problem.code}`);
    if (result.ok) this.told.push(result.value);
  }

  #record(): ReturnType<Recorder['recordFact']> | null {
    const { dice, holder, foreign } = this.#is;
    const recorder = this.#recorder;
    if (recorder === null) return null;
    const random = this.#random;
    const context: FactContext = { turfId: holder.turf.id, scriptVersionId: null };
    const door = dice.pick(dice.chance(0.04) ? foreign : holder.turf.doors);
    const personId = dice.chance(0.7) ? dice.pick(door.people) : null;
    const last = this.told.at(-1);
    const what = dice.next();
    if (what < 0.1 && last !== undefined) return recorder.withdrawFact(last);
    if (what < 0.15 && last?.type === 'knock') {
      const payload = resultKnock({ id: last.entityId }, 'not-home');
      return recorder.recordFact('knock', payload, { ...context, supersedes: last.opId });
    }
    if (what < 0.25) {
      const payload = { doorId: door.id, personId, text: `${this.name} was here — “hello” ✊` };
      return recorder.recordFact('note', payload, context);
    }
    if (what < 0.3) return recorder.recordFact('lit-drop', { doorId: door.id }, context);
    if (what < 0.38) {
      const resident = makeId<PersonId>(START, random);
      const payload = { personId: resident, doorId: door.id, firstName: 'Io', lastName: 'Ray' };
      return recorder.recordFact('resident', payload, context);
    }
    if (what < 0.7) {
      const payload = contactKnock(door, personId, dice.whole(1, 5), random);
      return recorder.recordFact('knock', payload, context);
    }
    return recorder.recordFact('knock', resultKnock(door, dice.pick(RESULTS), personId), context);
  }

  async #getPacket(engine: Engine, life: Life): Promise<void> {
    const { time, trace } = this.#is;
    while (!life.dead && this.disk.sheet === null) {
      const failure = await engine.fetchPacket().catch(() => 'storage');
      if (failure !== null) await time.sleep(2_000);
    }
    trace(`${this.name} has its packet`);
    if (!life.dead) void engine.syncNow();
  }

  async #send(life: Life, request: Request): Promise<Reply> {
    const { network, trace, mutant } = this.#is;
    if (life.dead) return never();
    const reply = await network.send(request);
    const said = reply.kind === 'answer' ? `${reply.status} ${reply.json}` : reply.kind;
    trace(`${this.name} ${request.path.slice(0, 8)} ${said}${life.dead ? ' unheard' : ''}`);
    if (life.dead) return never();
    return mutant === null ? reply : this.#misread(mutant, request, reply);
  }

  /** Seeded bugs of a client that trusts what it hears, or gives up too early. */
  #misread(mutant: Mutant, request: Request, reply: Reply): Reply {
    if (reply.kind !== 'answer' || request.body === undefined) return reply;
    if (mutant === 'outbox-dropped-on-401' && reply.status === 401) {
      for (const [opId, op] of this.disk.ops) if (op.state === 'unsent') this.disk.ops.delete(opId);
    }
    if (mutant === 'html-200-acknowledges' && reply.status === 200 && !reply.json) {
      const { batchId, ops } = JSON.parse(request.body) as {
        batchId: string;
        ops: { opId: string }[];
      };
      const results = ops.map(({ opId }) => ({ opId, status: 'applied', seq: 1, repeat: false }));
      const value = { proto: 1, batchId, incarnation: 'x', serverNow: START, results };
      return { ...reply, json: true, text: JSON.stringify(value) };
    }
    return reply;
  }

  #fall(): void {
    const { dice, time, trace } = this.#is;
    trace(`${this.name} crashes`);
    time.after(dice.whole(100, 6_000), () => this.boot());
  }
}
