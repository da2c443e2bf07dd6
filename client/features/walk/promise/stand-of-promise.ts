import type { Promised } from '#shared/canvass/follow-ups.ts';
import type { PacketPromise } from '#shared/model/follow-up.ts';
import type { Packet } from '#shared/model/packet.ts';

/** How a promise stands for the phone: what the desk has said wins; kept on any phone is kept. */
export function standOfPromise(
  { opId, whoId, by, kept }: Promised,
  { promises = [] }: Pick<Packet, 'promises'>,
): Omit<PacketPromise, 'id'> {
  const said = promises.find(({ id }) => id === opId);
  const end = said?.end ?? (kept === null ? null : 'kept');
  return said === undefined ? { whoId, by, end } : { whoId: said.whoId, by: said.by, end };
}
