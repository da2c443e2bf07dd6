import { expect, test } from 'vitest';
import { readShift } from './shift.ts';
import type { CorePorts } from './ports.ts';

const DOOR = { doorId: 'door' };

function body(opId: string, entityId: string): string {
  const outcome = { kind: 'result', result: 'not-home' };
  return JSON.stringify({
    opId,
    deviceId: 'phone',
    type: 'knock',
    v: 1,
    entityId,
    hlc: `000000000001-000${opId.length}`,
    at: { ms: 10, offset: 0 },
    supersedes: null,
    payload: { ...DOOR, outcome, answers: [], note: null },
  });
}

interface Own {
  readonly opId: string;
  readonly state: string;
  readonly body: string;
}

/** A phone without a network, with these facts of its own and this copy of the log. */
function phone(own: readonly Own[], log: readonly { opId: string; body: string }[]): CorePorts {
  const identity = {
    deviceId: 'phone',
    keys: { publicKey: '', privateKey: null },
    registered: true,
  };
  return {
    outbox: {
      readIdentity: () => Promise.resolve(identity),
      listAll: () => Promise.resolve(own.map((op) => ({ ...op, deviceId: 'phone', result: null }))),
    },
    packets: { readRows: () => Promise.resolve(log), readPacket: () => Promise.resolve(null) },
    transport: { send: () => Promise.resolve({ kind: 'unreachable' }) },
    clock: { now: () => 0, elapsed: () => 0 },
  } as unknown as CorePorts;
}

test('a settled fact is counted out of the log when the phone has sealed its own copy', async () => {
  const ports = phone(
    [
      { opId: 'a', state: 'kept', body: '' },
      { opId: 'b', state: 'unsent', body: body('b', 'two') },
    ],
    [{ opId: 'a', body: body('a', 'one') }],
  );
  const shift = await readShift(ports, 0);
  expect(shift?.own).toMatchObject({ facts: 2, doors: 2, knocks: 2 });
  expect(shift?.unsent).toBe(1);
  expect(shift?.server).toBeNull();
});

test('what was held and then let count, under its own id or a new one, stays out of the count', async () => {
  const ports = phone(
    [
      { opId: 'accepted', state: 'held', body: '' },
      { opId: 'moved', state: 'held', body: '' },
    ],
    [
      { opId: 'accepted', body: body('accepted', 'one') },
      { opId: 'made of moved', body: body('made of moved', 'two') },
    ],
  );
  expect((await readShift(ports, 0))?.own.facts).toBe(0);
});
