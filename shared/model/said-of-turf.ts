import type { MemberId, OpId, TurfId } from '../kernel/ids.ts';
import type { TurfProblem } from './field-words.ts';

/** `GET /v1/turf-reports`: what somebody said of a turf at the end of it, the newest first. */
export interface SaidOfTurf {
  readonly opId: OpId;
  readonly turfId: TurfId;
  readonly memberId: MemberId;
  readonly name: string;
  /** Ms since 1970, by the phone's clock as the server has set it right. */
  readonly at: number;
  readonly problems: readonly TurfProblem[];
  /** 1 (bad) to 5 (good); null: not said. */
  readonly rating: number | null;
  readonly note: string | null;
}
