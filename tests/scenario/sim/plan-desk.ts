import './commit-faults.ts';
import type { Dice } from '#shared/kernel/random.ts';
import { around } from '../../api/make-town.ts';
import type { Books } from './books.ts';
import type { DESK_FAULTS, Fault, Faults } from './faults.ts';
import type { SimPhone } from './sim-phone.ts';
import type { Town, TownTurf } from './town-template.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { World } from './world.ts';

export interface Afternoon {
  readonly world: World;
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly faults: Faults;
  readonly phones: readonly SimPhone[];
  readonly books: Books;
  /** How long the trouble lasts, in ms. */
  readonly trouble: number;
  /** What finds nothing to happen to is tried again a little later. */
  readonly again: boolean;
  readonly note: (line: string) => void;
}

type DeskFault = (typeof DESK_FAULTS)[number];

/** Somebody at the desk tries until it works, as people do. */
async function insist(day: Afternoon, what: string, work: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    try {
      if (day.world.up) {
        await work();
        day.note(`desk: ${what}`);
        return;
      }
    } catch (error) {
      const told = error instanceof Error ? error.message.slice(0, 90) : '';
      day.note(`desk: ${what} failed: ${told.replaceAll(/[0-9a-f-]{36}/g, '…')}`);
    }
    await day.time.sleep(1_500);
  }
}

async function recut(day: Afternoon, town: Town, turf: TownTurf): Promise<void> {
  const { world, dice, books } = day;
  const last = dice.whole(turf.first, Math.min(turf.last + 1, 9));
  await insist(day, `recuts ${turf.first}`, async () => {
    books.movedAt = world.now;
    await world.redraw(town, turf, around(turf.first, last));
    books.movedAt = world.now;
  });
}

async function expire(day: Afternoon, phone: SimPhone, town: Town): Promise<void> {
  const { world, dice } = day;
  const until = world.now + dice.whole(0, 20_000);
  await insist(day, `${phone.name} expires`, async () => {
    const db = await world.db(town);
    await db.write((trx) =>
      trx
        .updateTable('assignments')
        .set({ until_at: until })
        .where('ended_at', 'is', null)
        .where('device_key', 'in', (from) =>
          from
            .selectFrom('devices')
            .select('key')
            .where('devices.id', '=', (phone.deviceId ?? '') as never),
        )
        .execute(),
    );
  });
}

/** One act of the desk upon one phone. */
async function act(day: Afternoon, what: DeskFault, phone: SimPhone): Promise<void> {
  const { world, dice, faults } = day;
  const { town, deviceId, errand } = phone;
  if (town === null || deviceId === null || errand === null) return;
  const desk = world.desk(town);
  faults.count(what);
  const id = encodeURIComponent(deviceId);
  switch (what) {
    case 'revoked':
    case 'lost':
      if (what === 'lost') phone.strangers.add(deviceId);
      return insist(day, `${phone.name} is ${what}`, () =>
        desk('POST', `/v1/phones/${id}/revoke`, { lost: what === 'lost' }),
      );
    case 'taken-back':
      return insist(day, `${phone.name} gives back ${errand.turf.first}`, () =>
        desk('POST', `/v1/turfs/${errand.turf.id}/take-back`, { deviceId }),
      );
    case 'expired':
      return expire(day, phone, town);
    case 'recut':
      return recut(day, errand.town, errand.turf);
    case 'reassigned': {
      const turf = dice.pick(errand.town.turfs);
      day.note(`${phone.name} is given ${turf.first}`);
      return phone.take({ town: errand.town, turf });
    }
    case 'other-chapter': {
      const other = world.towns[errand.town === world.towns[0] ? 1 : 0];
      const turf = dice.pick(other.turfs);
      day.note(`${phone.name} is given ${turf.first} of ${other.slug}`);
      return phone.take({ town: other, turf });
    }
  }
}

const ACTS: readonly DeskFault[] = [
  'revoked',
  'lost',
  'taken-back',
  'recut',
  'reassigned',
  'expired',
  'other-chapter',
];

/** The phone's file is handed to another phone, or to the desk; it may never start again after. */
async function rescue(day: Afternoon, phone: SimPhone): Promise<void> {
  const { world, dice, faults, phones, note } = day;
  const { town } = phone;
  const text = await phone.makeRescue();
  if (text === null || town === null) return;
  faults.count('rescue-file');
  const helper = dice.pick(phones);
  note(`${phone.name} hands a file to ${helper === phone ? 'the desk' : helper.name}`);
  const taken = helper !== phone && (await helper.takeRescue(text));
  if (!taken) {
    const file = JSON.parse(text) as object;
    await insist(day, `takes the file of ${phone.name}`, () =>
      world.desk(town)('POST', '/v1/rescue', file),
    );
  }
  if (!faults.healed && dice.chance(0.3)) {
    faults.count('never-starts-again');
    note(`${phone.name} never starts again`);
    phone.destroy();
  }
}

/** How long until a row may be there that can be lost, in ms. */
const RETRY = 1_000;

function planPhone(day: Afternoon, phone: SimPhone): void {
  const { time, dice, faults, trouble, books } = day;
  const at = (run: () => void): void => void time.after(dice.whole(5_000, trouble), run);
  if (faults.fires('closed-for-long')) {
    at(() => {
      phone.close();
      time.after(dice.whole(1_000, trouble), () => phone.boot());
    });
  }
  if (faults.wants('row-lost')) {
    const lose = (): void => {
      if (faults.healed) return;
      if (!phone.loseRow()) {
        if (day.again) time.after(RETRY, lose);
        return;
      }
      faults.count('row-lost');
      books.rowsLost = true;
      day.note(`${phone.name} loses a row`);
    };
    at(lose);
  }
  if (faults.wants('rescue-file')) at(() => void rescue(day, phone));
  if (faults.fires('storage-wiped')) {
    at(() => {
      day.note(`${phone.name} loses its storage with ${phone.unsent} unsent`);
      phone.wipe();
      time.after(dice.whole(500, 5_000), () => phone.boot());
    });
  }
}

function planServer(day: Afternoon): void {
  const { world, time, dice, faults, trouble, note } = day;
  if (faults.fires('server-crash')) {
    time.after(dice.whole(8_000, trouble), () => {
      note('server crashes');
      void world.crash(dice.whole(100, 15_000));
    });
  }
  if (faults.fires('restored-from-backup')) {
    const from = dice.whole(5_000, trouble - 5_000);
    time.after(from, () => void loseDisk(day, trouble - from));
  }
}

/** A backup is made, and some time later it is all that is left. */
async function loseDisk({ world, time, dice, note }: Afternoon, left: number): Promise<void> {
  const [town] = world.towns;
  if (!world.up) return;
  const backup = await world.backUp(town);
  note('backup');
  await time.sleep(dice.whole(1_000, left));
  if (!world.up) return;
  note('server restored from backup');
  await world.restore(town, backup, dice.pick(['by-hand'] as const), dice.whole(500, 8_000));
}

/** Draws what the desk, the server's disk and the phones' owners do this afternoon. */
export function planDay(day: Afternoon, acts: readonly DeskFault[]): void {
  const { time, dice, trouble, phones } = day;
  planServer(day);
  for (const phone of phones) planPhone(day, phone);
  for (const what of acts) {
    const phone = dice.pick(phones);
    time.after(dice.whole(4_000, trouble), () => void act(day, what, phone));
  }
}

/** Few acts of the desk on an ordinary afternoon, many in a storm. */
export function drawActs(dice: Dice, faults: Faults, storm: boolean): DeskFault[] {
  if (storm) return Array.from({ length: dice.whole(2, 8) }, () => dice.pick(ACTS));
  return ACTS.filter((what) => faults.wants(what as Fault));
}
