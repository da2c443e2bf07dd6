import { Type, type Static } from 'typebox';
import type { MemberId, ShiftId } from '../kernel/ids.ts';
import { strict } from './schema.ts';

const MOST_MS = 2 ** 48;

/** `POST /v1/shifts` and `PUT /v1/shifts/:id`: a shift that the chapter announces. Ms since 1970. */
export const SaveShift = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
    /** Where one meets, in words. */
    place: Type.String({ maxLength: 120 }),
    startsAt: Type.Integer({ minimum: 0, maximum: MOST_MS }),
    endsAt: Type.Integer({ minimum: 0, maximum: MOST_MS }),
  },
  strict,
);
export type SaveShift = Static<typeof SaveShift>;

/** A shift as it is announced to everybody. */
export interface AnnouncedShift extends SaveShift {
  readonly id: ShiftId;
}

/** The shifts to come, with a mark that is another one whenever any of them is. */
export interface ShiftNews {
  /** Empty: none is announced. */
  readonly mark: string;
  readonly shifts: readonly AnnouncedShift[];
}

/** A shift as a phone shows it. */
export interface NextShift extends AnnouncedShift {
  /** Whether whoever has the phone has said that they come; null: neither yes nor no. */
  readonly coming: boolean | null;
}

/** `GET /v1/shifts`: a shift with whoever said that they come, the earliest answer first. */
export interface PlannedShift extends SaveShift {
  readonly id: ShiftId;
  readonly cancelled: boolean;
  readonly coming: readonly { readonly memberId: MemberId; readonly name: string }[];
  /** Those who had said yes and will not come after all. */
  readonly notComing: readonly { readonly memberId: MemberId; readonly name: string }[];
}
