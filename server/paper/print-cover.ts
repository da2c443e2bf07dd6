import { encode } from 'uqr';
import { turfNumber } from '#shared/paper/turf-number.ts';
import type { TurfWalk } from '#shared/model/turf-walk.ts';
import type { MapLayers } from '#shared/model/place.ts';
import { peopleToAsk } from './people-to-ask.ts';
import { drawWay, printMap, stopsOf } from './print-map.ts';
import type { TurfPaper } from './read-turf-paper.ts';
import { type Sheet, SMALL, TEXT } from './sheet.ts';

/** What the first page says besides the list itself. */
export interface CoverFacts {
  readonly chapter: string;
  readonly campaign: string;
  readonly turf: TurfPaper;
  readonly map: MapLayers;
  readonly walk: Pick<TurfWalk, 'metres' | 'minutes' | 'line'> | null;
  /** Opens the turf where what comes back is typed in. */
  readonly entryUrl: string;
}

const QR_SIDE = 96;

function drawQr(sheet: Sheet, text: string, x: number, y: number): void {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const step = QR_SIDE / size;
  data.forEach((row, line) => {
    row.forEach((dark, column) => {
      if (dark) sheet.doc.rect(x + column * step, y + line * step, step + 0.05, step + 0.05);
    });
  });
  sheet.doc.fillColor('#000000').fill();
}

/** Lines to fill in by hand, side by side. */
function drawBlanks(sheet: Sheet): void {
  const shares = [0.46, 0.24, 0.15, 0.15];
  let x = sheet.left;
  sheet.words.blanks.forEach((label, n) => {
    const width = sheet.inner * (shares[n] ?? 0.2);
    const used = sheet.write(label, x, sheet.y) && sheet.widthOf(label) + 6;
    sheet.rule(sheet.y + 13, x + used, x + width - 10);
    x += width;
  });
  sheet.y += 24;
}

/** The lower half, from its top: legend, blanks, QR code, rules. */
function drawFoot(sheet: Sheet, { turf, entryUrl, walk }: CoverFacts, unplaced: number): void {
  const { words, doc } = sheet;
  doc
    .fillColor('#000000')
    .circle(sheet.left + 4, sheet.y + 6, 1.7)
    .fill();
  const legend = [words.legend.stop, ...(unplaced === 0 ? [] : [words.legend.unplaced(unplaced)])];
  sheet.write(legend.join(' · '), sheet.left + 12, sheet.y, { size: SMALL });
  const wish = { size: SMALL };
  const edge = sheet.right - sheet.widthOf(words.legend.outline, wish);
  doc.lineWidth(2).dash(7, { space: 3 }).strokeColor('#000000');
  doc
    .moveTo(edge - 26, sheet.y + 6)
    .lineTo(edge - 6, sheet.y + 6)
    .stroke()
    .undash();
  sheet.write(words.legend.outline, edge, sheet.y, wish);
  if (walk !== null) {
    const way = edge - 40 - sheet.widthOf(words.legend.way, wish);
    drawWay(sheet, () => doc.moveTo(way - 24, sheet.y + 6).lineTo(way - 6, sheet.y + 6));
    sheet.write(words.legend.way, way, sheet.y, wish);
  }
  sheet.y += 22;
  drawBlanks(sheet);
  const top = sheet.y;
  drawQr(sheet, entryUrl, sheet.left, top);
  const x = sheet.left + QR_SIDE + 16;
  const width = sheet.right - x;
  sheet.y += sheet.write(words.entryTitle, x, sheet.y - 2, { weight: 'bold' });
  sheet.y += sheet.write(words.entry(turf.name, turfNumber(turf.id)), x, sheet.y, { width });
  sheet.y += 5 + sheet.write(words.noCodeTitle, x, sheet.y + 3, { weight: 'bold' });
  sheet.y += sheet.write(words.noCode, x, sheet.y, { width });
  sheet.y = Math.max(sheet.y, top + QR_SIDE) + 10;
  sheet.y += sheet.write(words.rulesTitle, sheet.left, sheet.y, { weight: 'bold' });
  for (const rule of words.rules) {
    sheet.write('•', sheet.left, sheet.y);
    sheet.y += sheet.write(rule, sheet.left + 12, sheet.y, { width: sheet.inner - 12 });
  }
}

/** How high the lower half is: measured by the same words, so that the map gets what is left. */
function footHeight(sheet: Sheet, { turf }: CoverFacts): number {
  const { words } = sheet;
  const width = sheet.inner - QR_SIDE - 16;
  const lines =
    sheet.heightOf(words.entry(turf.name, turfNumber(turf.id)), width) +
    sheet.heightOf(words.noCode, width) +
    2 * sheet.lineHeight() +
    5;
  const rules = words.rules.reduce((sum, rule) => sum + sheet.heightOf(rule, sheet.inner - 12), 0);
  return 22 + 24 + Math.max(lines, QR_SIDE) + 10 + sheet.lineHeight() + rules + 6;
}

/** The first page: what this is, the map, what to do with it. Yields where others may have a turn. */
export function* printCover(sheet: Sheet, facts: CoverFacts): Generator<void> {
  const { words } = sheet;
  const { turf, walk } = facts;
  sheet.newPage();
  sheet.y += sheet.write(`${facts.chapter} · ${facts.campaign}`, sheet.left, sheet.y, {
    width: sheet.inner - 110,
  });
  const number = `${words.turf} ${turfNumber(turf.id)}`;
  sheet.write(number, sheet.right - 104, sheet.y - sheet.lineHeight(), {
    width: 104,
    align: 'right',
    weight: 'bold',
  });
  sheet.y += sheet.write(turf.name, sheet.left, sheet.y - 2, {
    weight: 'bold',
    size: 24,
    width: sheet.inner,
  });
  const people = turf.doors.reduce((sum, door) => sum + peopleToAsk(door).people.length, 0);
  const figures = [
    words.doors(turf.doors.length),
    words.people(people),
    ...(walk === null || walk.metres === 0 ? [] : [words.paths(walk.metres)]),
    ...(walk === null ? [] : [words.time(walk.minutes)]),
  ];
  sheet.y += sheet.write(figures.join('  ·  '), sheet.left, sheet.y, {
    weight: 'bold',
    size: 12,
    width: sheet.inner,
  });
  sheet.y += 8;
  yield;
  const height = sheet.bottom - sheet.y - 8 - footHeight(sheet, facts);
  yield;
  const box = { x: sheet.left, y: sheet.y, width: sheet.inner, height };
  const { stops, unplaced } = stopsOf(turf.doors);
  if (stops.length > 0)
    printMap(
      sheet,
      { map: facts.map, outline: turf.outline, doors: turf.doors, line: walk?.line ?? [] },
      box,
    );
  if (facts.map.streets.features.length === 0) {
    sheet.write(words.legend.noMap, box.x + 10, box.y + 8, { size: TEXT, width: box.width - 60 });
  }
  yield;
  sheet.y = box.y + box.height + 8;
  drawFoot(sheet, facts, unplaced);
  yield;
}
