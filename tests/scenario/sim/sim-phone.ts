import { type DoorId, makeId, type Id } from '#shared/kernel/ids.ts';
import type { Dice, RandomBytes } from '#shared/kernel/random.ts';
import type { Result } from '#shared/kernel/result.ts';
import { type ResultCode, RESULTS } from '#shared/model/results.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Failure, Reply } from '#shared/sync/classify-failure.ts';
import {
  type FactContext,
  makeRecorder,
  type Recorder,
} from '../../../client/store/record-fact.ts';
import type { GuardKind } from '../../../client/lock/lock-disk.ts';
import { NO_NOTES } from '../../../client/store/outbox-store.ts';
import { type Engine, makeEngine } from '../../../client/sync/engine.ts';
import { joinTurf, keepIdentity } from '../../../client/sync/join.ts';
import { makeRescueText, takeRescueText } from '../../../client/sync/rescue.ts';
import type { Request } from '../../../client/sync/ports.ts';
import { hashedBytes } from '../hashed-bytes.ts';
import { contactKnock, hashText, resultKnock } from './made-facts.ts';
import type { Faults } from './faults.ts';
import { type CrashPlan, type Gate, Life, never } from './life.ts';
import { type Disk, type FactWatch, makeDisk } from './disk.ts';
import type { JoinedPhone } from './joined-phones.ts';
import { MemoryOutbox } from './memory-outbox.ts';
import { MemoryPackets } from './memory-packets.ts';
import { type AsideKind, isAside, sayAside, saidBeside } from './said-beside.ts';
import { simSeal, simSigner } from './sim-crypto.ts';
import type { SimNetwork } from './sim-network.ts';
import { SimLock } from './sim-lock.ts';
import { SimTalk } from './sim-talk.ts';
import { START, type Town, type TownDoor, type TownTurf } from './town-template.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface PhoneSettings {
  readonly seed: number;
  readonly towns: readonly Town[];
  readonly name: string;
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly faults: Faults;
  readonly network: SimNetwork;
  /** What guards its rows. */
  readonly guard: GuardKind | null;
  /** Where this run of the app will end; asked at each start. */
  readonly planCrash: () => CrashPlan;
  readonly trace: (line: string) => void;
  /** Called after each crash with the storage as it was left. */
  readonly onCrash: (phone: SimPhone, gate: Gate) => void;
  readonly onActed: (phone: SimPhone) => void;
  readonly watch: FactWatch;
}

/** A turf that somebody was given the QR of. */
export interface Errand {
  readonly town: Town;
  readonly turf: TownTurf;
}

/** Who a phone is to a chapter. */
export interface Face {
  readonly deviceId: string;
  readonly town: Town;
}

/** A fact of which the person was told "saved". */
export interface Told {
  readonly operation: Operation;
  readonly town: Town;
  /** `wiped`: its phone lost its storage when a server had it already, as far as the phone knew. */
  fate: 'kept' | 'wiped' | 'lost with its phone';
}

/** The server says that there is nothing for this phone. */
const isFinal = ({ problem }: Failure): boolean => problem.code === 'no-turf';

const IDLE = 60_000;
/** From where to where, of all that is said, it is no knock. */
const BESIDE = [0.15, 0.38] as const;
const DAY = 24 * 3_600_000;

/** A phone with the real client core, whose storage survives its crashes, and whoever carries it. */
export class SimPhone {
  readonly told: Told[] = [];
  disk: Disk;
  /** The turf that the person wants to walk. */
  errand: Errand | null = null;
  /** The app is never started again. */
  broken = false;
  /** Who it was when the desk called it lost. */
  readonly strangers = new Set<string>();
  /** Of the operations whose rows its browser has lost. */
  readonly rowsLost = new Set<string>();
  /** Facts that were nowhere but in a storage that was deleted. */
  lost = 0;
  readonly #is: PhoneSettings;
  readonly #random: RandomBytes;
  #faces = new Map<string, Face>();
  #skew = 0;
  /** Outside the databases: which phone this was. */
  #was: string | null = null;
  readonly #witness = {
    read: () => this.#was,
    write: (deviceId: string) => {
      this.#was = deviceId;
    },
  };
  #joined: TownTurf | null = null;
  #settledFor: Errand | null = null;
  #life: Life | null = null;
  #engine: Engine | null = null;
  #recorder: Recorder | null = null;
  readonly #talk: SimTalk;
  #lock: SimLock | null = null;
  /** Whoever carries it keeps it unlocked: the walk is over and is looked at. */
  #looked = false;
  #rescue: {
    readonly make: () => Promise<Result<string>>;
    readonly take: (text: string) => Promise<Result<number>>;
  } | null = null;
  /** Doors that this phone has found, as far as it knows. */
  #found: { readonly turf: string; readonly door: TownDoor }[] = [];
  /** Since the hall, until it is started anew. */
  #openSince: SimLock | null = null;
  #fromHall = false;
  #join: ((token: string) => Promise<Result<unknown>>) | null = null;

  constructor(settings: PhoneSettings) {
    this.#is = settings;
    this.#random = hashedBytes(`${settings.seed} ${settings.name}`);
    this.#talk = new SimTalk(`${settings.seed} ${settings.name}`, settings.time);
    this.disk = this.#makeDisk();
    const { dice, faults } = settings;
    if (faults.fires('clock-off')) this.#skew = dice.pick([-3650, -365, -1, 1, 365, 3650]) * DAY;
  }

  get name(): string {
    return this.#is.name;
  }
  get running(): boolean {
    return this.#life !== null && !this.#life.dead;
  }
  /** Facts that no server has answered for, as far as this phone knows. */
  get unsent(): number {
    const ops = [...this.disk.outbox.ops.values()];
    return ops.filter((op) => op.state === 'unsent' || op.state === 'again').length;
  }
  /** It has tried until it has what the person wants, or was told that it may not have it. */
  get settled(): boolean {
    return this.broken || this.errand === null || this.#settledFor === this.errand;
  }
  /** Who the phone is, to the chapter that it joined last. */
  get deviceId(): string | null {
    return this.disk.outbox.current?.deviceId ?? null;
  }
  get town(): Town | null {
    const id = this.disk.outbox.current?.chapter.id;
    return this.#is.towns.find((town) => town.chapterId === id) ?? null;
  }
  /** Everybody that the phone has been to any chapter. */
  get faces(): readonly Face[] {
    for (const { deviceId, chapter } of this.disk.outbox.identities.values()) {
      const town = this.#is.towns.find((one) => one.chapterId === chapter.id);
      if (town !== undefined) this.#faces.set(deviceId, { deviceId, town });
    }
    return [...this.#faces.values()];
  }

  /** The person scans a QR, now or as soon as the app runs. */
  take(errand: Errand): void {
    this.errand = errand;
    this.#joined = null;
    if (this.running) void this.#settleIn();
  }

  /**
   * It joined and fetched its turf in the hall, where all went well, and was never closed since: its
   * disk is as the core has left it there.
   */
  async hasJoined(
    errand: Errand,
    { joined, keys, packet }: JoinedPhone,
    now: { readonly incarnation: string; readonly cursor: string },
  ): Promise<void> {
    const { disk } = this;
    const lock = new SimLock(disk.lock);
    lock.open();
    const edge = { transact: async <T>(_: string, work: () => T) => work() };
    const outbox = new MemoryOutbox(disk.outbox, edge, { lock, notes: disk.lock });
    const packets = new MemoryPackets(disk.packet, edge, { lock, notes: disk.lock });
    await keepIdentity(joined, keys, {}, { outbox, witness: this.#witness });
    await outbox.noteContact({
      deviceId: joined.deviceId,
      incarnation: now.incarnation,
      serverMs: packet.serverNow,
      clockOffsetMs: -this.#skew,
    });
    await packets.putPacket({ ...packet, ...now });
    this.errand = errand;
    this.#joined = errand.turf;
    this.#openSince = lock;
    this.#fromHall = true;
  }

  /** Starts the app on what the disk holds. */
  boot(): void {
    if (this.broken || this.running) return;
    const { dice, time, faults, trace, planCrash } = this.#is;
    const life = new Life({
      time,
      dice,
      faults,
      crash: planCrash(),
      onCrash: (g) => this.#fall(g),
    });
    if (faults.healed) life.calm();
    const lock = this.#openSince ?? new SimLock(this.disk.lock);
    this.#openSince = null;
    if (this.#looked) lock.open();
    this.#lock = lock;
    const locked = { lock, notes: this.disk.lock };
    const outbox = new MemoryOutbox(this.disk.outbox, life, locked);
    const packets = new MemoryPackets(this.disk.packet, life, locked);
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
    const ports = {
      outbox,
      packets,
      transport,
      clock,
      timers,
      random,
      roll,
      signer: simSigner,
      seal: simSeal,
      hash: hashText,
      talks: this.#talk.start(),
      lock: {
        guard: () => Promise.resolve(this.disk.lock.guard),
        clear: () => Promise.resolve(lock.clear()),
      },
    };
    const engine = makeEngine(ports, { idleMs: IDLE, tell: () => {} });
    this.#life = life;
    this.#engine = engine;
    this.#recorder = makeRecorder({
      outbox,
      packets,
      clock,
      random,
      hash: hashText,
      seal: simSeal,
    });
    this.#rescue = {
      make: () => makeRescueText(ports),
      take: (text) => takeRescueText(ports, text),
    };
    this.#join = (code) =>
      joinTurf(
        { code, name: this.name },
        { outbox, transport, signer: simSigner, witness: this.#witness },
      );
    trace(`${this.name} boots`);
    engine.start();
    outbox.watchUnsent((unsent) => {
      if (unsent > 0) engine.wakePush();
    });
    void this.#settleIn();
  }

  /** How long, in ms, a turf that has ended has been kept for a conversation; null when none is. */
  get waited(): number | null {
    return this.disk.outbox.head.waiting === null ? null : this.#talk.waited;
  }

  /** The person closes the app. */
  close(): void {
    this.#talk.drop();
    this.#life?.end();
    this.#life = null;
  }

  /** The trouble is over: no crash to come, and the person looks at the app again. */
  calm(): void {
    this.#talk.calm();
    this.#looked = true;
    this.#lock?.open();
    this.#life?.calm();
    if (this.running) void this.sync();
    else this.boot();
  }

  /** The button; resolves when both halves have come to an end, well or not. */
  async sync(): Promise<void> {
    await this.#engine?.syncNow();
  }

  /** The browser, or the person, deletes everything that the app has stored. */
  wipe(): void {
    this.close();
    // An answer to who the phone was may still be under way.
    this.#faces = new Map(this.faces.map((face) => [face.deviceId, face]));
    for (const told of this.told) {
      if (told.fate !== 'kept') continue;
      const op = this.disk.outbox.ops.get(told.operation.opId);
      const only = op === undefined || op.state === 'unsent' || op.state === 'again';
      told.fate = only ? 'lost with its phone' : 'wiped';
      if (only) this.lost += 1;
    }
    this.disk = this.#makeDisk();
    this.#found = [];
    this.#joined = null;
    this.#settledFor = null;
  }

  /** The file for when the phone itself cannot send; null when it cannot be made now. */
  async makeRescue(): Promise<string | null> {
    const life = this.#life;
    // With a storage that fails there is no file; the person tries another time.
    const made = await this.#rescue?.make();
    return life === null || life.dead || made?.ok !== true ? null : made.value;
  }

  /** True when another phone's file is on this one's disk. */
  async takeRescue(text: string): Promise<boolean> {
    return (await this.#rescue?.take(text))?.ok === true;
  }

  /** It falls into the river. What it had not sent, and no file holds, is gone with it. */
  destroy(): void {
    this.wipe();
    this.broken = true;
  }

  /** Its storage is as the first version of the app left it. */
  becomeOld(): void {
    const { outbox } = this.disk;
    for (const { deviceId, deviceToken, chapter, member } of outbox.identities.values()) {
      const identity = { deviceId, deviceToken, chapter, member };
      outbox.identities.set(deviceId, identity);
      if (outbox.current?.deviceId === deviceId) outbox.current = identity;
    }
    const { dbEpoch, nextSeq, lastStamp, clockOffsetMs, incarnation } = outbox.head;
    outbox.head = { ...NO_NOTES, dbEpoch, nextSeq, lastStamp, clockOffsetMs, incarnation };
    this.disk.packet.hold = null;
  }

  /** The browser loses one row of what was pulled; false when there is none. */
  loseRow(): boolean {
    const { dice } = this.#is;
    const ids = [...this.disk.packet.rows.keys()];
    if (ids.length === 0) return false;
    const id = dice.pick(ids);
    this.rowsLost.add(id);
    return this.disk.packet.rows.delete(id);
  }

  /** The person knocks, or notes something, or takes it back. */
  async act(): Promise<void> {
    const { trace, faults, dice } = this.#is;
    const life = this.#life;
    const turf = this.#touch();
    if (life === null || life.dead || turf === null) return;
    if (faults.fires('clock-jump')) this.#skew += dice.whole(-600_000, 600_000);
    const door = this.disk.packet.sheet?.doors[0];
    if (door !== undefined && this.#talk.begin()) {
      this.disk.packet.drafts.set(door.id, { note: 'was here and said' });
    }
    const result = await this.#record(turf);
    this.#is.onActed(this);
    if (life.dead || result === null) return;
    trace(`${this.name} ${result.ok ? `saved ${result.value.type}` : result.problem.code}`);
    this.#told(result);
    // Back in the pocket, where it locks itself before the next door now and then.
    const [chance = 0] = this.#random(1);
    if (chance < 96 && !this.#looked) this.#lock?.lock();
  }

  /** The person says what happened at a door; null when it could not be saved. */
  async say(
    kind: ResultCode | 'contact' | 'lit-drop' | AsideKind,
    doorId: DoorId,
  ): Promise<Operation | null> {
    const turf = this.#touch();
    const recorder = this.#recorder;
    if (turf === null || recorder === null) return null;
    const context: FactContext = { turfId: turf.turf.id, scriptVersionId: null };
    if (kind === 'lit-drop') {
      return this.#told(await recorder.recordFact('lit-drop', { doorId }, context));
    }
    if (isAside(kind)) {
      const door = turf.turf.doors.find((one) => one.id === doorId);
      if (door === undefined) throw new Error('A door of another turf.');
      const beside = { door, personId: null, name: this.name, random: this.#random };
      const [type, payload] = sayAside(kind, beside);
      return this.#told(await recorder.recordFact(type, payload, context));
    }
    const knock =
      kind === 'contact' ? contactKnock(doorId, null, 3, this.#random) : resultKnock(doorId, kind);
    return this.#told(await recorder.recordFact('knock', knock, context));
  }

  /** The person takes back what this phone has said before. */
  async takeBack(opId: string): Promise<Operation | null> {
    const fact = this.told.find(({ operation }) => operation.opId === opId)?.operation;
    if (fact === undefined || this.#recorder === null) return null;
    return this.#told(await this.#recorder.withdrawFact(fact));
  }

  #told(result: Result<Operation>): Operation | null {
    if (!result.ok) return null;
    const town = this.#is.towns.find((one) => one.chapterId === result.value.chapterId);
    if (town !== undefined) this.told.push({ operation: result.value, town, fate: 'kept' });
    if (result.value.type === 'door') {
      const { doorId: id, buildingId: building } = result.value.payload;
      this.#found.push({ turf: result.value.scopeId, door: { id, building, people: [] } });
    }
    return result.value;
  }

  /** The person takes the phone up, unlocks it where it is locked, and sees the turf. */
  #touch(): Errand | null {
    this.#lock?.open();
    return this.#shownTurf();
  }

  #shownTurf(): Errand | null {
    if (this.#lock?.reads(this.disk.lock.rows) === false) return null;
    const id = this.disk.packet.sheet?.turf.id;
    for (const town of this.#is.towns) {
      const turf = town.turfs.find((one) => one.id === id);
      if (turf !== undefined) return { town, turf };
    }
    return null;
  }

  #makeDisk(): Disk {
    const { time, watch, guard } = this.#is;
    const epoch = makeId<Id<'epoch'>>(START + time.now, this.#random);
    return makeDisk(epoch, watch, guard);
  }

  /** The doors that the screen shows, or now and then one that it does not. */
  #pickDoor({ town, turf }: Errand): TownDoor {
    const { dice } = this.#is;
    const shown = new Set(this.disk.packet.sheet?.doors.map((door) => door.id));
    const found = this.#found.filter((one) => one.turf === turf.id).map(({ door }) => door);
    const doors = [...turf.doors.filter((door) => shown.has(door.id)), ...found];
    return dice.pick(doors.length === 0 || dice.chance(0.04) ? town.wild : doors);
  }

  #record(errand: Errand): ReturnType<Recorder['recordFact']> | null {
    const { dice } = this.#is;
    const recorder = this.#recorder;
    if (recorder === null) return null;
    const random = this.#random;
    const context: FactContext = { turfId: errand.turf.id, scriptVersionId: null };
    const door = this.#pickDoor(errand);
    const personId = dice.chance(0.7) && door.people.length > 0 ? dice.pick(door.people) : null;
    const last = this.told.at(-1)?.operation;
    const what = dice.next();
    if (what < 0.1 && last !== undefined) return recorder.withdrawFact(last);
    if (what < BESIDE[0] && last?.type === 'knock') {
      const payload = resultKnock(last.entityId, 'not-home');
      return recorder.recordFact('knock', payload, { ...context, supersedes: last.opId });
    }
    if (what < BESIDE[1]) {
      const place = (what - BESIDE[0]) / (BESIDE[1] - BESIDE[0]);
      const beside = { door, personId, name: this.name, random };
      const [type, payload] = saidBeside(Math.max(0, place), beside);
      return recorder.recordFact(type, payload, context);
    }
    if (what < 0.7) {
      const payload = contactKnock(door.id, personId, dice.whole(1, 5), random);
      const met = what < 0.42 ? { by: what < 0.4 ? ('street' as const) : ('phone' as const) } : {};
      return recorder.recordFact('knock', { ...payload, ...met }, context);
    }
    return recorder.recordFact(
      'knock',
      resultKnock(door.id, dice.pick(RESULTS), personId),
      context,
    );
  }

  /** Joins and fetches until the turf that the person wants is on the screen. */
  async #settleIn(): Promise<void> {
    const { time, trace } = this.#is;
    const life = this.#life;
    const { errand } = this;
    const hasIt = this.#fromHall && this.disk.packet.sheet?.turf.id === errand?.turf.id;
    const isLate = (): boolean => life === null || life.dead || errand !== this.errand;
    if (life === null || errand === null) return;
    while (!isLate() && this.#joined !== errand.turf) {
      const joined = await this.#join?.(errand.turf.token);
      if (isLate()) return;
      if (joined?.ok === true) this.#joined = errand.turf;
      else await time.sleep(3_000);
    }
    await this.#fetch(errand, isLate);
    // Whoever sees that the turf has gone from the screen again asks for it once more.
    await time.sleep(1_500);
    await this.#fetch(errand, isLate);
    if (isLate()) return;
    this.#settledFor = errand;
    trace(`${this.name} has its packet`);
    // One that came with it has looked at its start.
    if (!hasIt) void this.#engine?.syncNow();
  }

  async #fetch(errand: Errand, isLate: () => boolean): Promise<void> {
    const { time } = this.#is;
    while (!isLate() && this.disk.packet.sheet?.turf.id !== errand.turf.id) {
      const failure = await this.#engine?.fetchPacket().catch(() => 'storage' as const);
      if (failure === undefined) return;
      if (failure === null) break;
      // Taken back before it was ever fetched: the person walks no turf.
      if (failure !== 'storage' && isFinal(failure)) break;
      await time.sleep(2_000);
    }
  }

  async #send(life: Life, request: Request): Promise<Reply> {
    const { network, trace } = this.#is;
    if (life.dead) return never();
    const path = request.path.split('?')[0] ?? '';
    const reply = await life.ask(`${request.method} ${path}`, () => network.send(request));
    const said = reply.kind === 'answer' ? `${reply.status} ${reply.json}` : reply.kind;
    trace(`${this.name} ${path} ${said}${life.dead ? ' unheard' : ''}`);
    return life.dead ? never() : reply;
  }

  #fall(gate: Gate): void {
    const { dice, time, trace, faults, onCrash } = this.#is;
    const asking = /^(GET|POST)/.test(gate.name);
    faults.count(
      asking
        ? 'crash-while-asking'
        : gate.moment === 'before'
          ? 'crash-before-write'
          : 'crash-after-write',
    );
    trace(`${this.name} crashes ${gate.moment} ${gate.name}`);
    onCrash(this, gate);
    this.#talk.drop();
    this.#life = null;
    time.after(dice.whole(100, 6_000), () => this.boot());
  }
}
