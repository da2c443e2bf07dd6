import type { WayAnswer, WayGround, WayQuestion } from '../../../worker/way-on-messages.ts';
import type { DoorRow } from '../door-row.ts';
import { nextDoor } from './next-door.ts';
import { isInOrder, leftOf, nextBeside } from './left-doors.ts';
import { Passed } from './passed-doors.ts';
import { tellWayOn, type WayOn } from './use-next-door.ts';
import type { WalkView } from '../walk-context.ts';

type Walk = Pick<WalkView, 'rows' | 'sheet'>;

/** Nothing is kept in a worker that nobody asks: it holds addresses, and memory of an old phone. */
const IDLE_MS = 60_000;
const MOST_ANSWERS = 50;

let worker: Worker | null = null;
let groundOf = '';
let idle: ReturnType<typeof setTimeout> | undefined;
const answers = new Map<string, string | null>();
const asked = new Set<string>();
const passed = new Passed();

function stop(): void {
  worker?.terminate();
  worker = null;
  asked.clear();
}

function rest(): void {
  clearTimeout(idle);
  idle = setTimeout(stop, IDLE_MS);
}

function start({ rows, sheet }: Walk): Worker {
  const made = new Worker(new URL('../../../worker/way-on.ts', import.meta.url), {
    type: 'module',
    name: 'way-on',
  });
  made.addEventListener('message', ({ data }: MessageEvent<WayAnswer>) => {
    asked.delete(data.key);
    if (answers.size >= MOST_ANSWERS) answers.delete([...answers.keys()][0] ?? '');
    answers.set(data.key, data.next);
    tellWayOn(wayOn);
  });
  // The list's own order goes on without it.
  made.addEventListener('error', stop);
  const ground: WayGround = {
    kind: 'ground',
    streets: sheet.map.streets,
    oneSide: sheet.turf.oneSide === true,
    doors: rows.map(({ door, building }) => ({
      id: door.id,
      lon: building.lon,
      lat: building.lat,
      building: building.id,
      street: building.street,
      number: building.number,
      unit: door.unit,
    })),
  };
  made.postMessage(ground);
  return made;
}

function ask(walk: Walk, question: Omit<WayQuestion, 'kind'>): void {
  if (asked.has(question.key)) return;
  asked.add(question.key);
  worker ??= start(walk);
  worker.postMessage({ kind: 'next', ...question } satisfies WayQuestion);
  rest();
}

/** Another turf, or another cut of it, has other streets and doors. */
function useGround({ sheet }: Walk): void {
  const ground = `${sheet.turf.id} ${String(sheet.turf.version)}`;
  if (ground === groundOf) return;
  groundOf = ground;
  stop();
  answers.clear();
  passed.forget();
}

function find(walk: Walk, here: DoorRow, resting: ReadonlySet<string>): DoorRow | undefined {
  const left = leftOf(walk.rows, here, resting);
  const beside = nextBeside(left, here);
  if (beside !== undefined || isInOrder(walk.rows, here)) return beside;
  const key = `${here.door.id} ${left.map(({ door }) => door.position).join(' ')}`;
  const known = answers.get(key);
  if (known === undefined)
    ask(walk, { key, from: here.door.id, left: left.map(({ door }) => door.id) });
  return left.find(({ door }) => door.id === known);
}

const at = ({ rows }: Walk, position: number): DoorRow | undefined =>
  rows.find(({ door }) => door.position === position);

const wayOn: WayOn = {
  after(walk, position) {
    useGround(walk);
    const here = at(walk, position);
    if (here === undefined) return undefined;
    passed.moveTo(here.door.id);
    const next = find(walk, here, passed.resting());
    passed.suggest((next ?? nextDoor(walk.rows, position))?.door.id ?? null);
    return next;
  },
  prepare(walk, position) {
    useGround(walk);
    const here = at(walk, position);
    if (here !== undefined) find(walk, here, passed.restingAt(here.door.id));
  },
};

tellWayOn(wayOn);
