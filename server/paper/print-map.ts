import type { MultiPolygon, Polygon, Position } from '#shared/model/geojson.ts';
import type { MapLayers } from '#shared/model/place.ts';
import type { PaperDoor } from './read-turf-paper.ts';
import type { Sheet } from './sheet.ts';

/** Where the map is on the page, in points. */
export interface MapBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Stop {
  readonly number: number;
  readonly at: Position;
}

type ToPaper = (at: Position) => readonly [number, number];

const METRES_PER_DEGREE = 111_320;

/** The first door of each building that has a place. */
export function stopsOf(doors: readonly PaperDoor[]): { stops: Stop[]; unplaced: number } {
  const seen = new Set<string>();
  const stops: Stop[] = [];
  let unplaced = 0;
  for (const { door, building } of doors) {
    if (seen.has(building.id)) continue;
    seen.add(building.id);
    const { lon, lat } = building;
    if (lon === null || lat === null) unplaced += 1;
    else stops.push({ number: door.position, at: [lon, lat] });
  }
  return { stops, unplaced };
}

const polygonsOf = (
  outline: Polygon | MultiPolygon,
): readonly (readonly (readonly Position[])[])[] =>
  outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates;

/** From degrees to points: a plane that is true around the turf, north up, all of it inside the box. */
function fit(places: readonly Position[], box: MapBox): { to: ToPaper; metres: number } {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of places) {
    [west, east] = [Math.min(west, lon), Math.max(east, lon)];
    [south, north] = [Math.min(south, lat), Math.max(north, lat)];
  }
  const [midLon, midLat] = [(west + east) / 2, (south + north) / 2];
  const squeeze = Math.max(0.05, Math.cos((midLat * Math.PI) / 180));
  // One building alone still shows its street.
  const wide = Math.max(120, (east - west) * squeeze * METRES_PER_DEGREE);
  const high = Math.max(120, (north - south) * METRES_PER_DEGREE);
  const scale = Math.min((box.width - 44) / wide, (box.height - 44) / high);
  const to: ToPaper = ([lon, lat]) => [
    box.x + box.width / 2 + (lon - midLon) * squeeze * METRES_PER_DEGREE * scale,
    box.y + box.height / 2 - (lat - midLat) * METRES_PER_DEGREE * scale,
  ];
  return { to, metres: scale };
}

function trace(sheet: Sheet, line: readonly Position[], to: ToPaper): boolean {
  line.forEach((at, n) => {
    const [x, y] = to(at);
    if (n === 0) sheet.doc.moveTo(x, y);
    else sheet.doc.lineTo(x, y);
  });
  return line.length > 1;
}

const WIDTHS: Readonly<Record<string, number>> = {
  limited: 4,
  major: 4,
  secondary: 3.2,
  path: 0.8,
};

function linesOf(geometry: {
  type: string;
  coordinates: unknown;
}): readonly (readonly Position[])[] {
  if (geometry.type === 'LineString') return [geometry.coordinates as readonly Position[]];
  if (geometry.type === 'MultiLineString' || geometry.type === 'Polygon') {
    return geometry.coordinates as readonly (readonly Position[])[];
  }
  if (geometry.type === 'MultiPolygon') {
    return (geometry.coordinates as readonly (readonly (readonly Position[])[])[]).flat();
  }
  return [];
}

function drawGround(sheet: Sheet, map: MapLayers, to: ToPaper): void {
  const { doc } = sheet;
  for (const { geometry } of map.water.features) {
    for (const line of linesOf(geometry))
      if (trace(sheet, line, to)) {
        if (geometry.type === 'LineString') doc.lineWidth(2).strokeColor('#d9d9d9').stroke();
        else doc.fillColor('#e3e3e3').fill();
      }
  }
  for (const { geometry } of map.rail.features) {
    for (const line of linesOf(geometry))
      if (trace(sheet, line, to)) {
        doc.lineWidth(0.8).dash(4, { space: 2 }).strokeColor('#8a8a8a').stroke().undash();
      }
  }
  for (const { geometry, properties } of map.streets.features) {
    const cls = properties?.['cls'];
    const width = WIDTHS[typeof cls === 'string' ? cls : ''] ?? 2.2;
    for (const line of linesOf(geometry))
      if (trace(sheet, line, to)) {
        doc.lineWidth(width).strokeColor('#bdbdbd').stroke();
      }
  }
}

interface Taken {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}
const meets = (a: Taken, b: Taken): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** Names along the streets, each once, where it is longest and has room. */
function nameStreets(sheet: Sheet, map: MapLayers, to: ToPaper, box: MapBox, taken: Taken[]): void {
  const longest = new Map<
    string,
    { length: number; from: readonly [number, number]; to: readonly [number, number] }
  >();
  for (const { geometry, properties } of map.streets.features) {
    const name = properties?.['street'];
    if (typeof name !== 'string' || name === '') continue;
    for (const line of linesOf(geometry)) {
      const points = line
        .map(to)
        .filter(
          ([x, y]) =>
            x > box.x + 6 &&
            x < box.x + box.width - 6 &&
            y > box.y + 6 &&
            y < box.y + box.height - 6,
        );
      const [a, b] = [points[0], points.at(-1)];
      if (a === undefined || b === undefined) continue;
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      if (length > (longest.get(name)?.length ?? 0)) longest.set(name, { length, from: a, to: b });
    }
  }
  for (const [name, { length, from, to: end }] of [...longest].sort(
    (a, b) => b[1].length - a[1].length,
  )) {
    const wish = { size: 7.5 };
    const wide = sheet.widthOf(name, wish);
    if (wide + 6 > length) continue;
    let angle = (Math.atan2(end[1] - from[1], end[0] - from[0]) * 180) / Math.PI;
    if (angle > 90 || angle <= -90) angle += 180;
    const [x, y] = [(from[0] + end[0]) / 2, (from[1] + end[1]) / 2];
    const turned = (angle * Math.PI) / 180;
    const place = {
      x: x - (Math.abs(Math.cos(turned)) * wide + Math.abs(Math.sin(turned)) * 9) / 2,
      y: y - (Math.abs(Math.sin(turned)) * wide + Math.abs(Math.cos(turned)) * 9) / 2,
      w: Math.abs(Math.cos(turned)) * wide + Math.abs(Math.sin(turned)) * 9,
      h: Math.abs(Math.sin(turned)) * wide + Math.abs(Math.cos(turned)) * 9,
    };
    if (taken.some((other) => meets(place, other))) continue;
    taken.push(place);
    sheet.doc.save().rotate(angle, { origin: [x, y] });
    sheet.doc
      .fillColor('#ffffff')
      .rect(x - wide / 2 - 2, y - 4.5, wide + 4, 9)
      .fill();
    sheet.write(name, x - wide / 2, y - 5.2, wish);
    sheet.doc.restore();
  }
}

/** Every building as a dot with the number of its first door, where the number has room. */
function drawStops(sheet: Sheet, stops: readonly Stop[], to: ToPaper, taken: Taken[]): void {
  const { doc } = sheet;
  const size = stops.length > 90 ? 6.5 : 8;
  for (const { at } of stops) {
    const [x, y] = to(at);
    doc.fillColor('#000000').circle(x, y, 1.7).fill();
  }
  const tenth = (n: number): boolean => n === 0 || n === stops.length - 1 || n % 10 === 9;
  const order = stops.map((stop, n) => ({ stop, n }));
  // The first, the last and every tenth stop come first: whoever is lost finds those.
  for (const { stop } of order.sort(
    (a, b) => Number(tenth(b.n)) - Number(tenth(a.n)) || a.n - b.n,
  )) {
    const [x, y] = to(stop.at);
    const text = String(stop.number);
    const wide = sheet.widthOf(text, { size, weight: 'bold' }) + 4;
    const high = size * 1.2;
    for (const [dx, dy] of [
      [0, -high / 2 - 3],
      [0, high / 2 + 3],
      [wide / 2 + 3, 0],
      [-wide / 2 - 3, 0],
    ] as const) {
      const place = { x: x + dx - wide / 2, y: y + dy - high / 2, w: wide, h: high };
      if (taken.some((other) => meets(place, other))) continue;
      taken.push(place);
      doc.fillColor('#ffffff').roundedRect(place.x, place.y, place.w, place.h, 3).fill();
      sheet.write(text, place.x + 2, place.y - 0.4, { size, weight: 'bold' });
      break;
    }
  }
}

function drawScale(sheet: Sheet, box: MapBox, scale: number): void {
  const feet =
    [100, 200, 300, 500, 1000, 2000, 5000, 10_000].find((n) => n * 0.3048 * scale > 60) ?? 20_000;
  const long = feet * 0.3048 * scale;
  const [x, y] = [box.x + 10, box.y + box.height - 10];
  const text = `${feet} ft (${Math.round(feet * 0.3048)} m)`;
  const wide = Math.max(long, sheet.widthOf(text, { size: 8 })) + 10;
  sheet.doc
    .fillColor('#ffffff')
    .rect(x - 5, y - 16, wide, 21)
    .fill();
  sheet.rule(y, x, x + long, 1.5);
  sheet.write(text, x, y - 13, { size: 8 });
  const [nx, ny] = [box.x + box.width - 16, box.y + 10];
  sheet.doc
    .fillColor('#ffffff')
    .rect(nx - 8, ny - 4, 17, 34)
    .fill();
  sheet.doc
    .fillColor('#000000')
    .polygon([nx, ny], [nx + 5, ny + 13], [nx, ny + 10], [nx - 5, ny + 13])
    .fill();
  sheet.write('N', nx - 4, ny + 14, { size: 10, weight: 'bold' });
}

/** Strokes what `lay` lays as the way: the same on the map and in its legend. */
export function drawWay({ doc }: Sheet, lay: () => unknown): void {
  lay();
  doc.lineWidth(0.9).dash(1.5, { space: 2 }).strokeColor('#404040').stroke().undash();
}

/** The turf in grey and black: streets with their names, its edge, its buildings with numbers. */
export function printMap(
  sheet: Sheet,
  {
    map,
    outline,
    doors,
    line,
  }: {
    readonly map: MapLayers;
    readonly outline: Polygon | MultiPolygon;
    readonly doors: readonly PaperDoor[];
    /** The way from the first stop to the last. */
    readonly line: readonly Position[];
  },
  box: MapBox,
): void {
  const { stops } = stopsOf(doors);
  const { doc } = sheet;
  const rings = polygonsOf(outline).flat();
  const { to, metres } = fit([...stops.map(({ at }) => at), ...rings.flat(), ...line], box);
  doc.save().rect(box.x, box.y, box.width, box.height).clip();
  drawGround(sheet, map, to);
  for (const ring of rings)
    if (trace(sheet, ring, to)) {
      doc.lineWidth(2).dash(7, { space: 3 }).strokeColor('#000000').stroke().undash();
    }
  if (line.length > 1) drawWay(sheet, () => trace(sheet, line, to));
  const taken: Taken[] = stops.map(({ at }) => {
    const [x, y] = to(at);
    return { x: x - 2, y: y - 2, w: 4, h: 4 };
  });
  drawStops(sheet, stops, to, taken);
  nameStreets(sheet, map, to, box, taken);
  drawScale(sheet, box, metres);
  doc.restore();
  doc.lineWidth(0.8).strokeColor('#000000').rect(box.x, box.y, box.width, box.height).stroke();
}
