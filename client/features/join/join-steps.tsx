import { Trans } from '@lingui/react/macro';
import { IconCircle, IconCircleCheckFilled, IconLoader2 } from '@tabler/icons-react';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { STEPS, type Step } from './use-join.ts';
import { useLingui } from '@lingui/react/macro';

export interface JoinStepsProps {
  readonly step: Step;
  readonly stuck: boolean;
}

/** How far joining is: the code, the turf, the app. */
export function JoinSteps({ step, stuck }: JoinStepsProps) {
  const { t } = useLingui();
  const at = STEPS.indexOf(step);
  const words = {
    code: <Trans>The chapter knows your code</Trans>,
    turf: <Trans>Doors, script and map are on this phone</Trans>,
    app: <Trans>The app itself is on this phone</Trans>,
  };
  return (
    <div className="stack">
      <ProgressBar
        label={t`Getting your turf`}
        value={at + (stuck ? 0 : 0.5)}
        max={STEPS.length}
        hideWords
      />
      <ol className="join-steps" role="list">
        {STEPS.map((each, index) => (
          <li key={each} className={index < at ? 'join-step-done' : undefined}>
            {index < at ? (
              <IconCircleCheckFilled size={22} aria-label={t`done`} />
            ) : index === at && !stuck ? (
              <IconLoader2 className="join-turning" size={22} aria-label={t`at work`} />
            ) : (
              <IconCircle size={22} aria-label={t`to come`} />
            )}
            <span>{words[each]}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
