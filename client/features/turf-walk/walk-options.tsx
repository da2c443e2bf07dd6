import { Trans, useLingui } from '@lingui/react/macro';
import { IconMapPin, IconRoute, IconTrash } from '@tabler/icons-react';
import type { TurfWalk, WalkWish } from '#shared/model/turf-walk.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';

export interface WalkOptionsProps {
  readonly wish: WalkWish;
  readonly walk: TurfWalk;
  readonly onChange: (part: Partial<WalkWish>) => void;
}

/** How the turf is to be walked. What is chosen here puts the stops in their shortest order anew. */
export function WalkOptions({ wish, walk, onChange }: WalkOptionsProps) {
  const { t } = useLingui();
  const change = (part: Partial<WalkWish>): void => onChange({ ...part, byHand: null });
  const placed = walk.stops.find(({ lon, lat }) => lon !== null && lat !== null);
  const setStart = (): void => {
    if (!placed || placed.lon === null || placed.lat === null) return;
    change({ start: [placed.lon, placed.lat] });
  };
  return (
    <section className="stack turf-walk-options" aria-label={t`How it is walked`}>
      <Segmented
        label={t`Sides of the street`}
        value={wish.oneSide ? 'one' : 'both'}
        onChange={(side) => change({ oneSide: side === 'one' })}
        options={[
          { value: 'both', label: <Trans>Both sides as you go</Trans> },
          { value: 'one', label: <Trans>One side at a time</Trans> },
        ]}
      />
      <div className="row">
        {wish.start === null ? (
          <Button
            icon={<IconMapPin size={20} aria-hidden />}
            disabled={placed === undefined}
            onClick={setStart}
          >
            <Trans>Choose where it starts</Trans>
          </Button>
        ) : (
          <Button
            icon={<IconTrash size={20} aria-hidden />}
            onClick={() => change({ start: null })}
          >
            <Trans>Start anywhere</Trans>
          </Button>
        )}
        {wish.byHand !== null && (
          <Button icon={<IconRoute size={20} aria-hidden />} onClick={() => change({})}>
            <Trans>Shortest order again</Trans>
          </Button>
        )}
      </div>
      {wish.start !== null && (
        <p className="quiet small">
          <Trans>
            The pin is where the walk starts, such as a car or a bus stop. Press on the map, drag
            the pin, or move it with the arrow keys.
          </Trans>
        </p>
      )}
      <label className="turf-walk-tick">
        <input
          type="checkbox"
          checked={wish.comeBack}
          onChange={(event) => change({ comeBack: event.target.checked })}
        />
        <span>
          <Trans>End where it starts</Trans>
        </span>
      </label>
    </section>
  );
}
