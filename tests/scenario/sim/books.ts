import type { OutboxOp } from '../../../client/store/outbox-store.ts';
import type { Reply } from '#shared/sync/classify-failure.ts';
import type { OpResult } from '#shared/sync/protocol.ts';
import type { Request } from '../../../client/sync/ports.ts';
import type { SimPhone } from './sim-phone.ts';
import type { Town } from './town-template.ts';
import type { World } from './world.ts';

interface Shape {
  readonly incarnation?: string;
  readonly results?: readonly OpResult[];
  readonly changes?: readonly { readonly body: string }[];
  readonly history?: readonly { readonly body: string }[];
  readonly doors?: readonly { readonly id: string }[];
}

function parse(reply: Reply): Shape | null {
  if (reply.kind !== 'answer' || reply.status !== 200) return null;
  return JSON.parse(reply.text) as Shape;
}

/** What a result says for ever, whatever else is told with it. */
function wordOf(result: OpResult): string {
  return result.status === 'applied'
    ? `applied at ${result.seq}`
    : `${result.status} for ${result.reason}`;
}

/**
 * Stands beside the server and writes down what it told whom: the same operation must get the same
 * word for ever (I3), and nobody is sent a row from outside what they hold (I8).
 */
export class Books {
  readonly wrong: string[] = [];
  /** Every operation that any phone has ever saved, with its town. */
  readonly saved = new Map<string, OutboxOp>();
  requests = 0;
  /** Some phone's browser has lost a row of what it had pulled. */
  rowsLost = false;
  /** When the desk last moved doors between turfs: what was under way then may show either. */
  movedAt = -1;
  readonly #world: World;
  readonly #words = new Map<string, string>();
  readonly #answered = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  say(faults: readonly string[]): void {
    for (const fault of faults) if (!this.wrong.includes(fault)) this.wrong.push(fault);
  }

  /** True when a server has given its word on this operation, whether or not the phone heard it. */
  hasAnswered(opId: string): boolean {
    return this.#answered.has(opId);
  }

  /** Hears one answer of the server before the network touches it. */
  witness(phone: SimPhone, request: Request, reply: Reply): void {
    this.requests += 1;
    const shape = parse(reply);
    if (shape === null) return;
    if (request.path === '/v1/push' || request.path === '/v1/rescue') this.#hearResults(shape);
    const rows = [...(shape.changes ?? []), ...(shape.history ?? [])];
    const doors = new Set([
      ...(shape.doors ?? []).map((door) => door.id),
      ...rows.map((row) => (JSON.parse(row.body) as { entityId: string }).entityId),
    ]);
    if (doors.size > 0) this.#checkScope(phone, request, doors);
  }

  #hearResults({ incarnation = '', results = [] }: Shape): void {
    for (const result of results) {
      this.#answered.add(result.opId);
      const name = `${incarnation} ${result.opId}`;
      const word = wordOf(result);
      const first = this.#words.get(name) ?? word;
      this.#words.set(name, first);
      // What was held may be applied once somebody has decided so; never the other way round.
      const decided = first.startsWith('held') && word.startsWith('applied');
      // A copy put back by hand gives out the same places in the log again.
      if (word !== first && !decided && !this.#world.replaced) {
        this.say([`an operation was told "${first}" and then "${word}" (I3)`]);
      }
    }
  }

  #checkScope(phone: SimPhone, request: Request, doors: ReadonlySet<string>): void {
    if (this.movedAt === this.#world.now) return;
    const held = phone.faces.map(({ town, deviceId }) => ({
      town,
      doors: heldDoors(this.#world, town, deviceId),
    }));
    const unknown = [...doors].filter((id) => !held.some((one) => one.doors.has(id)));
    if (unknown.length === 0) return;
    // A door that was found twice goes by two ids.
    const names = held.map((one) => ({ ...one, own: ownDoors(this.#world, one.town) }));
    const isHeld = (id: string): boolean =>
      names.some(({ own, doors: theirs }) => theirs.has(own.get(id) ?? id));
    const foreign = unknown.filter((id) => !isHeld(id)).length;
    if (foreign === 0) return;
    const path = request.path.split('?')[0] ?? '';
    this.say([`${phone.name} was sent ${foreign} doors that it does not hold by ${path} (I8)`]);
  }
}

/** Each other id that a door was found under, with the door's own. */
export function ownDoors(world: World, town: Town): ReadonlyMap<string, string> {
  const rows = world.look<{ name: string; id: string }>(
    town,
    'select t.id as name, d.id from found_twins t join doors d on d.key = t.door_key',
  );
  return new Map(rows.map(({ name, id }) => [name, id]));
}

/** The doors that a phone holds now, or did a moment ago in this same millisecond. */
export function heldDoors(world: World, town: Town, deviceId: string): ReadonlySet<string> {
  const rows = world.look<{ id: string }>(
    town,
    `select o.id from assignments a join devices d on d.key = a.device_key
      join turf_doors t on t.turf_id = a.turf_id join doors o on o.key = t.door_key
    where d.id = ? and t.removed_seq is null and a.until_at >= ?
      and coalesce(a.ended_at, ?) >= ? and coalesce(d.revoked_at, ?) >= ?`,
    deviceId,
    ...Array.from({ length: 5 }, () => world.now),
  );
  return new Set(rows.map((row) => row.id));
}
