// One cut in a process of its own, so that its memory is its own: prints one line of JSON.
import type { Cut, CutDoor } from '#shared/turf/cut/cut.ts';
import { cutTurfs } from '#shared/turf/cut/cut-turfs.ts';
import { readCutCase } from './cut-cases.ts';

type Point = readonly [x: number, y: number];

/** The convex hull, counter-clockwise (Andrew's monotone chain). */
function hullOf(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (a: Point, b: Point, c: Point): number =>
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  const half = (side: readonly Point[]): Point[] => {
    const hull: Point[] = [];
    for (const point of side) {
      for (;;) {
        const [a, b] = [hull.at(-2), hull.at(-1)];
        if (a === undefined || b === undefined || turn(a, b, point) > 0) break;
        hull.pop();
      }
      hull.push(point);
    }
    return hull.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

const isInside = (hull: readonly Point[], [x, y]: Point): boolean =>
  hull.length > 2 &&
  hull.every(([x1, y1], i) => {
    const [x2, y2] = hull[(i + 1) % hull.length] ?? [x1, y1];
    return (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) > 1e-12;
  });

/** The share of households that lie in another turf's convex hull. */
function overlapOf(cut: Cut, doors: readonly CutDoor[]): number {
  const byId = new Map(doors.map((door) => [door.id, door]));
  const turfs = cut.turfs.map((turf) => {
    const inside = turf.doors.flatMap((id) => byId.get(id) ?? []);
    const points = inside.map(({ lon, lat }): Point => [lon ?? 0, lat ?? 0]);
    const hull = hullOf(points);
    const lons = points.map(([lon]) => lon);
    const lats = points.map(([, lat]) => lat);
    const box = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
    return { inside, points, hull, box };
  });
  let [within, all] = [0, 0];
  turfs.forEach(({ inside, points, box: mine }, i) => {
    const [west = 0, east = 0, south = 0, north = 0] = mine;
    const near = turfs.filter(
      ({ box: [w = 0, e = 0, s = 0, n = 0] }, j) =>
        i !== j && w <= east && e >= west && s <= north && n >= south,
    );
    inside.forEach(({ households = 1 }, j) => {
      const point = points[j] ?? [0, 0];
      all += households;
      if (near.some(({ hull }) => isInside(hull, point))) within += households;
    });
  });
  return all === 0 ? 0 : within / all;
}

const [name = '', effort = '1'] = process.argv.slice(2);
const { doors, streets } = readCutCase(name);
const seconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const began = seconds();
let firstCut = 0;
let first: Cut | null = null;
const done = cutTurfs(doors, {
  size: 45,
  streets,
  effort: Number(effort),
  onDraft: (cut) => {
    firstCut = seconds() - began;
    first = cut;
  },
});
const cpu = seconds() - began;
const mebibytes = process.resourceUsage().maxRSS / 1024;
if (!done.ok) throw new Error(done.problem.code);
const { turfs, uncut } = done.value;
const householdsOf = (cut: Cut): number =>
  cut.turfs.reduce((sum, turf) => sum + turf.households, 0);
const metresOf = (cut: Cut): number =>
  cut.turfs.reduce((sum, turf) => sum + turf.metres, 0) / householdsOf(cut);
const withinOf = ({ turfs: all, window: { low, high } }: Cut): number =>
  all.filter(({ households }) => households >= low && households <= high).length / all.length;
const draft = first ?? done.value;
process.stdout.write(
  `${JSON.stringify({
    doors: doors.length,
    households: householdsOf(done.value),
    turfs: turfs.length,
    uncut: uncut.length,
    metres: metresOf(done.value),
    within: withinOf(done.value),
    gaps: turfs.reduce((sum, turf) => sum + turf.gaps, 0),
    overlap: overlapOf(done.value, doors),
    cpu,
    firstCut,
    firstMetres: metresOf(draft),
    firstWithin: withinOf(draft),
    mebibytes,
  })}\n`,
);
