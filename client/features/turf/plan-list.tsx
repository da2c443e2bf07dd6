import { Plural, useLingui } from '@lingui/react/macro';
import { IconArrowsJoin2, IconScissors, IconTrash, IconX } from '@tabler/icons-react';
import type { PlanTurf } from '#shared/turf/plan/plan.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import type { Target } from './cut-wish.ts';
import { PlanRow } from './plan-row.tsx';

export interface PlanListProps {
  readonly turfs: readonly PlanTurf[];
  readonly minutes: (turf: PlanTurf) => number;
  readonly target: Target;
  /** Keys, in the order in which they were chosen. */
  readonly chosen: readonly string[];
  readonly setChosen: (keys: readonly string[]) => void;
  readonly busy: boolean;
  readonly onShow: (turf: PlanTurf) => void;
  readonly onReshape: (turf: PlanTurf) => void;
  readonly onRename: (turf: PlanTurf, name: string) => void;
  readonly onPublish: (turf: PlanTurf) => void;
  readonly onDelete: (turfs: readonly PlanTurf[]) => void;
  readonly onMerge: (keys: readonly string[]) => void;
  readonly onCutAnew: () => void;
}

/** The turfs of the plan, and what can be done with those that are chosen. */
export function PlanList(props: PlanListProps) {
  const { turfs, chosen, setChosen } = props;
  const { t } = useLingui();
  const own = new Set(chosen);
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
        {turfs.map((turf) => {
          const open = chosen.length === 1 && chosen[0] === turf.key;
          return (
            <PlanRow
              key={turf.key}
              turf={turf}
              minutes={props.minutes(turf)}
              target={props.target}
              chosen={own.has(turf.key)}
              open={open}
              busy={props.busy}
              onOpen={() => {
                setChosen(open ? [] : [turf.key]);
                if (!open) props.onShow(turf);
              }}
              onToggle={(on) =>
                setChosen(on ? [...chosen, turf.key] : chosen.filter((key) => key !== turf.key))
              }
              onReshape={() => props.onReshape(turf)}
              onRename={(name) => props.onRename(turf, name)}
              onPublish={() => props.onPublish(turf)}
              onDelete={() => props.onDelete([turf])}
            />
          );
        })}
      </ul>
    </>
  );
}
