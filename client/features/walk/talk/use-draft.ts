import { useCallback, useEffect, useRef, useState } from 'react';
import type { DoorId } from '#shared/kernel/ids.ts';
import { packets } from '../../../store/phone-store.ts';
import { closeTalk, openTalk } from '../../../sync/talks.ts';
import { hearSaved, tellSaved } from './saved-elsewhere.ts';

export interface Draft<T> {
  /** What was typed so far; what it began with is none to keep. */
  readonly value: T;
  /** False for the moment until what was kept has been read. */
  readonly ready: boolean;
  readonly change: (value: T) => void;
  /** Forgets it, once it has become a fact. */
  readonly drop: () => Promise<void>;
}

type Parts = Readonly<Record<string, unknown>>;

function asParts(kept: unknown): Parts {
  return typeof kept === 'object' && kept !== null ? { ...kept } : {};
}

async function keep(doorId: DoorId, part: string, next: unknown): Promise<void> {
  const { [part]: _before, ...others } = asParts(await packets.readDraft(doorId));
  const all = next === undefined ? others : { ...others, [part]: next };
  if (Object.keys(all).length === 0) await packets.dropDraft(doorId);
  else await packets.putDraft(doorId, all);
}

/**
 * What is being typed at a door, kept on the phone as it is typed: closing the page loses nothing.
 * A door has several drafts, each its own `part`. `isDraft` guards against what an older version
 * of the app has kept. `onSavedElsewhere` is called when another tab has made a fact of it.
 */
export function useDraft<T>(
  doorId: DoorId,
  part: string,
  empty: T,
  isDraft: (kept: unknown) => kept is T,
  onSavedElsewhere?: () => void,
): Draft<T> {
  const [value, setValue] = useState(empty);
  const [ready, setReady] = useState(false);
  const touched = useRef(false);
  const dropped = useRef(false);
  // One write after the other, so that the last one typed is the last one kept.
  const tail = useRef<Promise<unknown>>(Promise.resolve());

  useEffect(() => {
    let gone = false;
    const find = async (): Promise<void> => {
      // What cannot be read is begun anew; writing will say what is wrong with the storage.
      const kept: unknown = await packets.readDraft(doorId).catch(() => undefined);
      if (gone) return;
      const found = asParts(kept)[part];
      if (!touched.current && isDraft(found)) {
        setValue(found);
        openTalk(doorId, part);
      }
      setReady(true);
    };
    void find();
    return () => {
      gone = true;
    };
  }, [doorId, part, isDraft]);

  const leave = useRef(onSavedElsewhere);
  useEffect(() => {
    leave.current = onSavedElsewhere;
  });
  useEffect(
    () =>
      hearSaved(doorId, part, () => {
        touched.current = false;
        setValue(empty);
        closeTalk(doorId, part);
        leave.current?.();
      }),
    [doorId, part, empty],
  );

  const write = useCallback(
    (next: T | undefined): Promise<unknown> => {
      const before = tail.current;
      const turn = async (): Promise<void> => {
        await before;
        // A draft that cannot be kept is no loss yet: it is still on the screen.
        await keep(doorId, part, next).catch(() => undefined);
      };
      tail.current = turn();
      return tail.current;
    },
    [doorId, part],
  );

  const change = useCallback(
    (next: T) => {
      touched.current = true;
      setValue(next);
      if (dropped.current) return;
      if (next === empty) closeTalk(doorId, part);
      else openTalk(doorId, part);
      void write(next === empty ? undefined : next);
    },
    [doorId, part, empty, write],
  );
  const drop = useCallback(async () => {
    dropped.current = true;
    await write(undefined);
    tellSaved(doorId, part);
    // Whoever saved goes on to another screen first: a turf that waited for this goes at once.
    setTimeout(() => closeTalk(doorId, part));
  }, [doorId, part, write]);

  return { value, ready, change, drop };
}
