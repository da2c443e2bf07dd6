/** Words that maps and address lists write long or short. */
const SHORT: Readonly<Record<string, string>> = {
  STREET: 'ST',
  AVENUE: 'AVE',
  AV: 'AVE',
  ROAD: 'RD',
  DRIVE: 'DR',
  LANE: 'LN',
  COURT: 'CT',
  PLACE: 'PL',
  TERRACE: 'TER',
  BOULEVARD: 'BLVD',
  PARKWAY: 'PKWY',
  HIGHWAY: 'HWY',
  TURNPIKE: 'TPKE',
  TPK: 'TPKE',
  SQUARE: 'SQ',
  CIRCLE: 'CIR',
  ALLEY: 'ALY',
  EXTENSION: 'EXT',
  NORTH: 'N',
  SOUTH: 'S',
  EAST: 'E',
  WEST: 'W',
  SAINT: 'ST',
  MOUNT: 'MT',
  FORT: 'FT',
};

/** One key for the ways in which one street's name is written. Empty for no name. */
export function streetKey(name: string): string {
  const words = name
    .toUpperCase()
    .replaceAll(/['’.]/g, '')
    .match(/[\p{L}\p{N}]+/gu);
  return (words ?? []).map((word) => SHORT[word] ?? word).join(' ');
}
