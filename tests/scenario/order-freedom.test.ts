import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeId, type OpId, type PersonId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import { makePushAcceptor } from '../../server/sync/accept-push.ts';
import { CommitNotices } from '../../server/sync/notify.ts';
import {
  type MadeChapter,
  type MadeDevice,
  type MadeDoor,
  type MadeTurf,
  makeChapter,
  START,
} from './make-chapter.ts';
import { onPostgres } from '../postgres/test-server.ts';
import { hashedBytes } from './hashed-bytes.ts';
import { makeOperation, makePush, resultKnock, seal } from './make-operation.ts';

const accept = makePushAcceptor(new CommitNotices());
/** Names of batches must not use up the chapters' own chance, which makes them the same. */
const random = hashedBytes('batches');

/** Two chapters that are the same to the last id: what one gets in order, the other gets anyhow. */
interface World {
  readonly made: MadeChapter;
  doors: MadeDoor[];
  turf: MadeTurf;
  devices: MadeDevice[];
}
let worlds: [World, World];

async function openWorld(sqlite: boolean): Promise<World> {
  const made = await makeChapter(5, false, sqlite);
  return { made, doors: [], turf: { id: '' as MadeTurf['id'], doors: [] }, devices: [] };
}
beforeAll(async () => {
  // On PostgreSQL one of the two is still SQLite: the engines agree as well.
  worlds = [await openWorld(true), await openWorld(false)];
});
afterAll(async () => {
  for (const { made } of worlds) await made.remove();
});

async function freshTurf(world: World): Promise<void> {
  world.doors = await world.made.addDoors(2);
  world.turf = await world.made.addTurf(world.doors);
  world.devices = [
    await world.made.addDevice([world.turf]),
    await world.made.addDevice([world.turf]),
  ];
}

interface Plan {
  readonly kind:
    'not-home' | 'flag' | 'flag-all' | 'resident' | 'rename' | 'withdraw' | 'allow' | 'forbid';
  readonly door: 0 | 1;
  readonly phone: 0 | 1;
  /** Whom, or which earlier fact: taken modulo what there is. */
  readonly pick: number;
}
const plan = fc.record<Plan>({
  kind: fc.constantFrom(
    'not-home',
    'flag',
    'flag-all',
    'resident',
    'rename',
    'withdraw',
    'allow',
    'forbid',
  ),
  door: fc.constantFrom(0, 1),
  phone: fc.constantFrom(0, 1),
  pick: fc.nat(20),
});

/** The same facts for both worlds, in the order in which they happened. */
function happen(world: World, plans: readonly Plan[]): Operation[] {
  const { made, turf } = world;
  const facts: Operation[] = [];
  const residents: PersonId[] = [0, 1].map((n) => makeId<PersonId>(START + n, made.random));
  for (const [i, { kind, door, phone, pick }] of plans.entries()) {
    const [at, device] = [world.doors[door], world.devices[phone]];
    if (at === undefined || device === undefined) throw new Error('nothing there');
    const base = { device, turf, localSeq: i + 1, atMs: START + i * 1000 };
    const people = [...at.people, ...residents];
    const person = people[pick % people.length] ?? null;
    const [personId] = [residents[door] ?? residents[0]];
    const earlier = facts.filter((fact) => fact.entityId === at.id);
    const target = earlier[pick % Math.max(1, earlier.length)];
    if (kind === 'withdraw' && target !== undefined) {
      const payload = { doorId: at.id, opId: target.opId };
      facts.push(makeOperation(made, { ...base, type: 'withdraw', payload }));
    } else if ((kind === 'resident' || kind === 'rename') && personId !== undefined) {
      const old = earlier.findLast((fact) => fact.type === 'resident');
      const supersedes: OpId | null = kind === 'rename' ? (old?.opId ?? null) : null;
      const payload = { personId, doorId: at.id, firstName: `N${i}`, lastName: '' };
      facts.push(
        makeOperation(made, { ...base, type: 'resident', payload, change: { supersedes } }),
      );
    } else if ((kind === 'allow' || kind === 'forbid') && person !== null) {
      const recipients = pick % 2 === 0 ? ('campaigns' as const) : ('partners' as const);
      const said = { wording: 'May we?', wordingHash: '0'.repeat(64), recipients };
      const payload = { doorId: at.id, personId: person, given: kind === 'allow', ...said };
      facts.push(makeOperation(made, { ...base, type: 'consent', payload }));
    } else {
      const result = kind === 'flag' || kind === 'flag-all' ? 'do-not-contact' : 'not-home';
      const payload = resultKnock(at, result, kind === 'flag-all' ? null : person);
      facts.push(makeOperation(made, { ...base, type: 'knock', payload }));
    }
  }
  return facts;
}

async function push(world: World, facts: readonly Operation[]): Promise<void> {
  for (const device of world.devices) {
    const own = facts.filter((fact) => fact.deviceId === device.deviceId);
    if (own.length === 0) continue;
    const { deviceKey, deviceId, member } = device;
    const sealed = await Promise.all(own.map(seal));
    const phone = { deviceKey, deviceId, memberId: member.id };
    await accept(
      world.made.db(),
      phone,
      makePush({ ...world.made, random }, device, sealed),
      START,
    );
  }
}

/** Everything that the facts led to, in words that both worlds share. */
async function project({ made, doors }: World): Promise<unknown> {
  const { read } = made.db();
  const keys = doors.map((door) => door.key);
  const ops = await read
    .selectFrom('ops')
    .leftJoin('people', 'people.key', 'ops.person_key')
    .select(['ops.sha256', 'people.id'])
    .where('ops.door_key', 'in', keys)
    .execute();
  const residents = await read
    .selectFrom('residents')
    .innerJoin('people', 'people.key', 'residents.person_key')
    .select(['people.id', 'residents.first_name', 'residents.op_id'])
    .where('people.door_key', 'in', keys)
    .orderBy('people.id')
    .execute();
  const out = await read
    .selectFrom('opt_outs')
    .innerJoin('people', 'people.key', 'opt_outs.person_key')
    .select('people.id')
    .where('people.door_key', 'in', keys)
    .orderBy('people.id')
    .execute();
  const consents = await read
    .selectFrom('consents')
    .innerJoin('people', 'people.key', 'consents.person_key')
    .innerJoin('doors', 'doors.key', 'consents.door_key')
    .select(['people.id', 'doors.id as doorId', 'consents.recipients', 'consents.given'])
    .select(['consents.hlc', 'consents.op_id'])
    .where('consents.door_key', 'in', keys)
    .orderBy('people.id')
    .orderBy('consents.recipients')
    .orderBy('doors.id')
    .execute();
  const named = ops.map((op) => `${Buffer.from(op.sha256).toString('hex')} ${op.id}`).sort();
  return { named, residents, out, consents };
}

test('facts lead to the same chapter in every order, in every batch and however often they come', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(plan, { minLength: 1, maxLength: 14 }),
      fc.infiniteStream(fc.nat(1_000)),
      async (plans, dice) => {
        const [orderly, wild] = worlds;
        for (const world of worlds) await freshTurf(world);
        const [facts, same] = [happen(orderly, plans), happen(wild, plans)];
        expect(same).toEqual(facts);
        await push(orderly, facts);

        const next = (): number => dice.next().value ?? 0;
        const left = [...same, ...same.filter(() => next() % 3 === 0)];
        while (left.length > 0) {
          const batch = Array.from({ length: 1 + (next() % 4) }, () =>
            left.splice(next() % Math.max(1, left.length), 1),
          ).flat();
          await push(wild, batch);
        }
        expect(await project(wild)).toEqual(await project(orderly));
      },
    ),
    // Two databases at work on PostgreSQL take ten times as long.
    { numRuns: onPostgres ? 40 : 150 },
  );
});
