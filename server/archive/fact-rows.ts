import { effectiveFacts } from '#shared/canvass/effective-facts.ts';
import { knockedAt } from '#shared/canvass/knocked-at.ts';
import { signatureSvg } from '#shared/canvass/signature-svg.ts';
import { formatUuid } from '#shared/kernel/ids.ts';
import type { Answer } from '#shared/model/fact.ts';
import type { Operation, OperationType, Payloads } from '#shared/model/operation.ts';
import type { Question, ScriptBody } from '#shared/model/script.ts';
import { eachRow } from '../store/each-row.ts';
import type { Sqlite } from '../store/sqlite.ts';
import { readLogged } from '../sync/read-logged.ts';
import type { ArchiveResource, Value } from './resource.ts';

interface Row {
  readonly seq: number;
  readonly type: string;
  readonly doorId: string;
  readonly personId: string | null;
  readonly deviceId: string;
  readonly memberId: string;
  readonly receivedAt: number;
  readonly supersedes: Uint8Array | null;
  readonly late: number;
  readonly sha256: string;
  readonly body: string;
  readonly eff_hlc: string | null;
}

const LOG = `select o.seq, o.type, d.id as doorId, p.id as personId, v.id as deviceId,
  v.member_id as memberId, o.received_at as receivedAt, o.supersedes, o.late,
  lower(hex(o.sha256)) as sha256, o.body, o.eff_hlc
  from ops o join doors d on d.key = o.door_key join devices v on v.key = o.device_key
  left join people p on p.key = o.person_key`;

interface Fact extends Row {
  readonly operation: Operation;
  readonly stands: 0 | 1;
}

/** The facts that no longer stand: only doors with a correction can have one. */
function findFallen(sqlite: Sqlite): ReadonlySet<string> {
  const fallen = new Set<string>();
  const doors = sqlite
    .prepare(
      `select distinct door_key as key from ops where supersedes is not null or type = 'withdraw'`,
    )
    .all() as { key: number }[];
  const read = sqlite.prepare('select body, eff_hlc from ops where door_key = ? order by seq');
  for (const { key } of doors) {
    const rows = read.all(key) as { body: string; eff_hlc: string | null }[];
    const facts = rows.map(readLogged);
    const standing = new Set(effectiveFacts(facts).map(({ opId }) => opId));
    for (const { opId } of facts) if (!standing.has(opId)) fallen.add(opId);
  }
  return fallen;
}

function* readFacts(sqlite: Sqlite, type: string | null): Generator<Fact> {
  const fallen = findFallen(sqlite);
  const statement = sqlite.prepare(
    `${LOG} ${type === null ? '' : `where o.type = '${type}'`} order by o.seq`,
  );
  for (const row of eachRow<Row>(statement)) {
    const operation = readLogged(row);
    yield { ...row, operation, stands: fallen.has(operation.opId) ? 0 : 1 };
  }
}

const shared = ({ operation, ...row }: Fact): Value[] => [
  operation.opId,
  row.doorId,
  row.personId,
  row.deviceId,
  row.memberId,
  knockedAt(operation).ms,
  row.receivedAt,
];

/** One row a fact. */
export function* factRows(sqlite: Sqlite): Generator<readonly Value[]> {
  for (const fact of readFacts(sqlite, null)) {
    const replaced = fact.supersedes === null ? null : formatUuid(fact.supersedes);
    yield [fact.seq, ...shared(fact), fact.type, replaced, fact.stands, fact.late, fact.sha256];
  }
}

function supportOf(answers: readonly Answer[]): number | null {
  const given = answers.findLast((one) => one.given.kind === 'support')?.given;
  return given?.kind === 'support' ? given.level : null;
}

/** One row a knock. */
export function* knockRows(sqlite: Sqlite): Generator<readonly Value[]> {
  for (const fact of readFacts(sqlite, 'knock')) {
    const { operation, stands } = fact;
    if (operation.type !== 'knock') continue;
    const { outcome, answers, note, by } = operation.payload;
    const result = outcome.kind === 'result' ? outcome : null;
    yield [
      ...shared(fact),
      operation.scopeId,
      operation.scriptVersionId,
      result?.result ?? 'contact',
      outcome.language ?? null,
      result?.comeBack?.day ?? null,
      result?.comeBack?.part ?? null,
      by ?? 'door',
      supportOf(answers),
      note,
      stands,
    ];
  }
}

/** What a fact says as cells; nothing of what was taken out of it. */
export type Say<T extends OperationType> = (
  payload: Partial<Payloads[T]>,
  id: string,
) => readonly (Value | undefined)[];

/** Where what was drawn lies in an archive. */
export const drawingOf = (id: string): string => `signatures/${id}.svg`;

/** What was signed, as pictures. */
export function* drawings(sqlite: Sqlite): Generator<{ name: string; text: string }> {
  for (const { operation } of readFacts(sqlite, 'signature')) {
    const { strokes } = operation.payload as Partial<Payloads['signature']>;
    if (strokes === undefined) continue;
    yield { name: drawingOf(operation.opId), text: `${signatureSvg(strokes)}\n` };
  }
}

/** One row a fact of a kind, with what it says. */
export function rowsOf<T extends OperationType>(type: T, say: Say<T>): ArchiveResource['rows'] {
  return function* rows(sqlite) {
    for (const fact of readFacts(sqlite, type)) {
      const said = say(fact.operation.payload as Partial<Payloads[T]>, fact.operation.opId);
      yield [...shared(fact), ...said.map((cell) => cell ?? null), fact.stands];
    }
  };
}

function readQuestions(sqlite: Sqlite): ReadonlyMap<string, ReadonlyMap<string, Question>> {
  const rows = sqlite.prepare('select id, body from script_versions').all() as {
    id: string;
    body: string;
  }[];
  return new Map(
    rows.map(({ id, body }) => {
      const { questions } = JSON.parse(body) as ScriptBody;
      return [id, new Map(questions.map((one) => [one.id as string, one]))];
    }),
  );
}

const labelOf = (question: Question | undefined, id: string): string =>
  question?.options.find((option) => option.id === id)?.label ?? id;

function sayGiven({ given }: Answer, question: Question | undefined): [Value, Value] {
  switch (given.kind) {
    case 'support':
      return [String(given.level), null];
    case 'one':
      return [labelOf(question, given.option), given.option];
    case 'many':
      return [
        given.options.map((option) => labelOf(question, option)).join('; '),
        given.options.join(' '),
      ];
    case 'text':
      return [given.text, null];
    case 'number':
      return [given.number, null];
    case 'date':
      return [given.date, null];
    case 'skipped':
    case 'refused':
    case 'unknown':
      return [null, null];
  }
}

/** One row an answer, with the words of its question. */
export function* answerRows(sqlite: Sqlite): Generator<readonly Value[]> {
  const versions = readQuestions(sqlite);
  for (const { operation } of readFacts(sqlite, 'knock')) {
    if (operation.type !== 'knock') continue;
    const questions = versions.get(operation.scriptVersionId ?? '');
    const seen = new Set<string>();
    for (const answer of operation.payload.answers) {
      if (seen.has(answer.id)) continue;
      seen.add(answer.id);
      const question = questions?.get(answer.questionId);
      const [words, options] = sayGiven(answer, question);
      yield [
        answer.id,
        operation.opId,
        answer.questionId,
        answer.given.kind,
        question?.prompt ?? null,
        words,
        options,
      ];
    }
  }
}
