import { useMemo, useState, type ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowBackUp, IconArrowForwardUp, IconDeviceFloppy } from '@tabler/icons-react';
import type { MapLayers } from '#shared/model/place.ts';
import type { TurfWalk } from '#shared/model/turf-walk.ts';
import { useMay } from '../../api/me.ts';
import { gatherDoors } from '../../map/gather-doors.ts';
import { LazyMap } from '../../map/lazy-map.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { showToast } from '../../ui/toast.tsx';
import { doorsOf, moveStop } from './arrange-stops.ts';
import { StopList } from './stop-list.tsx';
import { useUndoKeys } from './use-undo-keys.ts';
import { useWish } from './use-wish.ts';
import { WalkFacts } from './walk-facts.tsx';
import { WalkOptions } from './walk-options.tsx';

export interface WalkEditorProps {
  readonly first: TurfWalk;
  readonly layers: MapLayers;
  readonly head: ReactNode;
}

/** One turf's walk: on the map and as a list, with how it is wished. */
export function WalkEditor({ first, layers, head }: WalkEditorProps) {
  const { t } = useLingui();
  const wishing = useWish(first);
  const { walk, wish, change, undo, redo, changed, behind, saving } = wishing;
  const mayCut = useMay('cut-turf');
  const fixed = walk.state !== 'draft' || !mayCut;
  const [chosen, setChosen] = useState<string | null>(null);
  useUndoKeys(undo, redo);

  const gathered = useMemo(
    () =>
      gatherDoors(
        walk.stops.flatMap(({ buildingId, lon, lat, label, doors }) =>
          doors.map(({ position }) => ({
            buildingId,
            lon,
            lat,
            standing: 'to-do' as const,
            position,
            number: label.split(' ')[0] ?? '',
          })),
        ),
      ),
    [walk.stops],
  );
  const selected = chosen === null ? null : (gathered.indexOf.get(chosen) ?? null);
  const move = (from: number, to: number): void => {
    change({ byHand: doorsOf(moveStop(walk.stops, from, to)) });
  };
  const save = async (): Promise<void> => {
    if (await wishing.save()) showToast({ text: t`The walk is kept with the turf.` });
  };

  return (
    <div className="desk-split turf-walk">
      <div className="desk-side">
        {head}
        <WalkFacts walk={walk} behind={behind} byHand={wish.byHand !== null} />
        {walk.state !== 'draft' && (
          <Notice>
            <Trans>
              This turf is published: phones and paper have these numbers, so that they stay.
            </Trans>
          </Notice>
        )}
        {wishing.problem && (
          <ProblemNotice
            problem={wishing.problem}
            action={
              wishing.problem.code === 'version-changed' ? (
                <Button onClick={wishing.reload}>
                  <Trans>Show it as it is now</Trans>
                </Button>
              ) : undefined
            }
          />
        )}
        {!fixed && <WalkOptions wish={wish} walk={walk} onChange={change} />}
        <StopList
          stops={walk.stops}
          chosen={chosen}
          onChoose={setChosen}
          onMove={fixed ? null : move}
        />
        {!fixed && (
          <div className="turf-walk-foot row">
            <IconButton
              icon={<IconArrowBackUp size={20} className="flips" />}
              label={t`Undo`}
              disabled={undo === null}
              onClick={() => undo?.()}
            />
            <IconButton
              icon={<IconArrowForwardUp size={20} className="flips" />}
              label={t`Redo`}
              disabled={redo === null}
              onClick={() => redo?.()}
            />
            <Button
              variant="primary"
              icon={<IconDeviceFloppy size={20} aria-hidden />}
              disabled={!changed}
              busy={saving}
              onClick={() => void save()}
            >
              {changed ? <Trans>Keep this walk</Trans> : <Trans>All is kept</Trans>}
            </Button>
          </div>
        )}
      </div>
      <div className="desk-map">
        <LazyMap
          layers={layers}
          label={t`Map of the walk of ${walk.name}. The list holds the same stops.`}
          controls="desk"
          precincts={false}
          doors={gathered.columns}
          walk={gathered.walk}
          way={walk.line}
          selected={selected}
          onSelect={(index) =>
            setChosen(index === null ? null : (gathered.buildingIds[index] ?? null))
          }
          pin={
            wish.start === null
              ? null
              : {
                  label: t`Start of the walk`,
                  place: { lon: wish.start[0], lat: wish.start[1] },
                  onPlace: ({ lon, lat }) => {
                    if (!fixed) change({ start: [lon, lat], byHand: null });
                  },
                }
          }
        />
      </div>
    </div>
  );
}
