import { useSyncExternalStore, type ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCircle, IconCircleCheckFilled, IconLoader2 } from '@tabler/icons-react';
import type { KeptApp } from '../../shell/kept-app.ts';
import { arriving } from '../../sync/arriving.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { byteWords } from './byte-words.ts';
import { STEPS, type Step } from './use-join.ts';

export interface JoinStepsProps {
  readonly step: Step;
  readonly stuck: boolean;
  /** How much of the app is here, as far as it is known. */
  readonly app?: KeptApp | null;
}

/** How far joining is: the code, the turf, the app; with how much of it there is to come. */
export function JoinSteps({ step, stuck, app = null }: JoinStepsProps) {
  const { t, i18n } = useLingui();
  const turf = useSyncExternalStore(arriving.subscribe, arriving.read);
  const at = STEPS.indexOf(step);
  const words = {
    code: <Trans>The chapter knows your code</Trans>,
    turf: <Trans>Doors, script and map are on this phone</Trans>,
    app: <Trans>The app itself is on this phone</Trans>,
  };
  const size = (bytes: number): string => byteWords(bytes, i18n.locale);
  const howMuch: Record<Step, ReactNode> = {
    code: null,
    turf: turf && (
      <Trans>
        {size(turf.received)} of {size(turf.total)}
      </Trans>
    ),
    app: app && (
      <Trans>
        {app.kept} of {app.all} parts, {size(app.bytes)}
      </Trans>
    ),
  };
  const part = {
    code: 0.5,
    turf: share(turf?.received, turf?.total),
    app: share(app?.kept, app?.all),
  };
  return (
    <div className="stack">
      <ProgressBar
        label={t`Getting your turf`}
        value={at + (stuck ? 0 : part[step])}
        max={STEPS.length}
        words={howMuch[step]}
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
            <span>
              {words[each]}
              {index <= at && howMuch[each] !== null && (
                <span className="join-size quiet small">{howMuch[each]}</span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function share(here: number | undefined, all: number | undefined): number {
  return here === undefined || all === undefined || all === 0 ? 0.1 : here / all;
}
