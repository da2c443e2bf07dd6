import { type BuildingId, type DoorId, idFromDigest } from '#shared/kernel/ids.ts';
import { unitKey } from '#shared/model/unit-name.ts';
import { hashText } from './hash-text.ts';

/**
 * The id of a dwelling that is on no list: named by its building and unit, so that two who find the
 * same one, each without a signal, have found one door.
 */
export async function foundDoorId(buildingId: BuildingId, unit: string): Promise<DoorId> {
  const hex = await hashText(`found ${buildingId} ${unitKey(unit)}`);
  return idFromDigest(Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16)));
}
