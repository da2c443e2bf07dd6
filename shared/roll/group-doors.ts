import { idFromDigest, type BuildingId, type DoorId, type PersonId } from '../kernel/ids.ts';

/** SHA-256, or another digest of at least 16 bytes, of a text in UTF-8. */
export type Digest = (text: string) => Uint8Array;

/** The id of the building at an address: the same in every import and after every restore. */
export function buildingId(addressKey: string, digest: Digest): BuildingId {
  return idFromDigest(digest(`building:${addressKey}`));
}

/** The id of a dwelling in it; `unitKey` is empty for a building of one dwelling. */
export function doorId(addressKey: string, unitKey: string, digest: Digest): DoorId {
  return idFromDigest(digest(`door:${addressKey}#${unitKey}`));
}

/** The id of the voter whom the roll calls `sourceId`. */
export function voterId(sourceId: string, digest: Digest): PersonId {
  return idFromDigest(digest(`person:${sourceId}`));
}
