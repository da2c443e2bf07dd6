import { knockedAt } from '#shared/canvass/knocked-at.ts';
import { formatInstant } from '#shared/kernel/instant.ts';
import type { Operation, OperationType } from '#shared/model/operation.ts';
import type { FactRecord } from './read-facts.ts';
import type { Cell } from './stream-csv.ts';

export const yes = (flag: boolean): string => (flag ? 'yes' : 'no');

/** From where a fact came: a phone, paper that was typed in, or the desk itself. */
function sourceOf({ enteredBy, operation }: FactRecord<OperationType>): Cell {
  if (enteredBy === null) return 'phone';
  return operation.type === 'building' ? 'desk' : 'paper';
}

/** A column of a file by its name, with what it says of a row. */
export type Column<T> = readonly [name: string, cell: (row: T) => Cell];

/** Whom a fact names; null for nobody, and for what is of a door or a building. */
function whom({ payload }: Pick<Operation, 'payload'>): Cell {
  return 'personId' in payload ? payload.personId : null;
}

/** What every fact that leaves has in common: who, where, when, by whom. */
export const SHARED: readonly Column<FactRecord<OperationType>>[] = [
  ['chapter', (row) => row.chapter],
  ['campaign', (row) => row.campaign],
  ['turf', (row) => row.turf],
  ['voter_id', (row) => row.sourceId],
  ['person_kind', (row) => row.kind],
  ['first_name', (row) => row.firstName],
  ['last_name', (row) => row.lastName],
  ['number', (row) => row.number],
  ['street', (row) => row.street],
  ['unit', (row) => row.unit],
  ['city', (row) => row.city],
  ['zip', (row) => row.zip],
  ['precinct', (row) => row.precinct],
  ['knocked_at', (row) => formatInstant(knockedAt(row.operation))],
  ['received_at', (row) => formatInstant({ ms: row.receivedAt, offset: 0 })],
  ['canvasser', (row) => row.canvasser],
  ['device_id', (row) => row.operation.deviceId],
  ['script', (row) => row.script],
  ['script_version', (row) => row.scriptVersion],
  ['withdrawn', (row) => yes(row.withdrawn)],
  ['turf_id', (row) => row.operation.scopeId],
  ['door_id', (row) => row.doorId],
  ['person_id', (row) => row.personId ?? whom(row.operation)],
  ['do_not_contact', (row) => yes(row.doNotContact === 1)],
  // Records that were found to be the same person’s.
  ['other_voter_ids', (row) => row.otherIds.join(' ')],
  ['source', (row) => sourceOf(row)],
  ['entered_by', (row) => row.enteredBy],
];
