import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconMapPin } from '@tabler/icons-react';
import { boundsOf, type Bounds } from '../../map/world.ts';
import { partsOf } from '../../map/outline-rings.ts';
import { Button } from '../../ui/button.tsx';
import { BoardBar } from './board-bar.tsx';
import { BoardMap } from './board-map.tsx';
import { type BoardTurf, countStages, isAsked, sortBoard } from './board-turf.ts';
import { type AskedPlace, PlacePanel } from './place-panel.tsx';
import { TurfCard } from './turf-card.tsx';
import { TurfTable } from './turf-table.tsx';
import { useBoardWish } from './use-board-wish.ts';

export interface BoardProps {
  readonly turfs: readonly BoardTurf[];
  readonly now: number;
  readonly place: AskedPlace | null;
  readonly onPlace: (place: AskedPlace | null) => void;
  readonly mayLaunch: boolean;
}

/** All turfs as cards, a list or a live map, filtered and sorted. */
export function Board({ turfs, now, place, onPlace, mayLaunch }: BoardProps) {
  const { t, i18n } = useLingui();
  const [wish, change] = useBoardWish();
  const [asks, setAsks] = useState(place !== null);
  const { view, stages } = wish;
  const shown = turfs.filter((one) => isAsked(one, stages));
  const sorted = sortBoard(shown, place === null ? wish.sort : sortNear(wish.sort), i18n.locale);
  const near = asks && mayLaunch;
  const pin = {
    label: t`The place that turfs are near to`,
    place: place === null ? null : { lon: place.at[0], lat: place.at[1] },
    onPlace: ({ lon, lat }: { readonly lon: number; readonly lat: number }) =>
      onPlace({ at: [lon, lat], called: t`the place on the map` }),
  };
  return (
    <>
      <BoardBar wish={wish} onWish={change} counts={countStages(turfs)}>
        {mayLaunch && !near && (
          <Button icon={<IconMapPin size={18} aria-hidden />} onClick={() => setAsks(true)}>
            <Trans>Nearest free turf</Trans>
          </Button>
        )}
      </BoardBar>
      <div className={near && view === 'map' ? 'launch-beside' : 'launch-below'}>
        {near && (
          <PlacePanel
            place={place}
            onPlace={onPlace}
            onClose={() => {
              onPlace(null);
              setAsks(false);
            }}
            turfs={turfs}
            map={view === 'map'}
          />
        )}
        {view === 'map' && (
          <BoardMap
            // Under its next pass nobody could press what is closed, and a telephone is nowhere.
            turfs={sorted.filter(
              ({ closedAt, turf }) => closedAt === null && turf.kind !== 'calls',
            )}
            bounds={boundsOfTurfs(turfs)}
            now={now}
            pin={near ? pin : null}
          />
        )}
      </div>
      <p className="for-readers" role="status">
        {t`${sorted.length} of ${turfs.length} turfs are shown`}
      </p>
      {sorted.length === 0 && (
        <p className="quiet">
          <Trans>No turf is in these stages now.</Trans>
        </p>
      )}
      {view === 'list' && sorted.length > 0 && <TurfTable turfs={sorted} now={now} />}
      {view === 'cards' && (
        <ul role="list" className="launch-board" aria-label={t`Turfs`}>
          {sorted.map((one) => (
            <TurfCard key={one.turf.id} one={one} now={now} />
          ))}
        </ul>
      )}
    </>
  );
}

/** Whoever has named a place wants what is near, unless another order was asked for by name. */
function sortNear(sort: ReturnType<typeof useBoardWish>[0]['sort']) {
  return sort === 'stage' ? 'near' : sort;
}

function boundsOfTurfs(turfs: readonly BoardTurf[]): Bounds | null {
  return boundsOf(
    turfs.flatMap(({ turf }) => (turf.kind === 'calls' ? [] : partsOf(turf.outline).flat(2))),
  );
}
