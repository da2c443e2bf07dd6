import { levelToken, optionToken } from '#shared/canvass/said-token.ts';
import type { PaperAsked, PaperTag } from '#shared/model/paper.ts';
import type { Question, ScriptVersion } from '#shared/model/script.ts';
import { optionLetter } from './option-letter.ts';
import type { PaperWords } from './paper-words.ts';
import { type Sheet, TEXT } from './sheet.ts';

function put(sheet: Sheet, text: string, wish: { readonly indent?: number; bold?: boolean } = {}) {
  const { indent = 0, bold = false } = wish;
  const weight = bold ? 'bold' : 'plain';
  const x = sheet.left + indent;
  for (const line of sheet.lines(text, sheet.right - x, { weight })) {
    if (sheet.y + TEXT * 1.4 > sheet.bottom) sheet.newPage();
    sheet.y += sheet.write(line, x, sheet.y, { weight }) + 1;
  }
}

/** The phone says the person's name there; on paper it stays open. */
const open = (text: string): string => text.replaceAll(/\{(first )?name\}/g, '________');

function choices({ kind, options }: Question, words: PaperWords): string {
  if (kind === 'support') return words.levels.map((level, n) => `${n + 1} ${level}`).join(' · ');
  if (kind === 'text' || kind === 'number' || kind === 'date') return words.write[kind];
  const labels = options.map(({ label }, n) => `${optionLetter(n)} ${label}`).join(' · ');
  return `${labels} (${kind === 'one' ? words.oneOf : words.anyOf})`;
}

/** After which answers a question is asked, by the numbers and letters that are printed; '' always. */
function condition({ askIf }: Question, questions: readonly Question[], words: PaperWords): string {
  const at = questions.findIndex(({ id }) => id === askIf?.questionId);
  const before = questions[at];
  if (askIf === undefined || before === undefined) return '';
  const answers = askIf.said.map((token) => {
    const level = words.levels.findIndex((_, n) => levelToken(n + 1) === token);
    const option = before.options.findIndex(({ id }) => optionToken(id) === token);
    if (level !== -1) return `${level + 1}`;
    if (option !== -1) return optionLetter(option);
    if (token === 'skipped' || token === 'refused' || token === 'unknown') {
      return words.noAnswer[token];
    }
    return words.anyAnswer;
  });
  return words.onlyAfter(at + 1, answers.join(', '));
}

/** What a person may allow, word for word as it is kept with their yes or no. */
function printAsked(sheet: Sheet, asked: readonly PaperAsked[]): void {
  const { ways, mayWeTitle } = sheet.words;
  sheet.y += 5;
  put(sheet, mayWeTitle, { bold: true });
  for (const { about, wording } of asked) {
    const way = about in ways ? `${ways[about as keyof typeof ways]}: ` : '';
    put(sheet, `${way}${wording}`, { indent: 14 });
  }
}

/**
 * The words to say, the questions with their answers, what to ask leave for and what the letters of
 * tags mean, for the back of the list.
 */
export function printScript(
  sheet: Sheet,
  script: ScriptVersion | null,
  asked: readonly PaperAsked[],
  tags: readonly PaperTag[],
): void {
  sheet.newPage();
  if (script === null) put(sheet, sheet.words.noScript);
  else printTalk(sheet, script);
  printAsked(sheet, asked);
  if (tags.length === 0) return;
  sheet.y += 5;
  put(sheet, sheet.words.tagsTitle, { bold: true });
  const said = tags.map(({ letter, name }) => `${letter} ${name}`).join(' · ');
  put(sheet, said, { indent: 14 });
}

function printTalk(sheet: Sheet, script: ScriptVersion): void {
  const { words } = sheet;
  const { opening, questions, closing } = script.body;
  put(sheet, words.script(script.name, script.number), { bold: true });
  sheet.rule(sheet.y + 2, sheet.left, sheet.right, 1.4);
  sheet.y += 12;
  const part = (title: string, text: string): void => {
    if (text.trim() === '') return;
    put(sheet, title, { bold: true });
    put(sheet, open(text), { indent: 14 });
    sheet.y += 10;
  };
  part(words.say, opening);
  if (questions.length > 0) put(sheet, words.ask, { bold: true });
  questions.forEach((question, n) => {
    put(sheet, `${n + 1}. ${open(question.prompt)}`, { indent: 14 });
    const after = condition(question, questions, words);
    if (after !== '') put(sheet, after, { indent: 30 });
    put(sheet, choices(question, words), { indent: 30 });
    sheet.y += 5;
  });
  sheet.y += 5;
  part(words.toEnd, closing);
}

/** Lines to write on, where the back of a sheet would be empty. */
export function printNotes(sheet: Sheet): void {
  sheet.newPage();
  sheet.write(sheet.words.notes, sheet.left, sheet.y, { weight: 'bold' });
  for (let y = sheet.y + 44; y < sheet.bottom; y += 26) sheet.rule(y, sheet.left, sheet.right, 0.4);
}
