import type { HandedClaim, HandedNote } from '../model/handed.ts';
import type { Packet } from '../model/packet.ts';
import { readPacket } from './check-answer.ts';
import type { RescueFile, SealedOp } from './protocol.ts';

/** Facts of the phone that hands its turf on which the chapter has not received: signed, not sealed. */
export type HandedFacts = Omit<RescueFile, 'ops'> & { readonly ops: readonly SealedOp[] };

/** A turf as it goes from a screen to a phone, or from phone to phone, where there is no network. */
export interface HandedBundle {
  readonly format: 'homeground-handed';
  readonly v: 1;
  readonly note: HandedNote;
  /** First contacts of phones that have had none, the giver's last. */
  readonly before: readonly HandedClaim[];
  readonly packet: Packet;
  /** Null where the chapter has everything, and from the desk. */
  readonly facts: HandedFacts | null;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const NO_FEATURES = { type: 'FeatureCollection' as const, features: [] };
const NO_MAP: Packet['map'] = {
  streets: NO_FEATURES,
  water: NO_FEATURES,
  parks: NO_FEATURES,
  buildings: NO_FEATURES,
  rail: NO_FEATURES,
  precincts: NO_FEATURES,
};

/** The text of a bundle. Codes leave the streets out, which are most of it; the list has no need of them. */
export function writeBundle(
  { note, before, packet, facts }: Pick<HandedBundle, 'note' | 'before' | 'packet' | 'facts'>,
  withMap: boolean,
): string {
  const whole: HandedBundle = {
    format: 'homeground-handed',
    v: 1,
    note,
    before,
    packet: withMap ? packet : { ...packet, map: NO_MAP },
    facts,
  };
  return JSON.stringify(whole);
}

function isNote(value: unknown): value is HandedNote {
  if (!isFields(value) || value.v !== 1) return false;
  const texts = [value.noteId, value.chapterId, value.turfId, value.by, value.signature];
  return texts.every(isText) && [value.issuedAt, value.until].every(Number.isSafeInteger);
}

function isFacts(value: unknown): value is HandedFacts {
  if (!isFields(value) || !Array.isArray(value.ops)) return false;
  return value.ops.every((op) => isFields(op) && [op.opId, op.sha256, op.body].every(isText));
}

/** The bundle that a text holds, or null when it holds none. Who signed it is for the server to say. */
export function readBundle(text: string): HandedBundle | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isFields(value) || value.format !== 'homeground-handed' || value.v !== 1) return null;
  const { note, before, facts } = value;
  const packet = readPacket(value.packet);
  if (packet === null || !isNote(note) || !Array.isArray(before)) return null;
  if (facts !== null && !isFacts(facts)) return null;
  if (packet.chapter.id !== note.chapterId || packet.turf.id !== note.turfId) return null;
  return value as unknown as HandedBundle;
}
