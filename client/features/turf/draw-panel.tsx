import { useId, useState, type CSSProperties, type FormEvent } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { sayProblem, type Problem } from '#shared/kernel/problem.ts';
import { useFormat } from '../../api/use-format.ts';
import type { DrawTool } from '../../map/draw-outline.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { DrawnCount } from './use-drawing.ts';

/** What a person or a pair walks in two hours in a town. */
export const TARGET = { least: 40, most: 60 } as const;
/** The end of the scale beside the number. */
const SCALE = 100;

export interface DrawPanelProps {
  readonly title: string;
  readonly name: string;
  readonly setName: (name: string) => void;
  readonly tool: DrawTool;
  readonly setTool: (tool: DrawTool) => void;
  readonly closed: boolean;
  readonly drawn: DrawnCount;
  /** What is wrong with the outline as it is drawn. */
  readonly fault: Problem | null;
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly onCancel: () => void;
  readonly onSave: () => void;
  /** After somebody else changed this turf. */
  readonly onReload: () => void;
}

/** Beside the map while an outline is drawn: what it holds, its name, and what can be done. */
export function DrawPanel(props: DrawPanelProps) {
  const { name, tool, drawn, fault, closed } = props;
  const { t, i18n } = useLingui();
  const [tried, setTried] = useState(false);
  const nameless = name.trim() === '';
  const ready = drawn.outline !== null && fault === null && drawn.doors > 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (ready && !nameless) props.onSave();
  };
  return (
    <form className="panel stack turf-draw" onSubmit={submit}>
      <h1>{props.title}</h1>
      <DoorGauge drawn={drawn} />
      {!closed && (
        <>
          <Segmented<DrawTool>
            label={t`How to draw`}
            options={[
              { value: 'corners', label: t`Corners` },
              { value: 'lasso', label: t`One stroke` },
            ]}
            value={tool}
            onChange={props.setTool}
          />
          <p className={tool === 'corners' ? 'small quiet turf-keys' : 'small quiet'}>
            {tool === 'corners' ? (
              <Trans>
                By keys: arrows move the map, <kbd>Space</kbd> sets a corner, <kbd>Enter</kbd>{' '}
                closes.
              </Trans>
            ) : (
              <Trans>Draw around the doors in one stroke, with the mouse or a finger.</Trans>
            )}
          </p>
        </>
      )}
      {closed && (
        <p className="small quiet turf-keys">
          <Trans>
            By keys: <kbd>N</kbd> chooses a corner, arrows move it, <kbd>Ctrl</kbd> <kbd>Z</kbd>{' '}
            undoes, <kbd>Enter</kbd> saves.
          </Trans>
        </p>
      )}
      {fault && (
        <Notice tone="problem">{sayProblem(fault, i18n.locale === 'es' ? 'es' : 'en')}</Notice>
      )}
      {drawn.elsewhere > 0 && (
        <Notice>
          <Plural
            value={drawn.elsewhere}
            one="# door inside is in another turf already and stays there:"
            other="# doors inside are in other turfs already and stay there:"
          />{' '}
          {drawn.otherTurfs.join(', ')}.
        </Notice>
      )}
      {props.problem?.code === 'version-changed' ? (
        <Notice
          tone="problem"
          action={<Button onClick={props.onReload}>{t`Load it again`}</Button>}
        >
          <Trans>
            Somebody else changed this turf meanwhile. Your outline is not saved yet; loading theirs
            drops yours.
          </Trans>
        </Notice>
      ) : (
        props.problem && <ProblemNotice problem={props.problem} />
      )}
      <TextField
        label={t`Name of the turf`}
        maxLength={80}
        value={name}
        error={tried && nameless ? t`Give it a name that fits on a launch table.` : null}
        onChange={(event) => props.setName(event.target.value)}
      />
      {closed && drawn.doors === 0 && fault === null && (
        <p className="field-error" role="alert">{t`There is no door inside yet.`}</p>
      )}
      <div className="row">
        <Button
          variant="primary"
          type="submit"
          busy={props.busy}
          disabled={!ready}
        >{t`Save turf`}</Button>
        <Button variant="quiet" onClick={props.onCancel}>{t`Cancel`}</Button>
      </div>
    </form>
  );
}

/** How many doors so far, against what two hours take. */
function DoorGauge({ drawn }: { readonly drawn: DrawnCount }) {
  const { t } = useLingui();
  const format = useFormat();
  const id = useId();
  const words =
    drawn.outline === null
      ? t`Nothing drawn yet`
      : drawn.doors < TARGET.least
        ? t`too few for two hours`
        : drawn.doors > TARGET.most
          ? t`too many for two hours`
          : t`right for two hours`;
  const style = {
    '--at': Math.min(1, drawn.doors / SCALE),
    '--least': TARGET.least / SCALE,
    '--most': TARGET.most / SCALE,
  } as CSSProperties;
  const fits = drawn.doors >= TARGET.least && drawn.doors <= TARGET.most;
  return (
    <div className="turf-gauge" data-fits={fits ? '' : undefined} aria-labelledby={id} role="group">
      <p id={id} aria-live="polite">
        <strong>{format.number(drawn.doors)}</strong>{' '}
        <Plural value={drawn.doors} one="door" other="doors" />
        <span className="quiet">
          {' · '}
          <Plural value={drawn.people} one="# person" other="# people" />
        </span>
      </p>
      <div className="turf-gauge-track" style={style} aria-hidden>
        <span className="turf-gauge-fit" />
        <span className="turf-gauge-fill" />
      </div>
      <p className="small quiet">
        {words} · {t`${TARGET.least} to ${TARGET.most} fit`}
      </p>
    </div>
  );
}
