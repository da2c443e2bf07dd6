import type { Building } from '#shared/model/door.ts';
import type { ComeBack } from '#shared/model/fact.ts';
import type { PacketDoor } from '#shared/model/packet.ts';
import type { PersonId } from '#shared/kernel/ids.ts';
import type { Person } from '#shared/model/person.ts';
import type { ResultCode } from '#shared/model/results.ts';
import type { DoorStanding } from '#shared/model/turf.ts';
import type { Place } from './sent/place-of.ts';

/** The latest knock at a door, as the list hints at it. */
export interface LastKnock {
  readonly what: ResultCode | 'contact';
  /** Milliseconds since 1970. */
  readonly at: number;
  /** How often this door was knocked in all. */
  readonly times: number;
  /** False when it belongs to an earlier pass or another turf. */
  readonly thisTurf: boolean;
  /** When they asked us to come back; left out: they did not, or not for a time. */
  readonly comeBack?: ComeBack;
}

/** One door as the list shows it. Rows are kept by identity: an equal row is the same object. */
export interface DoorRow {
  readonly door: PacketDoor;
  readonly building: Building;
  /** Targets first, then others, residents last. */
  readonly people: readonly Person[];
  /** Those of them who moved away or died, as far as we were told: nobody comes for them. */
  readonly gone: ReadonlySet<PersonId>;
  /** Those who said no to the way by which this turf gets in touch; `allRefuse`: everybody there. */
  readonly refusing: ReadonlySet<PersonId>;
  readonly allRefuse: boolean;
  readonly standing: DoorStanding;
  /** From when on to come back, in ms since 1970; left out: nobody asked for it. */
  readonly dueAt?: number;
  readonly last: LastKnock | null;
  readonly litDropped: boolean;
  /** Where this phone's own facts about the door are; null when it has none. */
  readonly place: Place | null;
}
