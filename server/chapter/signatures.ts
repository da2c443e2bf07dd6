import { type Kysely, sql } from 'kysely';
import { asOne } from '#shared/canvass/as-one.ts';
import { foldSignatures, type Signed } from '#shared/canvass/signatures.ts';
import type { DoorId, PersonId, PetitionId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Tables } from '../store/tables.ts';
import { MERGED_WISHES, readFaces } from '../store/merged-people.ts';
import { factsOfType } from '../sync/facts-of-type.ts';
import { readLogged } from '../sync/read-logged.ts';

/** A signature that stands, with its place in the log. */
export type LoggedSignature = Signed & { readonly seq: number };

type SignatureFact = Extract<Operation, { readonly type: 'signature' }>;

/** One signature as lists and files show it. */
export interface SignatureRecord {
  readonly operation: SignatureFact;
  readonly receivedAt: number;
  readonly personId: PersonId | null;
  readonly kind: 'voter' | 'resident' | null;
  readonly sourceId: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly number: string;
  readonly street: string;
  readonly unit: string;
  /** Its own: a fact may name a door by another id that it was found under. */
  readonly doorId: DoorId;
  readonly city: string;
  readonly zip: string;
  readonly precinct: string | null;
  readonly canvasser: string;
  /** They, or everybody at the door, asked to be left alone since. */
  readonly doNotContact: 0 | 1;
  /** A child of the roll: in no list. */
  readonly minor: 0 | 1;
}

/** A child, and whoever asked to be left alone, is in no file by name: the signature alone stays (I10). */
export const isNamed = ({
  doNotContact,
  minor,
}: Pick<SignatureRecord, 'doNotContact' | 'minor'>): boolean => doNotContact === 0 && minor === 0;

/** What was drawn is most of a signature's bytes, and who signed what does not need it. */
const withoutStrokes = (operation: Operation): Operation =>
  operation.type === 'signature'
    ? { ...operation, payload: { ...operation.payload, strokes: [] } }
    : operation;

/** Who has signed, of one petition or of all: each person once, under whichever record, oldest first. */
export async function readSignatures(
  db: Kysely<Tables>,
  petitionId: PetitionId | null,
): Promise<LoggedSignature[]> {
  const facts = await factsOfType(db, 'signature', withoutStrokes);
  const seqs = new Map<string, number>(facts.map(({ seq, operation }) => [operation.opId, seq]));
  const faceOf = await readFaces(db);
  return foldSignatures(facts.map(({ operation }) => asOne(operation, faceOf)))
    .filter((signed) => petitionId === null || signed.petitionId === petitionId)
    .map((signed) => ({ ...signed, seq: seqs.get(signed.opId) ?? 0 }));
}

/** How many people have signed each petition. */
export async function countSignatures(db: Kysely<Tables>): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { petitionId } of await readSignatures(db, null)) {
    counts.set(petitionId, (counts.get(petitionId) ?? 0) + 1);
  }
  return counts;
}

/** More values than this no statement takes. */
const AT_ONCE = 200;

/** What is known of some signatures, in the order given; read part by part, so that others get a turn. */
export async function* describeSignatures(
  db: Kysely<Tables>,
  signatures: readonly LoggedSignature[],
): AsyncGenerator<SignatureRecord> {
  for (let at = 0; at < signatures.length; at += AT_ONCE) {
    const part = signatures.slice(at, at + AT_ONCE);
    const rows = await db
      .selectFrom('ops')
      .innerJoin('doors', 'doors.key', 'ops.door_key')
      .innerJoin('buildings', 'buildings.key', 'doors.building_key')
      .innerJoin('devices', 'devices.key', 'ops.device_key')
      .innerJoin('members', 'members.id', 'devices.member_id')
      .leftJoin('merged_people as same', 'same.person_key', 'ops.person_key')
      .leftJoin('people', (join) =>
        join.on('people.key', '=', sql<number>`coalesce(same.face_key, ops.person_key)`),
      )
      .leftJoin('voters', 'voters.person_key', 'people.key')
      .leftJoin('residents', 'residents.person_key', 'people.key')
      .leftJoin('opt_outs', 'opt_outs.person_key', 'people.key')
      .leftJoin('door_opt_outs', 'door_opt_outs.door_key', 'doors.key')
      .select(['ops.seq', 'ops.body', 'ops.eff_hlc', 'ops.received_at', 'people.id', 'people.kind'])
      .select(['people.source_id', 'buildings.number', 'buildings.street', 'doors.unit'])
      .select('doors.id as doorId')
      .select(['buildings.city', 'buildings.zip', 'buildings.precinct', 'members.name'])
      .select([
        sql<string | null>`coalesce(voters.first_name, residents.first_name)`.as('first'),
        sql<string | null>`coalesce(voters.last_name, residents.last_name)`.as('last'),
        sql<0 | 1>`case when opt_outs.op_id is null and door_opt_outs.op_id is null
          and (people.key is null or people.key not in ${MERGED_WISHES}) then 0 else 1 end`.as(
          'asked',
        ),
        sql<0 | 1>`case when voters.adult_on is null then 0 else 1 end`.as('minor'),
      ])
      .where(
        'ops.seq',
        'in',
        part.map(({ seq }) => seq),
      )
      .execute();
    const bySeq = new Map(rows.map((row) => [row.seq, row]));
    for (const { seq } of part) {
      const row = bySeq.get(seq);
      if (row === undefined) continue;
      const { received_at: receivedAt, id: personId, kind, source_id: sourceId } = row;
      const { number, street, unit, city, zip, precinct, name: canvasser, doorId } = row;
      yield {
        operation: readLogged(row) as SignatureFact,
        receivedAt,
        personId,
        kind,
        sourceId,
        number,
        street,
        unit,
        doorId,
        city,
        zip,
        precinct,
        canvasser,
        firstName: row.first ?? '',
        lastName: row.last ?? '',
        doNotContact: row.asked,
        minor: row.minor,
      };
    }
  }
}
