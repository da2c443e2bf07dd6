import type { DoorId, PersonId } from '../kernel/ids.ts';

/** As much of an age as a door needs; in years. */
export type AgeBand = '18–24' | '25–34' | '35–49' | '50–64' | '65+';

/** A voter of the roll, or a resident met at a door who is in no roll. */
export interface Person {
  readonly id: PersonId;
  readonly kind: 'voter' | 'resident';
  readonly doorId: DoorId;
  readonly firstName: string;
  readonly lastName: string;
  /** Its band; packets of the first version said the years. */
  readonly age: AgeBand | null;
  readonly party: string | null;
  readonly sex: string | null;
  readonly phone: string | null;
  /** True when the universe selected this person; others live at the same door. */
  readonly target: boolean;
  /** Wins over everything else, in every campaign. */
  readonly doNotContact: boolean;
}
