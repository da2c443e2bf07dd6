import { useEffect, useRef, useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconGripVertical } from '@tabler/icons-react';
import type { TurfStop } from '#shared/model/turf-walk.ts';
import { useDragOrder } from './use-drag-order.ts';

export interface StopListProps {
  readonly stops: readonly TurfStop[];
  /** The building that is chosen on map and list. */
  readonly chosen: string | null;
  readonly onChoose: (buildingId: string | null) => void;
  /** Puts the stop at one place to another; null: the order stays. */
  readonly onMove: ((from: number, to: number) => void) | null;
}

/** The stops in walk order, with the numbers of map, phone and paper. */
export function StopList({ stops, chosen, onChoose, onMove }: StopListProps) {
  const { t } = useLingui();
  const [said, setSaid] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const refocus = useRef<string | null>(null);
  const move = (from: number, to: number): void => {
    const stop = stops[from];
    if (stop === undefined || to < 0 || to >= stops.length || from === to) return;
    refocus.current = keyOf(stop);
    onMove?.(from, to);
    setSaid(t`${stop.label} is stop ${to + 1} of ${stops.length} now.`);
  };
  const drag = useDragOrder(list, move);

  useEffect(() => {
    const key = refocus.current;
    refocus.current = null;
    if (key === null) return;
    list.current?.querySelector<HTMLElement>(`[data-stop="${key}"] .turf-walk-grip`)?.focus();
  });
  useEffect(() => {
    if (chosen === null) return;
    list.current
      ?.querySelector(`[data-building="${chosen}"]`)
      ?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const press = (event: React.KeyboardEvent, at: number): void => {
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: stops.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(at, to);
  };

  return (
    <section className="stack" aria-labelledby="turf-walk-stops">
      <h2 id="turf-walk-stops">
        <Trans>Stops in walk order</Trans>
      </h2>
      {onMove !== null && (
        <p className="quiet small" id="turf-walk-how">
          <Trans>
            Drag a stop by its grip to another place, or press the arrow keys on the grip.
          </Trans>
        </p>
      )}
      <p className="for-readers" role="status">
        {said}
      </p>
      <ol className="turf-walk-stops" ref={list}>
        {stops.map((stop, at) => (
          <li
            key={keyOf(stop)}
            data-stop={keyOf(stop)}
            data-building={stop.buildingId}
            data-chosen={stop.buildingId === chosen || undefined}
            data-held={drag?.from === at || undefined}
            data-drop={
              drag !== null && drag.to === at && drag.from !== at ? dropSide(drag) : undefined
            }
          >
            <button
              type="button"
              className="turf-walk-stop"
              aria-pressed={stop.buildingId === chosen}
              onClick={() => onChoose(stop.buildingId === chosen ? null : stop.buildingId)}
            >
              <span className="turf-walk-number">{numbersOf(stop)}</span>
              <span className="turf-walk-where">
                <span>{stop.label}</span>
                {stop.doors.length > 1 && (
                  <small className="quiet">
                    <Plural value={stop.doors.length} one="# door" other="# doors" />
                  </small>
                )}
                {stop.lon === null && (
                  <small className="quiet">
                    <Trans>no place on the map</Trans>
                  </small>
                )}
              </span>
            </button>
            {onMove !== null && (
              <button
                type="button"
                className="turf-walk-grip"
                data-at={at}
                aria-label={t`Move ${stop.label}, stop ${at + 1}`}
                aria-describedby="turf-walk-how"
                onKeyDown={(event) => press(event, at)}
              >
                <IconGripVertical size={20} aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

const keyOf = (stop: TurfStop): string => stop.doors[0]?.doorId ?? stop.buildingId;

const dropSide = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  to > from ? 'after' : 'before';

/** The numbers of its doors, as phone and paper have them: `12`, `12–15`. */
function numbersOf({ doors }: TurfStop): string {
  const [first, last] = [doors[0]?.position ?? 0, doors.at(-1)?.position ?? 0];
  return first === last ? String(first) : `${first}–${last}`;
}
