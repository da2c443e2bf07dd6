import { createSecretKey } from 'node:crypto';
import { addressKey } from '#shared/roll/normalise-address.ts';
import type { Who } from '#shared/roll/read-who.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { markName, markNameOf } from '../store/suppression-mark.ts';

/** True for a row about somebody who was erased. */
export type ErasedLookup = (who: Who) => boolean;

/**
 * Makes the look-up, with how many marks there are: by the roll's id, or by name and address as the
 * row writes them. A hash or two a row, and nothing where nobody was erased.
 */
export async function readErased(
  db: Pick<ChapterDb, 'read'>,
): Promise<{ readonly erased: ErasedLookup; readonly marks: number }> {
  const rows = await db.read.selectFrom('erasures').select('mark').execute();
  const { key } = await db.read
    .selectFrom('chapter')
    .select('suppress_key as key')
    .executeTakeFirstOrThrow();
  if (rows.length === 0 || key === null) return { erased: () => false, marks: rows.length };
  const marks = new Set(rows.map(({ mark }) => markName(mark)));
  const secret = createSecretKey(key);
  const isMarked = (who: Parameters<typeof markNameOf>[1]): boolean =>
    marks.has(markNameOf(secret, who) ?? '');
  const erased: ErasedLookup = ({ id, person }) => {
    if (id !== '' && isMarked({ sourceId: id })) return true;
    if (person === null) return false;
    const { name, home } = person;
    const named = { firstName: name.first, lastName: name.last };
    const house = addressKey(home.number, home.street.key);
    return [home.zip, home.city].some(
      (end) =>
        end !== '' &&
        isMarked({
          name: named,
          address: { addressKey: `${house}|${end}`, unitKey: home.unit },
        }),
    );
  };
  return { erased, marks: rows.length };
}
