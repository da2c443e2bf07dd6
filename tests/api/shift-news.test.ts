import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ShiftId } from '#shared/kernel/ids.ts';
import type { PlannedShift } from '#shared/model/next-shift.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { PullAnswer } from '#shared/sync/protocol.ts';
import { withShifts } from '../../client/store/with-shifts.ts';
import { START, type TestApp } from './make-app.ts';
import { makeOakdale } from './make-oakdale.ts';
import { call, push, seal, type Walk } from './make-walk.ts';

const HOUR = 3_600_000;
let server: TestApp;
let walk: Walk;
let desk: { headers: { cookie: string } };
beforeEach(async () => {
  ({ server, walk, desk } = await makeOakdale());
});
afterEach(() => server.close());

const announce = (name: string, startsAt: number) =>
  call<{ id: ShiftId }>(server, desk, 'POST', '/v1/shifts', {
    name,
    place: 'Union hall',
    startsAt,
    endsAt: startsAt + HOUR,
  });
const pull = async (mark?: string) => {
  const cursor = encodeURIComponent(walk.phone.packet.cursor);
  const asked = mark === undefined ? '' : `&shifts=${mark}`;
  const path = `/v1/pull?cursor=${cursor}${asked}`;
  return call<PullAnswer>(server, await walk.phone.reader(), 'GET', path);
};
const plans = () => call<PlannedShift[]>(server, desk, 'GET', '/v1/shifts');

test('a shift that is announced while phones are out comes with their next pull, once', async () => {
  expect(walk.phone.packet).not.toHaveProperty('shiftsMark');
  expect(await pull('')).not.toHaveProperty('news');
  const late = await announce('Sunday', START + 30 * HOUR);
  const { news } = await pull('');
  expect(news?.shifts).toMatchObject([{ id: late.id, name: 'Sunday', place: 'Union hall' }]);
  // A phone that has them is not told again, and one of an earlier version not at all.
  expect(await pull(news?.mark)).not.toHaveProperty('news');
  expect(await pull()).not.toHaveProperty('news');

  const soon = await announce('Saturday', START + 2 * HOUR);
  const both = await pull(news?.mark);
  expect(both.news?.shifts.map(({ id }) => id)).toEqual([soon.id, late.id]);
  // A packet brings them with the same mark, and who holds the phone has said nothing of either.
  const packet = await call<Packet>(server, await walk.phone.reader(), 'GET', '/v1/packet');
  expect(packet.shiftsMark).toBe(both.news?.mark);
  expect(packet.shifts?.map(({ coming }) => coming)).toEqual([null, null]);

  await call(server, desk, 'DELETE', `/v1/shifts/${soon.id}`);
  await call(server, desk, 'DELETE', `/v1/shifts/${late.id}`);
  expect((await pull(both.news?.mark)).news).toEqual({ mark: '', shifts: [] });
});

test('who signs up without a signal for a shift that a pull brought is on the desk’s list once', async () => {
  const { id } = await announce('Sunday', START + 30 * HOUR);
  const [door] = walk.phone.packet.doors;
  if (door === undefined) throw new Error('an empty packet');
  const sign = (coming: boolean, at: number) =>
    seal(walk.phone, 'sign-up', { doorId: door.id, shiftId: id, coming }, at);
  const yes = sign(true, START);
  // The answer is lost, and it is sent again with what was said later.
  await push(server, walk.phone, [yes]);
  await push(server, walk.phone, [yes]);
  expect((await plans())[0]).toMatchObject({ coming: [{ name: 'Cleo' }], notComing: [] });
  await push(server, walk.phone, [yes, sign(false, START + 1000), sign(true, START + 2000)]);
  expect((await plans())[0]?.coming).toHaveLength(1);
  const packet = await call<Packet>(server, await walk.phone.reader(), 'GET', '/v1/packet');
  expect(packet.shifts).toMatchObject([{ id, coming: true }]);
  // What the packet knew of it stays when other shifts come with a pull.
  await announce('Saturday', START + 2 * HOUR);
  const { news } = await pull(packet.shiftsMark);
  if (news === undefined) throw new Error('no news');
  const shown = withShifts(packet, news);
  expect(shown.shifts?.map(({ name, coming }) => [name, coming])).toEqual([
    ['Saturday', null],
    ['Sunday', true],
  ]);
});
