import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconFocusCentered } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { UncutReason } from '#shared/turf/cut/cut.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';

export interface UncutNoteProps {
  readonly uncut: number;
  readonly all: number;
  /** Doors of the universe that have no place on the map, so that no cut can have them. */
  readonly placeless: number;
  /** Doors of the universe where everybody asked for no visits. */
  readonly noVisit: number;
  /** Doors that the last cut left out, by why. */
  readonly leftOut: ReadonlyMap<UncutReason, number>;
  readonly onShow: () => void;
}

/** What is in no turf: how much, why, and where. */
export function UncutNote({ uncut, all, placeless, noVisit, leftOut, onShow }: UncutNoteProps) {
  const { t } = useLingui();
  const format = useFormat();
  const unreachable = leftOut.get('unreachable') ?? 0;
  return (
    <div className="stack turf-uncut">
      {all === 0 ? (
        <p role="status">
          <Trans>
            No door of this universe can be walked to, so there is no turf to cut. Change its steps,
            or choose another universe.
          </Trans>
        </p>
      ) : (
        <ProgressBar
          label={uncut === 0 ? t`Every door is in a turf` : t`Doors in no turf`}
          value={all - uncut}
          max={all}
          tone={uncut === 0 ? 'done' : 'brand'}
          words={
            <span className="number" role="status">
              {uncut === 0
                ? format.number(all)
                : t`${format.number(uncut)} of ${format.number(all)}`}
            </span>
          }
        />
      )}
      {uncut > 0 && uncut < all && (
        <Button
          variant="quiet"
          icon={<IconFocusCentered size={18} aria-hidden />}
          onClick={onShow}
        >{t`Show what is uncut`}</Button>
      )}
      {unreachable > 0 && uncut > 0 && (
        <p className="small quiet">
          <Plural
            value={unreachable}
            one="The last cut left out # door: no street leads there. Draw it into a turf by hand, or load the street."
            other="The last cut left out # doors: no street leads there. Draw turfs around them by hand, or load the streets."
          />
        </p>
      )}
      {noVisit > 0 && (
        <p className="small quiet">
          <Plural
            value={noVisit}
            one="# more door is left out: all whom the universe has there asked for no visits."
            other="# more doors are left out: all whom the universe has there asked for no visits."
          />
        </p>
      )}
      {placeless > 0 && (
        <p className="small quiet">
          <Plural
            value={placeless}
            one="# more door has no place on the map and can be in no turf."
            other="# more doors have no place on the map and can be in no turf."
          />{' '}
          <Link href="/desk/roll/unmatched">
            <Trans>Put them on the map</Trans>
          </Link>
        </p>
      )}
    </div>
  );
}
