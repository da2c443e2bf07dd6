import { signatureSvg } from '#shared/canvass/signature-svg.ts';
import { FACT_EXPORTS, type FactExport } from '#shared/model/fact-export.ts';
import type { OperationType, Payloads } from '#shared/model/operation.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { type FactRecord, readFacts } from './read-facts.ts';
import { type Column, SHARED, yes } from './shared-columns.ts';
import type { Cell, CsvExport } from './stream-csv.ts';

/** A field of what a fact says; nothing where it was taken out. */
const said =
  <T extends OperationType>(name: keyof Payloads[T]) =>
  ({ operation }: FactRecord<T>): Cell => {
    const value: unknown = operation.payload[name];
    if (typeof value === 'boolean') return yes(value);
    if (Array.isArray(value)) return value.join(' ');
    return typeof value === 'string' || typeof value === 'number' ? value : null;
  };

const column = <T extends OperationType>(
  name: string,
  field: keyof Payloads[T],
): Column<FactRecord<T>> => [name, said<T>(field)];

/** The same where it is an id, by what that is called. */
const called = <T extends OperationType>(
  name: string,
  field: keyof Payloads[T],
): Column<FactRecord<T>> => [
  name,
  (row) => row.names.get(String(row.operation.payload[field])) ?? null,
];

type Columns = { readonly [T in OperationType]?: readonly Column<FactRecord<T>>[] };

/** What each kind says beside who, where, when and by whom. */
const COLUMNS: Columns = {
  note: [column('note', 'text')],
  correct: [
    column('field', 'field'),
    // A name or a number of somebody who is to be named nowhere is in no file either.
    ['value', (row) => (row.named ? said<'correct'>('value')(row) : null)],
  ],
  tag: [called('tag', 'tag'), column('put_on', 'on'), column('tag_id', 'tag')],
  'follow-up': [
    column('promise', 'text'),
    column('by', 'by'),
    called('member', 'whoId'),
    column('member_id', 'whoId'),
    column('keeps_fact_id', 'keeps'),
  ],
  'contact-consent': [
    column('channel', 'channel'),
    column('given', 'given'),
    column('wording', 'wording'),
    column('wording_sha256', 'wordingHash'),
  ],
  consent: [
    column('recipients', 'recipients'),
    column('given', 'given'),
    column('wording', 'wording'),
    column('wording_sha256', 'wordingHash'),
  ],
  signature: [
    called('petition', 'petitionId'),
    column('petition_id', 'petitionId'),
    column('wording', 'wording'),
    column('wording_sha256', 'wordingHash'),
    ['lines', ({ operation }) => operation.payload.strokes?.length ?? null],
  ],
  building: [
    column('building_id', 'buildingId'),
    column('about', 'about'),
    column('text', 'text'),
    column('longitude', 'lon'),
    column('latitude', 'lat'),
  ],
  door: [
    column('building_id', 'buildingId'),
    column('found_unit', 'unit'),
    column('found_floor', 'floor'),
  ],
  'turf-report': [
    column('rating', 'rating'),
    column('problems', 'problems'),
    column('note', 'note'),
  ],
  'sign-up': [
    called('shift', 'shiftId'),
    column('shift_id', 'shiftId'),
    column('coming', 'coming'),
  ],
};

/** The lines of a signature as a picture; nobody's who is to be named nowhere. */
const DRAWN: Column<FactRecord<'signature'>> = [
  'signature_svg',
  ({ named, operation: { payload } }) =>
    named && payload.strokes !== undefined ? signatureSvg(payload.strokes) : null,
];

async function* rows<T extends OperationType>(
  db: ChapterDb,
  type: T,
  columns: readonly Column<FactRecord<T>>[],
): AsyncGenerator<Cell[]> {
  for await (const row of readFacts(db, type)) yield columns.map(([, cell]) => cell(row));
}

function fileOf<T extends OperationType>(
  db: ChapterDb,
  kind: FactExport,
  type: T,
  more: readonly Column<FactRecord<T>>[],
): CsvExport {
  const columns: readonly Column<FactRecord<T>>[] = [
    ...(SHARED as readonly Column<FactRecord<T>>[]),
    ...(COLUMNS[type] ?? []),
    ...more,
    ['fact_id', ({ operation }) => operation.opId],
  ];
  return { kind, header: columns.map(([name]) => name), rows: rows(db, type, columns) };
}

/**
 * One row a fact of a kind, also those that were taken back; the last column is its id and never
 * changes. With `drawn`, signatures come with their lines.
 */
export function factsCsv(db: ChapterDb, kind: FactExport, { drawn = false } = {}): CsvExport {
  if (kind === 'signatures') return fileOf(db, kind, 'signature', drawn ? [DRAWN] : []);
  return fileOf<OperationType>(db, kind, FACT_EXPORTS[kind], []);
}
