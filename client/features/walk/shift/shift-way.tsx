import { useMemo } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { foldOwnShift, type OwnShift } from '#shared/canvass/own-shift.ts';
import { writingLocale } from '#shared/kernel/writing-locale.ts';
import type { Operation } from '#shared/model/operation.ts';
import { gatherDoors } from '../../../map/gather-doors.ts';
import { LazyMap } from '../../../map/lazy-map.tsx';
import { boundsOf } from '../../../map/world.ts';
import { useDisplay } from '../../../shell/display.ts';
import { Stat } from '../../../ui/stat.tsx';
import { useWalk } from '../walk-context.ts';

export interface ShiftWayProps {
  /** Own facts of this turf. */
  readonly facts: readonly Operation[];
  /** What was done before, by the phone's clock in ms, was another shift. */
  readonly since: number;
}

/** How the shift went: from when to when, minutes from door to door, and the way on the map. */
export function ShiftWay({ facts, since }: ShiftWayProps) {
  const { t, i18n } = useLingui();
  const { sheet } = useWalk();
  const display = useDisplay();
  const shift = useMemo(
    () => foldOwnShift(facts.filter((fact) => fact.at.ms >= since)),
    [facts, since],
  );
  if (shift.from === null || shift.to === null) return null;
  const locale = writingLocale(i18n.locale);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const minutes = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const { kind } = sheet.turf;
  return (
    <section className="stack" aria-labelledby="shift-way">
      <h3 id="shift-way">
        {kind === undefined ? <Trans>My walk</Trans> : <Trans>My shift</Trans>}
      </h3>
      <dl className="stats shift-stats">
        <Stat value={time.formatRange(shift.from, shift.to)} label={t`first to last`} />
        {shift.minutesPerDoor !== null && kind !== 'stall' && (
          <Stat
            // Somebody who practised on their own couch has walked nowhere.
            value={minutes.format(Math.max(0.1, shift.minutesPerDoor))}
            label={kind === 'calls' ? t`minutes a household` : t`minutes a door`}
          />
        )}
      </dl>
      {shift.breaks > 0 && shift.minutesPerDoor !== null && (
        <p className="small quiet">
          <Plural
            value={shift.breaks}
            one="# break is left out of it."
            other="# breaks are left out of it."
          />
        </p>
      )}
      {kind === undefined && display !== 'low-power' && <WayMap shift={shift} />}
    </section>
  );
}

/** The buildings in the order in which they were come to. It is drawn out of facts, not of positions. */
function WayMap({ shift }: { readonly shift: OwnShift }) {
  const { t } = useLingui();
  const { sheet, rowOf } = useWalk();
  const gathered = useMemo(() => {
    const rows = shift.doors.flatMap((doorId) => rowOf(doorId) ?? []);
    return gatherDoors(
      rows.map((row, index) => ({
        buildingId: row.building.id,
        lon: row.building.lon,
        lat: row.building.lat,
        standing: row.standing,
        position: index + 1,
        onPhone: row.place === 'phone',
        number: row.building.number,
      })),
    );
  }, [shift, rowOf]);
  const stops = gathered.walk;
  if (stops.length < 2) return null;
  const way = stops.map(({ lon, lat }) => [lon, lat] as const);
  return (
    // A drag on the map moves the map, and does not close the sheet.
    <div className="shift-map" data-own-drag>
      <LazyMap
        layers={sheet.map}
        label={t`The way that you walked, with a number at each stop`}
        controls="phone"
        doors={gathered.columns}
        walk={stops}
        way={way}
        turf={sheet.turf.outline}
        bounds={boundsOf(way)}
      />
    </div>
  );
}
