import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { PlanTurf } from '#shared/turf/plan/plan.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { GoalField } from './goal-field.tsx';
import type { Goal, Mode, Stroke } from './modes.ts';

export interface ModeStripProps {
  readonly mode: Mode;
  readonly stroke: Stroke;
  readonly setStroke: (stroke: Stroke) => void;
  readonly goal: Goal;
  readonly setGoal: (goal: Goal) => void;
  readonly turfs: readonly PlanTurf[];
  /** The turf that is chosen, if it is one. */
  readonly chosen: PlanTurf | null;
  readonly precincts: readonly string[];
  readonly precinct: string;
  readonly setPrecinct: (precinct: string) => void;
  /** The last press hit no turf where one was wanted. */
  readonly missed: boolean;
  readonly onCancel: (() => void) | null;
  readonly onAssign: () => void;
}

/** Under the mode bar: what to do next in this mode, and what has to be chosen for it. */
export function ModeStrip(props: ModeStripProps) {
  const { mode, chosen } = props;
  if (mode === 'choose') return null;
  return (
    <div className="turf-strip">
      <p className="small" role="status">
        <Hint mode={mode} chosen={chosen} stroke={props.stroke} missed={props.missed} />
      </p>
      <Controls {...props} />
    </div>
  );
}

function Controls(props: ModeStripProps) {
  const { mode, stroke, setStroke } = props;
  const { t } = useLingui();
  if (mode === 'merge' && props.chosen !== null && props.onCancel !== null) {
    return <Button className="turf-strip-cancel" onClick={props.onCancel}>{t`Cancel`}</Button>;
  }
  if (mode !== 'draw' && mode !== 'move' && mode !== 'precinct') return null;
  const goal = <GoalField turfs={props.turfs} value={props.goal} onChange={props.setGoal} />;
  return (
    <div className="turf-strip-fields">
      {mode === 'precinct' ? (
        <>
          <SelectField
            label={t`Precinct`}
            value={props.precinct}
            onChange={(event) => props.setPrecinct(event.target.value)}
          >
            {props.precincts.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </SelectField>
          {goal}
          <Button onClick={props.onAssign}>{t`Assign`}</Button>
        </>
      ) : (
        <>
          <Segmented<Stroke>
            label={t`How to draw`}
            options={[
              { value: 'lasso', label: t`One stroke` },
              { value: 'corners', label: t`Corners` },
            ]}
            value={stroke}
            onChange={setStroke}
          />
          {mode === 'move' && goal}
        </>
      )}
    </div>
  );
}

type HintProps = Pick<ModeStripProps, 'mode' | 'chosen' | 'stroke' | 'missed'>;

function Hint({ mode, chosen, stroke, missed }: HintProps) {
  const keys = (
    <span className="turf-keys quiet">
      {' '}
      <Trans>
        By keys: arrows move the map, <kbd>Space</kbd> sets a point.
      </Trans>
    </span>
  );
  const words: Record<Exclude<Mode, 'choose'>, ReactNode> = {
    draw:
      stroke === 'lasso' ? (
        <Trans>Draw around doors in one stroke. They become a turf.</Trans>
      ) : (
        <Trans>Press the corners around doors, the first one again to close.</Trans>
      ),
    reshape:
      chosen === null ? (
        <Trans>Press the turf whose outline you want to change.</Trans>
      ) : chosen.fixed ? (
        <Trans>{chosen.name} is published: its doors no longer change.</Trans>
      ) : (
        <Trans>
          Drag a corner of {chosen.name}, or the middle of a side. Press a corner twice to take it
          away.
        </Trans>
      ),
    split: <Trans>Press two points: the line between them cuts the turf in two.</Trans>,
    merge:
      chosen === null ? (
        <Trans>Press a turf, then the neighbour that joins it.</Trans>
      ) : chosen.fixed ? (
        <Trans>{chosen.name} is published: its doors no longer change.</Trans>
      ) : missed ? (
        <Trans>
          There is no turf. {chosen.name} stays chosen: press the neighbour that joins it.
        </Trans>
      ) : (
        <Trans>Press the neighbour that joins {chosen.name}.</Trans>
      ),
    move:
      stroke === 'lasso' ? (
        <Trans>Draw around the doors that shall move.</Trans>
      ) : (
        <Trans>Press the corners around the doors that shall move.</Trans>
      ),
    precinct: <Trans>Choose a precinct, or press a door of it; then assign it whole.</Trans>,
  };
  if (mode === 'choose') return null;
  const withKeys = mode === 'draw' || mode === 'move' || mode === 'split';
  return (
    <>
      {words[mode]}
      {withKeys && keys}
      {mode === 'reshape' && chosen !== null && !chosen.fixed && (
        <span className="turf-keys quiet">
          {' '}
          <Trans>
            By keys: <kbd>N</kbd> chooses a corner, arrows move it.
          </Trans>
        </span>
      )}
    </>
  );
}
