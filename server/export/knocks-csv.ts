import { formatInstant } from '#shared/kernel/instant.ts';
import type { Answer } from '#shared/model/fact.ts';
import type { Question } from '#shared/model/script.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readFacts, type KnockRecord } from './read-facts.ts';
import { type Column, SHARED, yes } from './shared-columns.ts';
import type { Cell, CsvExport } from './stream-csv.ts';

function supportOf({ operation }: KnockRecord): number | null {
  const given = operation.payload.answers.findLast((one) => one.given.kind === 'support')?.given;
  return given?.kind === 'support' ? given.level : null;
}

function resultOf({ operation: { payload } }: KnockRecord) {
  return payload.outcome.kind === 'result' ? payload.outcome : null;
}

const KNOCK: readonly Column<KnockRecord>[] = [
  ['contact', ({ operation }) => yes(operation.payload.outcome.kind === 'contact')],
  [
    'result',
    ({ operation: { payload } }) =>
      payload.outcome.kind === 'result' ? payload.outcome.result : 'contact',
  ],
  ['language', ({ operation }) => operation.payload.outcome.language ?? null],
  ['come_back_on', (row) => resultOf(row)?.comeBack?.day ?? null],
  ['come_back_part', (row) => resultOf(row)?.comeBack?.part ?? null],
  // The field's word for it.
  ['contact_type', ({ operation }) => operation.payload.by ?? 'door'],
  ['support', supportOf],
  ['answers', ({ operation }) => operation.payload.answers.length],
  ['note', ({ operation }) => operation.payload.note],
  ['phone_clock', ({ operation }) => formatInstant(operation.at)],
  ['knock_id', ({ operation }) => operation.opId],
];

interface AnswerRecord {
  readonly knock: KnockRecord;
  readonly answer: Answer;
  readonly question: Question | undefined;
}

function optionLabel(question: Question | undefined, optionId: string): string {
  return question?.options.find((option) => option.id === optionId)?.label ?? optionId;
}

/** The words that a reader of the file understands without the script at hand. */
function sayAnswer({ answer: { given }, question }: AnswerRecord): Cell {
  switch (given.kind) {
    case 'support':
      return String(given.level);
    case 'one':
      return optionLabel(question, given.option);
    case 'many':
      return given.options.map((option) => optionLabel(question, option)).join('; ');
    case 'text':
      return given.text;
    case 'number':
      // As a number: a text of -3 would be taken for a formula and marked.
      return given.number;
    case 'date':
      return given.date;
    case 'skipped':
    case 'refused':
    case 'unknown':
      return '';
  }
}

const UNANSWERED: readonly string[] = ['skipped', 'refused', 'unknown'];

const ANSWER: readonly Column<AnswerRecord>[] = [
  ['question', ({ question }) => question?.prompt ?? null],
  ['question_kind', ({ question }) => question?.kind ?? null],
  [
    'given',
    ({ answer }) => (UNANSWERED.includes(answer.given.kind) ? answer.given.kind : 'answered'),
  ],
  ['answer', sayAnswer],
  [
    'option_ids',
    ({ answer: { given } }) =>
      given.kind === 'one' ? given.option : given.kind === 'many' ? given.options.join(' ') : null,
  ],
  ['question_id', ({ answer }) => answer.questionId],
  ['knock_id', ({ knock }) => knock.operation.opId],
  ['answer_id', ({ answer }) => answer.id],
];

async function* knockRows(db: ChapterDb): AsyncGenerator<Cell[]> {
  const columns = [...SHARED, ...KNOCK];
  for await (const row of readFacts(db, 'knock')) yield columns.map(([, cell]) => cell(row));
}

async function* answerRows(db: ChapterDb): AsyncGenerator<Cell[]> {
  for await (const knock of readFacts(db, 'knock')) {
    const shared = SHARED.map(([, cell]) => cell(knock));
    for (const answer of knock.operation.payload.answers) {
      const record = { knock, answer, question: knock.questions.get(answer.questionId) };
      yield [...shared, ...ANSWER.map(([, cell]) => cell(record))];
    }
  }
}

/** One row a knock; the last column is its id and never changes. */
export function knocksCsv(db: ChapterDb): CsvExport {
  const header = [...SHARED, ...KNOCK].map(([name]) => name);
  return { kind: 'knocks', header, rows: knockRows(db) };
}

/** One row an answer; the last column is its id and never changes. */
export function answersCsv(db: ChapterDb): CsvExport {
  const header = [...SHARED.map(([name]) => name), ...ANSWER.map(([name]) => name)];
  return { kind: 'answers', header, rows: answerRows(db) };
}
