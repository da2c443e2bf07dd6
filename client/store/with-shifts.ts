import type { ShiftNews } from '#shared/model/next-shift.ts';
import type { PacketSheet } from './packet-store.ts';

/** A packet with other shifts to come; what its owner is known to have said of one stays. */
export function withShifts(sheet: PacketSheet, { mark, shifts }: ShiftNews): PacketSheet {
  const coming = new Map(sheet.shifts?.map((one) => [one.id, one.coming]));
  const next = shifts.map((one) => ({ ...one, coming: coming.get(one.id) ?? null }));
  return { ...sheet, shifts: next, shiftsMark: mark };
}
