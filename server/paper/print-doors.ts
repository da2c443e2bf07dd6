import { CHANNELS } from '#shared/model/consent.ts';
import type { Person } from '#shared/model/person.ts';
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

/** What became of one whom we asked for, what they answered, and what they allow. */
function answerRows(sheet: Sheet, questions: readonly NumberedQuestion[]): Row[] {
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
    flowRow(sheet, left, 16, [became, ...questions.map((one) => questionPart(sheet, one))]),
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

interface NumberedQuestion {
  readonly question: Question;
  readonly number: number;
}

function rowsOf(sheet: Sheet, at: PaperDoor, script: ScriptBody | null, day: DayWords): Row[] {
  const { words } = sheet;
  const head = headRow(sheet, at, day);
  // Whoever asked to be left alone is named on no paper; who is asked for instead is.
  if (at.state.doNotContact) return [head, textRow(sheet, words.leaveAlone, 'bold')];
  // Nobody there is to be visited.
  if (at.state.allRefuse) return [head, textRow(sheet, words.noVisit, 'bold')];
  const { people, alone, refusing } = peopleToAsk(at);
  const questions = script?.questions ?? [];
  const hasLevels = questions.some(({ kind }) => kind === 'support');
  const others = questions.flatMap((question, n) =>
    question.kind === 'one' || question.kind === 'many' ? [{ question, number: n + 1 }] : [],
  );
  const named = people.flatMap((person) => [
    nameRow(sheet, person, hasLevels),
    ...(person.target ? answerRows(sheet, others) : []),
  ]);
  return [
    head,
    ...(people.length === 0 ? [textRow(sheet, words.nobodyKnown)] : named),
    ...(alone === 0 ? [] : [textRow(sheet, words.leaveSome(alone))]),
    ...(refusing === 0 ? [] : [textRow(sheet, words.noVisits(refusing))]),
    newcomerRow(sheet, hasLevels),
    resultRow(sheet),
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
  script: ScriptBody | null,
  day: DayWords,
): Generator<void> {
  let street: string | null = null;
  sheet.newPage();
  for (const at of doors) {
    const rows = rowsOf(sheet, at, script, day);
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
}
