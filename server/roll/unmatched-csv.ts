import { describeFault } from '#shared/roll/describe-fault.ts';
import type { CsvExport } from '../export/stream-csv.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readUnmatchedPeople } from '../store/settled-places.ts';

const PAGE = 1000;

/** Everybody of the roll that stands whose address has no place yet: they can still be called. */
export function unmatchedCsv(db: ChapterDb): CsvExport {
  return {
    kind: 'unplaced',
    header:
      'voter_id first_name last_name phone number street unit city zip reason what_to_do'.split(
        ' ',
      ),
    rows: unmatchedRows(db),
  };
}

async function* unmatchedRows(db: ChapterDb): AsyncGenerator<(string | null)[]> {
  for (let after = 0; ;) {
    const page = await readUnmatchedPeople(db.read, after, PAGE);
    for (const one of page) {
      const { source_id, first_name, last_name, phone, number, street, unit, city, zip } = one;
      const todo = one.reason === null ? '' : describeFault(one.reason).todo;
      const who = [source_id, first_name, last_name, phone];
      yield [...who, number, street, unit, city, zip, one.reason, todo];
      after = one.person_key;
    }
    if (page.length < PAGE) return;
  }
}
