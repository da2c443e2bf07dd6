import { type BuildingId, type DoorId, type Id, makeId, type TurfId } from '#shared/kernel/ids.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import type { Chapter } from '#shared/model/chapter.ts';
import type { Packet } from '#shared/model/packet.ts';

/** A packet of two doors with nobody behind them, as a server would send it at `now` (ms). */
export function makePacket(random: RandomBytes, now: number, chapter: Chapter): Packet {
  const id = <K extends Id<string>>(): K => makeId<K>(now, random);
  const none = { type: 'FeatureCollection' as const, features: [] };
  const layers = { streets: none, water: none, parks: none, buildings: none, rail: none };
  const door = (position: number) => ({
    id: id<DoorId>(),
    buildingId: id<BuildingId>(),
    unit: '',
    position,
  });
  return {
    chapter,
    campaign: { id: id(), name: 'Spring' },
    turf: {
      id: id<TurfId>(),
      name: 'Turf 1',
      version: 1,
      outline: { type: 'Polygon', coordinates: [] },
    },
    script: null,
    buildings: [],
    doors: [door(1), door(2)],
    people: [],
    history: [],
    cursor: 'cursor-0',
    incarnation: 'first',
    serverNow: now,
    heldUntil: now + 12 * 3_600_000,
    chapterKey: 'chapter-key',
    map: { ...layers, precincts: none },
  };
}
