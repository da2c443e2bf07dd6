import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { MapLayers } from '#shared/model/place.ts';
import type { TurfStage } from '#shared/turf/turf-stage.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { LazyMap } from '../../map/lazy-map.tsx';
import type { MapPin } from '../../map/map-view.tsx';
import type { MapOutline } from '../../map/outlines-layer.ts';
import { partsOf } from '../../map/outline-rings.ts';
import { boundsOf, type Bounds } from '../../map/world.ts';
import { buttonClass } from '../../ui/button.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { TurfDot } from '../../ui/turf-dot.tsx';
import type { BoardTurf } from './board-turf.ts';
import { MapRows } from './map-rows.tsx';
import { StageMark } from './stage-mark.tsx';
import { Metres, Unsent } from './turf-card.tsx';
import { TurfNumbers } from './turf-numbers.tsx';
import { useHoldWords } from './use-hold-words.ts';
import { useOpens } from './use-opens.ts';
import { useStageWords } from './use-stage-words.ts';

export interface BoardMapProps {
  readonly turfs: readonly BoardTurf[];
  /** Where all of the chapter's turfs lie, also those that are not shown. */
  readonly bounds: Bounds | null;
  readonly now: number;
  /** A place that is chosen by a press on the map. */
  readonly pin: MapPin | null;
}

const RESTS: ReadonlySet<TurfStage> = new Set(['draft', 'paused']);

/** All turfs live: the colour is the stage, the plate says who and how far. */
export function BoardMap({ turfs, bounds, now, pin }: BoardMapProps) {
  const { t } = useLingui();
  const format = useFormat();
  const stageWords = useStageWords();
  const words = useHoldWords();
  const layers = useApi<MapLayers>('/v1/map');
  const [chosen, setChosen] = useState<string | null>(null);
  const [near, setNear] = useState<Bounds | null>(null);
  const outlines = turfs.map((one): MapOutline => {
    const { turf, stage, holds } = one;
    const { knocked, doors } = turf.tally;
    const far = `${format.number(knocked)}/${format.number(doors)}`;
    return {
      id: turf.id,
      name: turf.name,
      hue: turf.hue,
      outline: turf.outline,
      note: `${holds.length === 0 ? stageWords[stage] : words.who(one)} · ${far}`,
      selected: turf.id === chosen,
      look: {
        colour: `--stage-${stage}`,
        part: doors === 0 ? 0 : knocked / doors,
        dashed: RESTS.has(stage),
      },
    };
  });
  const one = turfs.find(({ turf }) => turf.id === chosen);
  const goTo = (turfId: string | null): void => {
    const outline = turfs.find(({ turf }) => turf.id === turfId)?.turf.outline;
    setChosen(turfId);
    setNear(outline === undefined ? null : boundsOf(partsOf(outline).flat(2)));
  };
  return (
    <section className="launch-map" aria-label={t`Turfs on the map`}>
      <div className="launch-map-and-rows">
        <div className="launch-map-box">
          <ShowData from={layers} lines={6}>
            {(data) => (
              <LazyMap
                layers={data}
                label={t`Map of all turfs. They are in the list as well.`}
                controls="desk"
                outlines={outlines}
                onSelectOutline={setChosen}
                bounds={near ?? bounds}
                pin={pin}
              />
            )}
          </ShowData>
          {one !== undefined && <TurfOnMap one={one} now={now} />}
        </div>
        <MapRows turfs={turfs} chosen={chosen} onChoose={goTo} />
      </div>
      <p className="small quiet">
        <Trans>Press a turf on the map or beside it to see who has it.</Trans>
      </p>
    </section>
  );
}

/** The turf that was pressed on the map. */
function TurfOnMap({ one, now }: { readonly one: BoardTurf; readonly now: number }) {
  const words = useHoldWords();
  const opens = useOpens();
  const { turf, stage } = one;
  const since = words.since(one, now);
  return (
    <div className="launch-building launch-on-map stack" role="status">
      <p className="launch-card-top small">
        <StageMark stage={stage} />
        <Metres one={one} />
      </p>
      <p className="launch-row-name">
        <TurfDot hue={turf.hue} /> <strong>{turf.name}</strong>
      </p>
      <p>
        {words.who(one)}
        {since !== null && <span className="small quiet"> {since}</span>}
      </p>
      <TurfNumbers tally={turf.tally} kind={turf.kind} />
      <Unsent one={one} />
      <Link className={buttonClass({ variant: 'primary' })} href={opens(turf)}>
        <Trans>Open</Trans>
      </Link>
    </div>
  );
}
