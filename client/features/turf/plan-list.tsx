import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconArrowsJoin2, IconScissors, IconTrash, IconX } from '@tabler/icons-react';
import type { PlanTurf } from '#shared/turf/plan/plan.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import type { Target } from './cut-wish.ts';
import { PlanRow, type RowActs } from './plan-row.tsx';

export interface PlanListProps {
  readonly turfs: readonly PlanTurf[];
  readonly minutes: (turf: PlanTurf) => number;
  readonly target: Target;
  /** Keys, in the order in which they were chosen. */
  readonly chosen: readonly string[];
  readonly setChosen: (keys: readonly string[]) => void;
  readonly busy: boolean;
  /** The same object each time, so that only rows that changed are drawn again. */
  readonly acts: RowActs;
  readonly onDelete: (turfs: readonly PlanTurf[]) => void;
  readonly onMerge: (keys: readonly string[]) => void;
  readonly onCutAnew: () => void;
}

/** A county has thousands of turfs: as many rows at first as a list can be read. */
const MOST_ROWS = 300;

/** The turfs of the plan, and what can be done with those that are chosen. */
export function PlanList(props: PlanListProps) {
  const { turfs, chosen, setChosen } = props;
  const { t } = useLingui();
  const own = new Set(chosen);
  const [most, setMost] = useState(MOST_ROWS);
  // What is chosen on the map is in the list, however long that is.
  const shown = Math.max(most, turfs.findLastIndex(({ key }) => own.has(key)) + 1);
  const picked = turfs.filter(({ key }) => own.has(key));
  const loose = picked.every(({ fixed }) => !fixed);
  return (
    <>
      {picked.length > 1 && (
        <div className="turf-picked">
          <strong>
            <Plural value={picked.length} one="# turf chosen" other="# turfs chosen" />
          </strong>
          <div className="row">
            <Button
              icon={<IconArrowsJoin2 size={18} aria-hidden />}
              disabled={!loose}
              onClick={() => props.onMerge(chosen)}
            >{t`Merge them`}</Button>
            <Button
              icon={<IconScissors size={18} aria-hidden />}
              disabled={!loose}
              onClick={props.onCutAnew}
            >{t`Cut anew`}</Button>
            <IconButton
              variant="danger"
              icon={<IconTrash size={18} aria-hidden />}
              label={t`Delete them`}
              onClick={() => props.onDelete(picked)}
            />
            <IconButton
              icon={<IconX size={18} aria-hidden />}
              label={t`Choose none`}
              onClick={() => setChosen([])}
            />
          </div>
        </div>
      )}
      <ul role="list" className="turf-list" aria-label={t`Turfs`}>
        {turfs.slice(0, shown).map((turf) => (
          <PlanRow
            key={turf.key}
            turf={turf}
            minutes={props.minutes(turf)}
            target={props.target}
            chosen={own.has(turf.key)}
            open={chosen.length === 1 && own.has(turf.key)}
            busy={props.busy}
            acts={props.acts}
          />
        ))}
      </ul>
      {turfs.length > shown && (
        <Button wide onClick={() => setMost(shown + MOST_ROWS)}>
          <Trans>Show more of {turfs.length} turfs</Trans>
        </Button>
      )}
    </>
  );
}
