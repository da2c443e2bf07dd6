import { CHANNELS } from '#shared/model/consent.ts';
import type { Person } from '#shared/model/person.ts';
import type { PaperTag } from '#shared/model/paper.ts';
import type { Question, ScriptBody } from '#shared/model/script.ts';
import { optionLetter } from './option-letter.ts';
import type { PaperWords } from './paper-words.ts';
import { peopleToAsk } from './people-to-ask.ts';
import type { PaperDoor } from './read-turf-paper.ts';
import { type Sheet, SMALL } from './sheet.ts';
import {
  circlesWidth,
  drawCircles,
  drawTicks,
  LEVELS,
  TICK_HEIGHT,
  ticksEnd,
  ticksHeight,
  ticksWidth,
} from './tick-row.ts';

/** Results that are about the door, as the phone has them; the rest is ticked beside a name. */
const OF_DOOR = [
  'not-home',
  'refused',
  'come-back',
  'inaccessible',
  'language-barrier',
  'wrong-address',
  'do-not-contact',
  'hostile',
] as const;
const OF_PERSON = ['moved', 'deceased', 'already-voted'] as const;

const GUTTER = 36;
const NOTE_HEIGHT = 20;
const PADDING = 7;
/** Room for a note behind the results is at least so wide, or it has a line of its own. */
const LEAST_NOTE = 160;
/** Tags are letters to circle where they are so few. */
const MOST_CIRCLES = 10;
/** Lines for doors that are on no list. */
const OTHER_LINES = 4;
/** Options are printed as words where they are as short as "Not yet" is. */
const MOST_LETTERS = 14;

/** A piece of a door that is never cut: how high it is, and how it is drawn. */
interface Row {
  readonly height: number;
  readonly draw: (y: number) => void;
}

const nameOf = ({ firstName, lastName }: Person): string => `${firstName} ${lastName}`.trim();

/** Of one person as much as the phone shows. */
const hintOf = ({ age, party }: Person): string =>
  [age, party].filter((one) => one !== null && one !== '').join(' · ');

function headRow(sheet: Sheet, { door, building, state }: PaperDoor, day: DayWords): Row {
  const { words } = sheet;
  const address = [`${building.number} ${building.street}`.trim(), door.unit]
    .filter((part) => part !== '')
    .join(', ');
  const last = state.doNotContact ? undefined : (state.lastKnock ?? state.earlier.at(-1));
  const what =
    last === undefined
      ? ''
      : words.before(
          last.outcome.kind === 'contact' ? words.contact : words.results[last.outcome.result],
          day(last.at.ms),
        );
  const hint = sheet.widthOf(what, { size: SMALL });
  const width = sheet.inner - GUTTER - (hint > 0 ? hint + 12 : 0);
  const height = Math.max(20, sheet.heightOf(address, width, { weight: 'bold', size: 12 }) + 3);
  return {
    height,
    draw: (y) => {
      const number = String(door.position);
      sheet.write(number, sheet.left, y - 2.5, {
        weight: 'bold',
        size: number.length > 3 ? 12 : 15,
      });
      sheet.write(address, sheet.left + GUTTER, y, { weight: 'bold', size: 12, width });
      if (what !== '') {
        sheet.write(what, sheet.right - hint, y + 4, { size: SMALL, grey: true });
      }
    },
  };
}

function textRow(sheet: Sheet, text: string, weight: 'plain' | 'bold' = 'plain'): Row {
  const wish = { weight, width: sheet.inner - GUTTER } as const;
  return {
    height: sheet.heightOf(text, wish.width, wish) + 3,
    draw: (y) => void sheet.write(text, sheet.left + GUTTER, y, wish),
  };
}

/** A name with how old and of which party; at the right whether they talked, and how they stand. */
function nameRow(sheet: Sheet, person: Person, hasLevels: boolean): Row {
  const x = sheet.left + GUTTER;
  const weight = person.target ? 'bold' : 'plain';
  const name = nameOf(person);
  const hint = hintOf(person);
  const gap = 8;
  const ticks = [sheet.words.talked];
  const levels = hasLevels ? circlesWidth(LEVELS.length) + 14 : 0;
  const ticksX = sheet.right - levels - ticksWidth(sheet, ticks);
  const room = ticksX - 14 - x;
  const nameWidth = sheet.widthOf(name, { weight });
  const wrapped = nameWidth + gap + sheet.widthOf(hint) > room;
  const whole = hint === '' ? name : `${name} · ${hint}`;
  const height = wrapped ? sheet.heightOf(whole, room, { weight }) : TICK_HEIGHT;
  return {
    height: Math.max(height, TICK_HEIGHT) + 1,
    draw: (y) => {
      if (wrapped) sheet.write(whole, x, y, { weight, width: room });
      else {
        sheet.write(name, x, y, { weight });
        if (hint !== '') sheet.write(hint, x + nameWidth + gap, y);
      }
      drawTicks(sheet, ticks, { x: ticksX, y, width: sheet.right - ticksX });
      if (hasLevels) drawCircles(sheet, LEVELS, sheet.right - circlesWidth(LEVELS.length), y);
    },
  };
}

interface Part {
  readonly label: string;
  readonly wide: number;
  /** Draws it at a place whose width it has been given. */
  readonly draw: (x: number, y: number) => void;
}

/** A question: boxes with its words where they are short, else the letters of the script. */
function questionPart(sheet: Sheet, { question, number }: NumberedQuestion): Part {
  const labels = question.options.map(({ label }) => label);
  const short = labels.length <= 3 && labels.every((label) => label.length <= MOST_LETTERS);
  const label = `${number}.`;
  const letters = labels.map((_, n) => optionLetter(n));
  const wide = short ? ticksWidth(sheet, labels) : circlesWidth(letters.length);
  return {
    label,
    wide,
    draw: (x, y) =>
      short
        ? drawTicks(sheet, labels, { x, y, width: sheet.right - x + 1 })
        : drawCircles(sheet, letters, x, y),
  };
}

/** Parts behind each other from `left` on, in as many lines as they take. */
function flowRow(sheet: Sheet, left: number, gap: number, parts: readonly Part[]): Row {
  let [x, line] = [left, 0];
  const placed = parts.map((part) => {
    const labelled = part.label === '' ? 0 : sheet.widthOf(part.label, { weight: 'bold' }) + 4;
    if (x > left && x + labelled + part.wide > sheet.right) [x, line] = [left, line + 1];
    const here = { part, at: x, labelled, line };
    x += labelled + part.wide + gap;
    return here;
  });
  return {
    height: (line + 1) * TICK_HEIGHT + 1,
    draw: (y) => {
      for (const { part, at, labelled, line: row } of placed) {
        const top = y + row * TICK_HEIGHT;
        sheet.write(part.label, at, top, { weight: 'bold' });
        part.draw(at + labelled, top);
      }
    },
  };
}

const OF_ONE = GUTTER + 14;

/** Something to allow: its word, with a yes and a no to circle. */
function allowPart(sheet: Sheet, way: keyof PaperWords['ways']): Part {
  const { ways, yesNo } = sheet.words;
  const word = sheet.widthOf(ways[way]) + 4;
  return {
    label: '',
    wide: word + circlesWidth(yesNo.length),
    draw: (x, y) => {
      sheet.write(ways[way], x, y);
      drawCircles(sheet, yesNo, x + word, y);
    },
  };
}

/** The letters of the tags to circle; a line to write them on where they are too many. */
function tagsPart(sheet: Sheet, tags: readonly PaperTag[]): Part[] {
  if (tags.length === 0) return [];
  const letters = tags.map(({ letter }) => letter);
  const isFew = letters.length <= MOST_CIRCLES;
  const wide = isFew ? circlesWidth(letters.length) : 90;
  return [
    {
      label: sheet.words.tags,
      wide,
      draw: (x, y) =>
        isFew ? drawCircles(sheet, letters, x, y) : sheet.rule(y + 13, x, x + wide, 0.5),
    },
  ];
}

/** What became of one whom we asked for, what they answered, which tags fit, and what they allow. */
function answerRows(sheet: Sheet, { questions, tags }: Asks): Row[] {
  const { words } = sheet;
  const ticks = OF_PERSON.map((result) => words.results[result]);
  const became: Part = {
    label: '',
    wide: ticksWidth(sheet, ticks),
    draw: (x, y) => drawTicks(sheet, ticks, { x, y, width: sheet.right - x + 1 }),
  };
  const left = sheet.left + OF_ONE;
  const mayWe: Part = {
    label: '',
    wide: sheet.widthOf(words.mayWe),
    draw: (x, y) => void sheet.write(words.mayWe, x, y),
  };
  const allow = [...CHANNELS, 'campaigns' as const].map((way) => allowPart(sheet, way));
  return [
    flowRow(sheet, left, 16, [
      became,
      ...questions.map((one) => questionPart(sheet, one)),
      ...tagsPart(sheet, tags),
    ]),
    flowRow(sheet, left, 11, [mayWe, ...allow]),
  ];
}

/** A line for somebody who is on no list, with whether they talked and how they stand. */
function newcomerRow(sheet: Sheet, hasLevels: boolean): Row {
  const x = sheet.left + GUTTER;
  const { newHere, talked } = sheet.words;
  const levels = hasLevels ? circlesWidth(LEVELS.length) + 14 : 0;
  const ticksX = sheet.right - levels - ticksWidth(sheet, [talked]);
  return {
    height: TICK_HEIGHT + 3,
    draw: (y) => {
      sheet.write(newHere, x, y);
      sheet.rule(y + 13, x + sheet.widthOf(newHere) + 6, ticksX - 14, 0.5);
      drawTicks(sheet, [talked], { x: ticksX, y, width: sheet.right - ticksX });
      if (hasLevels) drawCircles(sheet, LEVELS, sheet.right - circlesWidth(LEVELS.length), y);
    },
  };
}

/** Why nobody talked, and room for a note behind it. */
function resultRow(sheet: Sheet): Row {
  const ticks = OF_DOOR.map((result) => sheet.words.results[result]);
  const width = sheet.inner - GUTTER;
  const { notes } = sheet.words;
  const height = ticksHeight(sheet, ticks, width);
  const used = ticksEnd(sheet, ticks, width) + 16;
  const beside = width - used > LEAST_NOTE;
  const x = sheet.left + GUTTER;
  return {
    height: height + (beside ? 3 : NOTE_HEIGHT),
    draw: (y) => {
      drawTicks(sheet, ticks, { x, y, width });
      const bottom = y + height + (beside ? -2.5 : 14);
      const from = beside ? x + used : x;
      sheet.write(notes, from, bottom - 11, { size: SMALL, grey: true });
      sheet.rule(bottom, from + sheet.widthOf(notes, { size: SMALL }) + 5, sheet.right, 0.5);
    },
  };
}

/** Words with a line behind each, as long as its share of what is left. */
function linesRow(
  sheet: Sheet,
  parts: readonly { readonly label: string; readonly share: number }[],
  [from, to]: readonly [number, number],
): Row {
  const words = parts.reduce((sum, { label }) => sum + sheet.widthOf(label) + 5, 0);
  const free = to - from - words - 8 * (parts.length - 1);
  return {
    height: TICK_HEIGHT + 3,
    draw: (y) => {
      let x = from;
      for (const { label, share } of parts) {
        sheet.write(label, x, y);
        x += sheet.widthOf(label) + 5;
        sheet.rule(y + 13, x, x + free * share, 0.5);
        x += free * share + 8;
      }
    },
  };
}

/** Whether a leaflet was left, and what was promised. */
function promiseRow(sheet: Sheet): Row {
  const shares = [0.52, 0.24, 0.24];
  const ticks = [sheet.words.leaflet];
  const x = sheet.left + GUTTER;
  const width = ticksWidth(sheet, ticks);
  const lines = linesRow(
    sheet,
    sheet.words.promise.map((label, n) => ({ label, share: shares[n] ?? 0.24 })),
    [x + width + 12, sheet.right],
  );
  return {
    height: lines.height,
    draw: (y) => {
      drawTicks(sheet, ticks, { x, y, width: width + 1 });
      lines.draw(y);
    },
  };
}

/** A line for somebody met at a door that is not on the list, with whether they talked. */
function otherRow(sheet: Sheet, labels: readonly string[]): Row {
  const ticks = [sheet.words.talked, sheet.words.results['not-home']];
  const ticksX = sheet.right - ticksWidth(sheet, ticks);
  const share = 1 / labels.length;
  const lines = linesRow(
    sheet,
    labels.map((label) => ({ label, share })),
    [sheet.left + GUTTER, ticksX - 14],
  );
  return {
    height: lines.height,
    draw: (y) => {
      lines.draw(y);
      drawTicks(sheet, ticks, { x: ticksX, y, width: sheet.right - ticksX });
    },
  };
}

/** Room for doors of houses that have but one on the list; one who types it in knows the house. */
function printOthers(sheet: Sheet): void {
  const { otherDoors, otherDoor } = sheet.words;
  const row = otherRow(sheet, otherDoor);
  const height = 2 * STREET_HEIGHT + OTHER_LINES * (row.height + 6);
  if (sheet.y + height > sheet.bottom) sheet.newPage();
  streetHead(sheet, otherDoors, false);
  for (let n = 0; n < OTHER_LINES; n++) {
    row.draw(sheet.y);
    sheet.y += row.height + 6;
  }
}

/** What is asked of everybody who is named. */
interface Asks {
  readonly hasLevels: boolean;
  readonly questions: readonly NumberedQuestion[];
  readonly tags: readonly PaperTag[];
}

function asksOf({ script, tags }: OnPaper): Asks {
  const questions = script?.questions ?? [];
  return {
    hasLevels: questions.some(({ kind }) => kind === 'support'),
    questions: questions.flatMap((question, n) =>
      question.kind === 'one' || question.kind === 'many' ? [{ question, number: n + 1 }] : [],
    ),
    tags,
  };
}

/** The script that is printed, and the tags that are offered. */
export interface OnPaper {
  readonly script: ScriptBody | null;
  readonly tags: readonly PaperTag[];
}

interface NumberedQuestion {
  readonly question: Question;
  readonly number: number;
}

function rowsOf(sheet: Sheet, at: PaperDoor, asks: Asks, day: DayWords): Row[] {
  const { words } = sheet;
  const head = headRow(sheet, at, day);
  // Whoever asked to be left alone is named on no paper; who is asked for instead is.
  if (at.state.doNotContact) return [head, textRow(sheet, words.leaveAlone, 'bold')];
  // Nobody there is to be visited.
  if (at.state.allRefuse) return [head, textRow(sheet, words.noVisit, 'bold')];
  const { people, alone, refusing } = peopleToAsk(at);
  const { hasLevels } = asks;
  const named = people.flatMap((person) => [
    nameRow(sheet, person, hasLevels),
    ...(person.target ? answerRows(sheet, asks) : []),
  ]);
  return [
    head,
    ...(people.length === 0 ? [textRow(sheet, words.nobodyKnown)] : named),
    ...(alone === 0 ? [] : [textRow(sheet, words.leaveSome(alone))]),
    ...(refusing === 0 ? [] : [textRow(sheet, words.noVisits(refusing))]),
    newcomerRow(sheet, hasLevels),
    resultRow(sheet),
    promiseRow(sheet),
  ];
}

/** A day in short words, in the chapter's zone. */
export type DayWords = (ms: number) => string;

const heightOf = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + row.height, 0);

function streetHead(sheet: Sheet, street: string, goesOn: boolean): void {
  const text = goesOn ? `${street} (${sheet.words.goesOn})` : street;
  sheet.y += 4;
  sheet.y += sheet.write(text, sheet.left, sheet.y, {
    weight: 'bold',
    size: 13,
    width: sheet.inner,
  });
  sheet.rule(sheet.y + 1, sheet.left, sheet.right, 1.4);
  sheet.y += 9;
}
const STREET_HEIGHT = 32;

/**
 * The doors in the order of the walk, with the numbers of phone and screen, each never cut by the
 * end of a page unless it is higher than a page. Yields after each door, so that others get a turn.
 */
export function* printDoors(
  sheet: Sheet,
  doors: readonly PaperDoor[],
  paper: OnPaper,
  day: DayWords,
): Generator<void> {
  const asks = asksOf(paper);
  let street: string | null = null;
  sheet.newPage();
  for (const [n, at] of doors.entries()) {
    const rows = rowsOf(sheet, at, asks, day);
    // Behind the last door of a building that has several.
    const isLast = doors[n + 1]?.building.id !== at.building.id;
    if (isLast && at.door.unit !== '') rows.push(otherRow(sheet, [sheet.words.otherUnit]));
    const height = heightOf(rows) + PADDING;
    const other = at.building.street !== street;
    if (sheet.y + height + (other ? STREET_HEIGHT : 0) > sheet.bottom) {
      sheet.newPage();
      streetHead(sheet, at.building.street, !other);
    } else if (other) streetHead(sheet, at.building.street, false);
    street = at.building.street;
    for (const row of rows) {
      if (sheet.y + row.height > sheet.bottom) {
        sheet.newPage();
        const { door, building } = at;
        const name = `${door.position}  ${building.number} ${building.street} ${door.unit}`.trim();
        streetHead(sheet, name, true);
      }
      row.draw(sheet.y);
      sheet.y += row.height;
    }
    sheet.rule(sheet.y + 2, sheet.left, sheet.right, 0.4);
    sheet.y += PADDING;
    yield;
  }
  printOthers(sheet);
}
