import { sql } from 'kysely';
import type { ChapterDb } from '../store/chapter-db.ts';
import { HIDDEN, MERGED_WISHES } from '../store/merged-people.ts';
import type { Cell, CsvExport } from './stream-csv.ts';

const PAGE = 1000;
const HEADER =
  'person_id voter_id first_name middle_name last_name name_suffix number street unit city zip precinct';

/** The column behind which the layers stand. */
export const BEHIND = 'precinct';

/**
 * Everybody of the roll of whom a layer says something, once: under the record that is shown for them,
 * whichever of their records the layer found. Nobody under 18, and nobody who asked to be left alone.
 * The layers themselves come with withLayers.
 */
export function layersCsv(db: ChapterDb): CsvExport {
  return { kind: 'layers', header: HEADER.split(' '), rows: readRows(db) };
}

type Person = Readonly<Record<string, Cell>> & { readonly key: number };

async function* readRows(db: ChapterDb): AsyncGenerator<Cell[]> {
  const columns = HEADER.split(' ');
  for (let after = 0; ;) {
    const { rows } = await sql<Person>`select p.key, p.id as person_id, p.source_id as voter_id,
        v.first_name, v.middle_name, v.last_name, v.name_suffix, b.number, b.street, d.unit,
        b.city, b.zip, coalesce(v.precinct, b.precinct) as precinct
      from voters v join people p on p.key = v.person_key
        join doors d on d.key = p.door_key join buildings b on b.key = d.building_key
      where p.key > ${after} and v.adult_on is null and p.key not in ${HIDDEN}
        and p.key not in (select person_key from opt_outs)
        and p.door_key not in (select door_key from door_opt_outs)
        and p.key not in ${MERGED_WISHES}
        and (exists (select 1 from layer_values x join layers l on l.set_key = x.set_key
            where x.person_key = p.key)
          or p.key in (select m.face_key from merged_people m
            join layer_values x on x.person_key = m.person_key
            join layers l on l.set_key = x.set_key))
      order by p.key limit ${PAGE}`.execute(db.read);
    for (const row of rows) yield columns.map((name) => row[name] ?? null);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.key;
  }
}
