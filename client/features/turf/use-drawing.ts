import { useMemo, useState } from 'react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { TurfId } from '#shared/kernel/ids.ts';
import type { Polygon } from '#shared/model/geojson.ts';
import type { Turf } from '#shared/model/turf.ts';
import type { UniverseDoors } from '#shared/model/universe.ts';
import { checkOutline } from '#shared/turf/check-outline.ts';
import { countInside } from '#shared/turf/count-inside.ts';
import { findCrossings } from './find-crossings.ts';
import { turfOf } from './turf-columns.ts';

/** What is being drawn: a new turf, or one that exists. */
export interface Drawing {
  readonly key: string;
  readonly turf: Turf | null;
  readonly start: Polygon | null;
}

export interface DrawnCount {
  readonly outline: Polygon | null;
  readonly inside: readonly number[];
  readonly doors: number;
  readonly people: number;
  /** Doors inside that belong to other turfs, and the names of those. */
  readonly elsewhere: number;
  readonly otherTurfs: readonly string[];
}

export interface Drawn {
  readonly count: DrawnCount;
  readonly closed: boolean;
  readonly fault: Problem | null;
  readonly crossings: ReturnType<typeof findCrossings>;
  readonly onChange: (outline: Polygon | null, closed: boolean) => void;
}

interface Held {
  readonly key: string | null;
  readonly outline: Polygon | null;
  readonly closed: boolean;
}

const NOTHING: DrawnCount = {
  outline: null,
  inside: [],
  doors: 0,
  people: 0,
  elsewhere: 0,
  otherTurfs: [],
};

/** Counts while an outline is drawn, here in the browser: the server decides when it is saved. */
export function useDrawing(
  drawing: Drawing | null,
  doors: UniverseDoors | null,
  turfs: readonly Turf[],
): Drawn {
  const [held, setHeld] = useState<Held>({ key: null, outline: null, closed: false });
  const key = drawing?.key ?? null;
  const start = drawing?.start ?? null;
  // What belongs to another drawing is not this one's: a drawing begins as what it reshapes.
  const now = held.key === key ? held : { outline: start, closed: start !== null };

  const own = drawing?.turf?.id ?? null;
  const { outline, closed } = now;
  const count = useMemo(
    () => (outline && doors && key !== null ? countDrawn(outline, doors, own, turfs) : NOTHING),
    [outline, doors, key, own, turfs],
  );
  const crossings = useMemo(
    () => (outline && closed ? findCrossings(outline) : []),
    [outline, closed],
  );
  const fault = useMemo(() => {
    if (!outline || !closed) return null;
    const checked = checkOutline(outline);
    return checked.ok ? null : checked.problem;
  }, [outline, closed]);
  return {
    count,
    closed,
    fault,
    crossings,
    onChange: (outline, closed) => setHeld({ key, outline, closed }),
  };
}

function countDrawn(
  outline: Polygon,
  doors: UniverseDoors,
  own: TurfId | null,
  turfs: readonly Turf[],
): DrawnCount {
  const isTaken = (index: number): boolean => {
    const turf = turfOf(doors, index);
    return turf !== null && turf !== own;
  };
  const free = countInside(doors, outline, isTaken);
  const taken = countInside(doors, outline, (index) => !isTaken(index));
  const others = new Set(taken.inside.map((index) => turfOf(doors, index)));
  return {
    outline,
    inside: free.inside,
    doors: free.doors,
    people: free.people,
    elsewhere: taken.doors,
    otherTurfs: turfs.filter(({ id }) => others.has(id)).map(({ name }) => name),
  };
}
