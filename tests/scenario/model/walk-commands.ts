import '../sim/commit-faults.ts';
import type fc from 'fast-check';
import type { Operation } from '#shared/model/operation.ts';
import { makeWalkFolder } from '../../../client/store/fold-walk.ts';
import { around } from '../../api/make-town.ts';
import { addPhone, openStage, type Stage } from '../sim/stage.ts';
import type { SimNetwork } from '../sim/sim-network.ts';
import type { SimPhone } from '../sim/sim-phone.ts';
import type { TownTurf } from '../sim/town-template.ts';
import type { World } from '../sim/world.ts';
import { ASIDE, type FactKind, type ModelPhone, WalkModel } from './walk-model.ts';

/** The real thing beside the model. */
export interface Real {
  readonly stage: Stage;
  readonly phones: readonly SimPhone[];
  readonly networks: readonly SimNetwork[];
  /** The n-th next gate is the last of this phone's life. */
  readonly crashIn: (number | null)[];
  backup: string | null;
}
export type WalkCommand = fc.AsyncCommand<WalkModel, Real>;

const A_WHILE = 5_000;
/** Those that move a door from one state to another. */
export const MOVING: readonly FactKind[] = [
  'not-home',
  'refused',
  'contact',
  'do-not-contact',
  'lit-drop',
];
export const KINDS: readonly FactKind[] = [
  ...MOVING,
  'voicemail',
  'come-back',
  'language-barrier',
  ...ASIDE,
];
/** What the proof counts: a few cases say too little for each kind to come up by itself. */
export const OTHERWISE = 'said otherwise';
const REST = KINDS.filter((kind) => !MOVING.includes(kind)) as readonly string[];
const classOf = (name: string): string => (REST.includes(name) ? OTHERWISE : name);
export const FIRED = new Map<string, number>();

function pick<T>(items: readonly T[], n: number): T {
  const item = items[n % items.length];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** Two phones that walk one turf of the first town, joined and at rest. */
export async function openWalk(
  world: World,
  seed: number,
): Promise<{ model: WalkModel; real: Real }> {
  const stage = await openStage(world, seed, () => new Map());
  const model = new WalkModel();
  const crashIn: (number | null)[] = [null, null];
  const made = model.phones.map((_, i) =>
    addPhone(stage, () => () => {
      const left = crashIn[i];
      if (left === null || left === undefined) return false;
      crashIn[i] = left <= 1 ? null : left - 1;
      return left <= 1;
    }),
  );
  const phones = made.map((one) => one.phone);
  const networks = made.map((one) => one.network);
  const [town] = world.towns;
  for (const turf of town.turfs)
    model.doors.set(
      turf.id,
      turf.doors.map((door) => door.id),
    );
  const real: Real = { stage, phones, networks, crashIn, backup: null };
  for (const [i] of phones.entries()) await join(real, model, i, pick(town.turfs, 0));
  await stage.time.advance(A_WHILE);
  return { model, real };
}

async function join(real: Real, model: WalkModel, i: number, turf: TownTurf): Promise<void> {
  const phone = pick(real.phones, i);
  const [town] = real.stage.world.towns;
  phone.take({ town, turf });
  phone.boot();
  await real.stage.time.advanceUntil(() => phone.settled, 60_000);
  model.backup = null;
  const own = pick(model.phones, i);
  own.holds = turf.id;
  own.shows = turf.id;
  own.mistrusted = false;
  model.contact(own, true);
}

/** What the phone shows and keeps is what the model says. */
function compare(model: WalkModel, real: Real): void {
  for (const [i, own] of model.phones.entries()) {
    const phone = pick(real.phones, i);
    const say = (what: string): never => {
      throw new Error(`phone ${i + 1}: ${what}\n${real.stage.trace.slice(-60).join('\n')}`);
    };
    const unsent = [...phone.disk.outbox.ops.values()].filter((op) => op.state === 'unsent').length;
    const fresh = [...own.unsent].filter((id) => phone.disk.outbox.ops.get(id)?.state === 'unsent');
    if (unsent !== fresh.length) say(`${unsent} facts are unsent, not ${fresh.length}`);
    const { sheet, rows } = phone.disk.packet;
    if ((sheet?.turf.id ?? null) !== own.shows) say(`shows ${sheet?.turf.id}, not ${own.shows}`);
    if (sheet === null) continue;
    const walk = makeWalkFolder()(sheet, [...rows.values()], [...phone.disk.outbox.ops.values()]);
    for (const { door, state } of walk.doors) {
      const expected = model.standing(own, door.id);
      if (state.standing !== expected) say(`a door shows ${state.standing}, not ${expected}`);
    }
  }
  if (real.stage.books.wrong.length > 0) throw new Error(real.stage.books.wrong.join('; '));
}

/** How far the log has come. */
function readHead({ stage: { world } }: Real): number {
  return world.look<{ seq: number }>(world.towns[0], 'select seq from clock')[0]?.seq ?? 0;
}

/**
 * Every phone with a network says all and hears all: where one of them brought something, or could
 * not yet, all of them look a second time.
 */
async function hearAll(model: WalkModel, real: Real): Promise<void> {
  const { time } = real.stage;
  const lookAll = async (): Promise<void> => {
    for (const [i, own] of model.phones.entries()) {
      if (own.running && own.online) void pick(real.phones, i).sync();
    }
    await time.advance(A_WHILE);
  };
  const before = readHead(real);
  await lookAll();
  const isOpen = real.phones.some((phone, i) => pick(model.phones, i).online && phone.unsent > 0);
  if (isOpen || readHead(real) !== before) await lookAll();
  for (const own of model.phones) model.contact(own);
  for (const own of model.phones) model.contact(own, true);
}

abstract class Step implements WalkCommand {
  readonly #name: string;
  readonly i: number;
  constructor(name: string, i: number) {
    this.#name = name;
    this.i = i;
  }
  check(model: Readonly<WalkModel>): boolean {
    return this.may(model, pick(model.phones, this.i));
  }
  async run(model: WalkModel, real: Real): Promise<void> {
    const said = classOf(this.#name);
    FIRED.set(said, (FIRED.get(said) ?? 0) + 1);
    await this.act(model, pick(model.phones, this.i), real, pick(real.phones, this.i));
    await real.stage.time.advance(1_000);
    await hearAll(model, real);
    compare(model, real);
  }
  toString(): string {
    return `${this.#name}(${this.i + 1})`;
  }
  may(_model: Readonly<WalkModel>, phone: Readonly<ModelPhone>): boolean {
    return phone.running;
  }
  abstract act(model: WalkModel, own: ModelPhone, real: Real, phone: SimPhone): Promise<void>;
}

export class Say extends Step {
  readonly #kind: FactKind;
  readonly #door: number;
  constructor(i: number, kind: FactKind, door: number) {
    super(kind, i);
    this.#kind = kind;
    this.#door = door;
  }
  override may(model: Readonly<WalkModel>, phone: Readonly<ModelPhone>): boolean {
    return phone.running && phone.shows !== null && (model.doors.get(phone.shows)?.length ?? 0) > 0;
  }
  async act(model: WalkModel, own: ModelPhone, real: Real, phone: SimPhone): Promise<void> {
    const sheet = phone.disk.packet.sheet;
    if (sheet === null) throw new Error('The phone shows nothing.');
    const door = pick(sheet.doors, this.#door).id;
    const saved = await during(real, phone.say(this.#kind, door));
    note(model, own, saved, this.#kind, null);
  }
}

export class Withdraw extends Step {
  constructor(i: number) {
    super('withdraw', i);
  }
  override may(_: Readonly<WalkModel>, phone: Readonly<ModelPhone>): boolean {
    const last = phone.own.at(-1);
    return phone.running && phone.shows !== null && last?.turf === phone.shows;
  }
  async act(model: WalkModel, own: ModelPhone, real: Real, phone: SimPhone): Promise<void> {
    const of = own.own.at(-1)?.id ?? '';
    const saved = await during(real, phone.takeBack(of));
    note(model, own, saved, 'withdraw', of);
  }
}

/** What a promise of the phone came to, while time goes by. */
async function during<T>(real: Real, promise: Promise<T>): Promise<T | null> {
  const box: { value: T | null } = { value: null };
  void promise.then((value) => {
    box.value = value;
    return value;
  });
  await real.stage.time.advance(1_000);
  return box.value;
}

function note(
  model: WalkModel,
  own: ModelPhone,
  saved: Operation | null,
  kind: FactKind | 'withdraw',
  of: string | null,
): void {
  if (saved === null) throw new Error(`a ${kind} was not saved`);
  model.record(own, { id: saved.opId, door: saved.entityId, turf: saved.scopeId, kind, of });
}

type Act = (model: WalkModel, own: ModelPhone, real: Real, phone: SimPhone) => Promise<void> | void;
type May = (model: Readonly<WalkModel>, phone: Readonly<ModelPhone>) => boolean;

class Plain extends Step {
  readonly #act: Act;
  readonly #may: May;
  constructor(name: string, i: number, may: May, act: Act) {
    super(name, i);
    this.#act = act;
    this.#may = may;
  }
  override may(model: Readonly<WalkModel>, phone: Readonly<ModelPhone>): boolean {
    return this.#may(model, phone);
  }
  async act(model: WalkModel, own: ModelPhone, real: Real, phone: SimPhone): Promise<void> {
    await this.#act(model, own, real, phone);
  }
}

const runs: May = (_, phone) => phone.running;
const holds: May = (_, phone) => phone.holds !== null;

const desk = (real: Real, path: string, body: object): Promise<unknown> =>
  real.stage.world.desk(real.stage.world.towns[0])('POST', path, body);

/** Everything that may happen besides facts, by name. */
export const EVENTS: Readonly<Record<string, { readonly may: May; readonly act: Act }>> = {
  wait: { may: runs, act: () => {} },
  'lose the answer': {
    may: (_, phone) => phone.running && phone.online,
    act: async (_, __, real, phone) => {
      pick(real.networks, real.phones.indexOf(phone)).dropAnswers = 1;
      void phone.sync();
      // Until the request is given up, and asked again.
      await real.stage.time.advance(40_000);
    },
  },
  'go offline': {
    may: (_, phone) => phone.online,
    act: (_, own, real, phone) => {
      own.online = false;
      pick(real.networks, real.phones.indexOf(phone)).cut = true;
    },
  },
  'come online': {
    may: (_, phone) => !phone.online,
    act: (_, own, real, phone) => {
      own.online = true;
      pick(real.networks, real.phones.indexOf(phone)).cut = false;
    },
  },
  close: {
    may: runs,
    act: (_, own, __, phone) => {
      own.running = false;
      phone.close();
    },
  },
  start: {
    may: (_, phone) => !phone.running,
    act: (_, own, __, phone) => {
      own.running = true;
      phone.boot();
    },
  },
  crash: {
    may: runs,
    act: async (_, __, real, phone) => {
      const i = real.phones.indexOf(phone);
      real.crashIn[i] = real.stage.dice.whole(1, 25);
      void phone.sync();
      await real.stage.time.advance(12_000);
      real.crashIn[i] = null;
    },
  },
  'keep a backup': {
    may: (model) => model.backup === null,
    act: async (model, _, real) => {
      real.backup = await real.stage.world.backUp(real.stage.world.towns[0]);
      model.backup = { log: new Set(model.log), aside: new Set(model.aside) };
      await real.stage.time.advance(6_000);
    },
  },
  restore: {
    may: (model) => model.backup !== null && model.log.size > model.backup.log.size,
    act: async (model, _, real) => {
      const { world, time } = real.stage;
      // The server notes now and then how far it has come.
      await time.advance(6_000);
      void world.restore(world.towns[0], real.backup ?? '', 'by-hand', 100);
      await time.advance(A_WHILE);
      model.restore();
      model.backup = null;
      await hearAll(model, real);
    },
  },
  'take back': {
    may: holds,
    act: async (model, own, real, phone) => {
      await desk(real, `/v1/turfs/${own.holds ?? ''}/take-back`, { deviceId: phone.deviceId });
      own.holds = null;
      model.backup = null;
    },
  },
  revoke: {
    may: holds,
    act: async (model, own, real, phone) => {
      await desk(real, `/v1/phones/${phone.deviceId ?? ''}/revoke`, { lost: false });
      own.holds = null;
      model.backup = null;
    },
  },
  lose: {
    may: holds,
    act: async (model, own, real, phone) => {
      await desk(real, `/v1/phones/${phone.deviceId ?? ''}/revoke`, { lost: true });
      own.holds = null;
      model.backup = null;
      own.mistrusted = true;
      phone.strangers.add(phone.deviceId ?? '');
    },
  },
  recut: {
    may: (model, phone) => phone.holds !== null && phone.holds === model.phones[0]?.holds,
    act: async (model, own, real) => {
      const { world, books } = real.stage;
      const [town] = world.towns;
      const turf = town.turfs.find((one) => one.id === own.holds);
      if (turf === undefined) return;
      const before = model.doors.get(turf.id)?.length ?? 0;
      const last = before < turf.doors.length ? turf.last : turf.last - 1;
      books.movedAt = world.now;
      await world.redraw(town, turf, around(turf.first, last));
      const kept = turf.doors.slice(0, 2 * (last - turf.first + 1)).map((door) => door.id);
      model.doors.set(turf.id, kept);
      model.backup = null;
    },
  },
  wipe: {
    may: (_, phone) => phone.running && phone.online,
    act: async (model, own, real, phone) => {
      model.wipe(own);
      phone.wipe();
      const [town] = real.stage.world.towns;
      await join(real, model, real.phones.indexOf(phone), pick(town.turfs, 0));
    },
  },
  'join again': {
    may: (_, phone) => phone.running && phone.online,
    act: async (model, own, real, phone) => {
      model.contact(own);
      const [town] = real.stage.world.towns;
      const n = real.stage.dice.whole(0, 1);
      await join(real, model, real.phones.indexOf(phone), pick(town.turfs, n));
    },
  },
  'hand in a rescue file': {
    may: (_, phone) => phone.running && !phone.online && phone.holds !== null,
    act: async (model, own, real, phone) => {
      const text = await during(real, phone.makeRescue());
      if (text === null) throw new Error('no rescue file could be made');
      await desk(real, '/v1/rescue', JSON.parse(text) as object);
      const left = new Set(own.unsent);
      own.online = true;
      model.contact(own);
      own.online = false;
      // The phone itself has not heard of it and goes on trying.
      for (const id of left) own.unsent.add(id);
    },
  },
};

export const makeEvent = (name: string, i: number): WalkCommand => {
  const event = EVENTS[name];
  if (event === undefined) throw new RangeError(`There is no ${name}.`);
  return new Plain(name, i, event.may, event.act);
};
