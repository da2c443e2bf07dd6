import './commit-faults.ts';
import { around } from '../../api/make-town.ts';
import type { SimNetwork } from './sim-network.ts';
import type { Errand, SimPhone } from './sim-phone.ts';
import type { Stage } from './stage.ts';

/** A stage with the phone whose every edge is tried, and another that stays well. */
export interface CrashStage extends Stage {
  readonly phone: SimPhone;
  readonly network: SimNetwork;
  readonly other: SimPhone;
  readonly errand: Errand;
  /** Facts that the flow works with. */
  readonly load: number;
}

/** One job of the core: what goes before it, without crashes, and the job itself. */
export interface Flow {
  readonly name: string;
  readonly loads: readonly number[];
  readonly before: (stage: CrashStage) => Promise<void>;
  readonly job: (stage: CrashStage) => Promise<void>;
}

const A_WHILE = 8_000;

async function settle({ time, phones }: CrashStage): Promise<void> {
  for (const phone of phones) phone.boot();
  await time.advanceUntil(() => phones.every((phone) => phone.settled), 60_000);
  await time.advance(3_000);
}

async function record({ time, load }: CrashStage, who: SimPhone): Promise<void> {
  for (let n = 0; n < load; n++) {
    void who.act();
    await time.advance(150);
  }
}

/** Somebody presses the button, and time goes by. */
async function sync({ time, phone }: CrashStage): Promise<void> {
  if (phone.running) void phone.sync();
  await time.advance(A_WHILE);
}

/** The phone's file as a text, once it is made. */
async function makeFile({ time, other }: CrashStage): Promise<string> {
  let text = '';
  void other.makeRescue().then((made) => {
    text = made ?? '';
    return text;
  });
  await time.advance(1_000);
  return text;
}

async function withFacts(stage: CrashStage): Promise<void> {
  await settle(stage);
  stage.network.cut = true;
  await stage.time.advance(100);
  await record(stage, stage.phone);
  await stage.time.advance(200);
}

async function online(stage: CrashStage): Promise<void> {
  stage.network.cut = false;
  await sync(stage);
}

async function desk({ world, errand }: CrashStage, path: string, body: object): Promise<void> {
  await world.desk(errand.town)('POST', path, body);
}

const revoke = (stage: CrashStage, lost: boolean): Promise<void> =>
  desk(stage, `/v1/phones/${stage.phone.deviceId ?? ''}/revoke`, { lost });

async function withFactsAnd(stage: CrashStage, act: () => Promise<void>): Promise<void> {
  await withFacts(stage);
  await act();
}

function expire({ world, errand, phone }: CrashStage): void {
  world.change(
    errand.town,
    `update assignments set until_at = ? where device_key =
      (select key from devices where id = ?)`,
    world.now + 1,
    phone.deviceId ?? '',
  );
}

async function recut({ world, errand }: CrashStage): Promise<void> {
  const { turf, town } = errand;
  await world.redraw(town, turf, around(turf.first, turf.last - 1));
}

function otherTurf({ errand }: CrashStage): Errand {
  const turf = errand.town.turfs.find((one) => one !== errand.turf) ?? errand.turf;
  return { town: errand.town, turf };
}

/** Every job of the core that has more than one edge. */
export const FLOWS: readonly Flow[] = [
  {
    name: 'join',
    loads: [0],
    before: () => Promise.resolve(),
    job: async ({ phone, time }) => {
      phone.boot();
      await time.advance(A_WHILE);
    },
  },
  {
    name: 'write',
    loads: [1, 3, 8],
    before: async (stage) => {
      await settle(stage);
      stage.network.cut = true;
    },
    job: (stage) => record(stage, stage.phone),
  },
  { name: 'push', loads: [1, 3, 8], before: withFacts, job: online },
  {
    name: 'pull',
    loads: [1, 3, 8],
    before: async (stage) => {
      await settle(stage);
      await record(stage, stage.other);
      void stage.other.sync();
      await stage.time.advance(2_000);
    },
    job: sync,
  },
  {
    name: 'seal what came back',
    loads: [1, 3],
    before: settle,
    job: async (stage) => {
      await record(stage, stage.phone);
      await sync(stage);
      await sync(stage);
    },
  },
  {
    name: 'start',
    loads: [1, 3],
    before: withFacts,
    job: async (stage) => {
      stage.phone.close();
      stage.network.cut = false;
      stage.phone.boot();
      await stage.time.advance(A_WHILE);
    },
  },
  {
    name: 'renew the token',
    loads: [0, 1],
    before: async (stage) => {
      await settle(stage);
      stage.network.cut = true;
      await stage.time.advance(16 * 60_000);
      await record(stage, stage.phone);
    },
    job: online,
  },
  {
    name: 'migrate from the first version',
    loads: [1, 3],
    before: async (stage) => {
      await withFacts(stage);
      stage.phone.close();
      stage.phone.becomeOld();
      stage.world.change(
        stage.errand.town,
        'update devices set public_key = null, grant_until = 0 where id = ?',
        stage.phone.deviceId ?? '',
      );
    },
    job: async (stage) => {
      stage.network.cut = false;
      stage.phone.boot();
      await stage.time.advance(A_WHILE);
    },
  },
  {
    name: 'taken back',
    loads: [0, 1, 3],
    before: (stage) =>
      withFactsAnd(stage, () =>
        desk(stage, `/v1/turfs/${stage.errand.turf.id}/take-back`, {
          deviceId: stage.phone.deviceId ?? '',
        }),
      ),
    job: online,
  },
  {
    name: 'revoked',
    loads: [0, 1, 3],
    before: (stage) => withFactsAnd(stage, () => revoke(stage, false)),
    job: online,
  },
  {
    name: 'lost',
    loads: [0, 1, 3],
    before: (stage) =>
      withFactsAnd(stage, async () => {
        stage.phone.strangers.add(stage.phone.deviceId ?? '');
        await revoke(stage, true);
      }),
    job: online,
  },
  {
    name: 'expired',
    loads: [0, 1, 3],
    before: async (stage) => {
      await withFacts(stage);
      expire(stage);
      await stage.time.advance(1_000);
    },
    job: online,
  },
  {
    name: 'take another turf',
    loads: [0, 1, 3],
    before: withFacts,
    job: async (stage) => {
      stage.network.cut = false;
      stage.phone.take(otherTurf(stage));
      await stage.time.advance(A_WHILE);
    },
  },
  {
    name: 'go to another chapter',
    loads: [0, 1, 3],
    before: withFacts,
    job: async (stage) => {
      stage.network.cut = false;
      const [, town] = stage.world.towns;
      const turf = town.turfs[0];
      if (turf !== undefined) stage.phone.take({ town, turf });
      await stage.time.advance(A_WHILE);
    },
  },
  {
    name: 'recut',
    loads: [0, 1, 3],
    before: (stage) => withFactsAnd(stage, () => recut(stage)),
    job: online,
  },
  {
    name: 'restored from a backup',
    loads: [1, 3],
    before: async (stage) => {
      await settle(stage);
      const { world, errand, time, phone } = stage;
      const backup = await world.backUp(errand.town);
      await record(stage, phone);
      await sync(stage);
      // Far enough that the server has noted how far it had come.
      await time.advance(6_000);
      void world.restore(errand.town, backup, 'by-hand', 100);
      await time.advance(500);
    },
    job: async (stage) => {
      await sync(stage);
      await sync(stage);
    },
  },
  {
    name: 'carry a rescue file',
    loads: [1, 3],
    before: async (stage) => {
      await settle(stage);
      stage.phone.close();
      await record(stage, stage.other);
      stage.phone.boot();
      await stage.time.advance(2_000);
    },
    job: async (stage) => {
      const text = await makeFile(stage);
      void stage.phone.takeRescue(text);
      await sync(stage);
      // Whoever handed it on does so again, not knowing whether it was taken.
      void stage.phone.takeRescue(text);
      await sync(stage);
    },
  },
  {
    name: 'fetch anew after a lost row',
    loads: [1, 3],
    before: async (stage) => {
      await settle(stage);
      await record(stage, stage.other);
      void stage.other.sync();
      await stage.time.advance(2_000);
      await sync(stage);
      stage.books.rowsLost = stage.phone.loseRow();
    },
    job: sync,
  },
];
