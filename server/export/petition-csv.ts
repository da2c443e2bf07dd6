import { knockedAt } from '#shared/canvass/knocked-at.ts';
import { formatInstant } from '#shared/kernel/instant.ts';
import type { Petition } from '#shared/model/petition.ts';
import {
  describeSignatures,
  isNamed,
  readSignatures,
  type SignatureRecord,
} from '../chapter/signatures.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Cell, CsvExport } from './stream-csv.ts';

const COLUMNS: readonly (readonly [name: string, cell: (row: SignatureRecord) => Cell])[] = [
  ['voter_id', (row) => (isNamed(row) ? row.sourceId : null)],
  ['person_kind', (row) => row.kind],
  ['first_name', (row) => (isNamed(row) ? row.firstName : null)],
  ['last_name', (row) => (isNamed(row) ? row.lastName : null)],
  ['number', (row) => row.number],
  ['street', (row) => row.street],
  ['unit', (row) => row.unit],
  ['city', (row) => row.city],
  ['zip', (row) => row.zip],
  ['precinct', (row) => row.precinct],
  ['signed_at', (row) => formatInstant(knockedAt(row.operation))],
  ['received_at', (row) => formatInstant({ ms: row.receivedAt, offset: 0 })],
  ['canvasser', (row) => row.canvasser],
  ['do_not_contact', (row) => (row.doNotContact === 1 ? 'yes' : 'no')],
  ['wording', (row) => row.operation.payload.wording],
  ['wording_hash', (row) => row.operation.payload.wordingHash],
  ['door_id', (row) => row.doorId],
  ['person_id', (row) => row.personId ?? row.operation.payload.personId],
  ['signature_id', (row) => row.operation.opId],
  ['language', (row) => row.operation.payload.language ?? null],
];

async function* signatureRows(
  db: ChapterDb,
  { id, kind, title }: Petition,
): AsyncGenerator<Cell[]> {
  const snapshot = await db.openSnapshot();
  try {
    const signatures = await readSignatures(snapshot.db, id);
    for await (const row of describeSignatures(snapshot.db, signatures)) {
      yield [title, kind, ...COLUMNS.map(([, cell]) => cell(row))];
    }
  } finally {
    await snapshot.close();
  }
}

/** One row a signature; the last column is its id and never changes. */
export function petitionCsv(db: ChapterDb, petition: Petition): CsvExport {
  const header = ['petition', 'petition_kind', ...COLUMNS.map(([name]) => name)];
  return { kind: 'signatures', header, rows: signatureRows(db, petition) };
}
