import type { Campaign, Chapter } from './chapter.ts';
import type { Building } from './door.ts';

import type { BuildingId, DoorId, MemberId, PersonId, TurfId } from '../kernel/ids.ts';
import type { AskedWords } from './asked-words.ts';
import type { PacketPromise } from './follow-up.ts';
import type { Person } from './person.ts';
import type { PacketPetition } from './petition.ts';
import type { MapLayers } from './place.ts';
import type { MultiPolygon, Polygon } from './geojson.ts';
import type { NextShift } from './next-shift.ts';
import type { ScriptVersion } from './script.ts';
import type { PacketTag } from './tag.ts';
import type { TurfKind } from './turf-kind.ts';

/** A door of a packet, numbered in walk order: list, map and paper show the same numbers. */
export interface PacketDoor {
  readonly id: DoorId;
  readonly buildingId: BuildingId;
  readonly unit: string;
  /** 1, 2, 3 … */
  readonly position: number;
}

/** A dwelling of a packet's building that the turf does not hold: somebody may find it there. */
export interface PacketUnit {
  readonly id: DoorId;
  readonly buildingId: BuildingId;
  readonly unit: string;
  /** Somebody there asked not to be contacted. */
  readonly doNotContact?: true;
  /** Another open turf holds it. */
  readonly held?: true;
}

/** What a phone downloads to walk one turf: `GET /v1/packet`. */
export interface Packet {
  readonly chapter: Chapter;
  readonly campaign: Campaign;
  readonly turf: {
    readonly id: TurfId;
    readonly name: string;
    readonly version: number;
    readonly outline: Polygon;
    /** Streets are crossed at corners alone: one side out, the other back. Left out: no. */
    readonly oneSide?: boolean;
    /** How its people are met; left out: at their doors. */
    readonly kind?: Exclude<TurfKind, 'walk'>;
    /** All of its outline where that has several parts; `outline` is the largest of them. */
    readonly parts?: MultiPolygon;
  };
  readonly script: ScriptVersion | null;
  /** Tags to put on people, by name; left out: none. */
  readonly tags?: readonly PacketTag[];
  readonly buildings: readonly Building[];
  /** In walk order. */
  readonly doors: readonly PacketDoor[];
  /** Everyone who lives there, the universe's people marked. */
  readonly people: readonly Person[];
  /** What happened at these doors before, oldest first: bodies of operations with their place in the log. */
  readonly history: readonly {
    readonly seq: number;
    readonly opId: string;
    readonly body: string;
    /** The stamp that counts where the fact's own was too far ahead. */
    readonly eff?: string;
  }[];
  /** Records that were found to be one person, each with the one among `people`; left out: none. */
  readonly merged?: readonly { readonly id: PersonId; readonly face: PersonId }[];
  /** What was said of these people under another record, at doors that are not the turf's. */
  readonly elsewhere?: Packet['history'];
  /** Shifts that one can say to come to; left out: none is announced. */
  readonly shifts?: readonly NextShift[];
  /** Which these are: a pull brings them anew once it is another mark. Left out: none is announced. */
  readonly shiftsMark?: string;
  /** What was learnt of its buildings at doors that are not the turf's; left out: nothing. */
  readonly memory?: Packet['history'];
  /** Other dwellings that the chapter knows in its buildings; left out: none. */
  readonly units?: readonly PacketUnit[];
  /** Where to start pulling from. */
  readonly cursor: string;
  readonly incarnation: string;
  /** The server's clock when it answered: a phone a year off knocks its first door by it. */
  readonly serverNow: number;
  /** When the phone's hold on the turf ends by itself, in ms since 1970. */
  readonly heldUntil: number;
  /** What can be signed on the glass; left out by older servers: nothing. */
  readonly petitions?: readonly PacketPetition[];
  /** The chapter's own words for what people are asked to allow; what is not in it: the app's. */
  readonly asked?: readonly AskedWords[];
  /** Who at the desk can be given a promise to keep. */
  readonly staff?: readonly { readonly id: MemberId; readonly name: string }[];
  /** What the desk has said of promises that were made at these doors. */
  readonly promises?: readonly PacketPromise[];
  /** The chapter's P-256 key that acknowledged facts are sealed to, uncompressed, base64url. */
  readonly chapterKey: string;
  /**
   * What this phone seals half-written words with, 32 bytes as base64url: the same in each packet of
   * this turf, so that they outlive the key of its list. Left out by older servers, and where it was
   * handed over.
   */
  readonly draftKey?: string;
  readonly map: MapLayers;
}
