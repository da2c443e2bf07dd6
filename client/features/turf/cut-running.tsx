import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconCheck } from '@tabler/icons-react';
import type { CutProgress } from '#shared/turf/cut/cut.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';

const STEPS: readonly CutProgress['step'][] = ['streets', 'walk', 'split', 'better', 'outlines'];

export interface CutRunningProps {
  readonly progress: CutProgress;
  readonly doors: number;
  /** Turfs of a cut that could be taken already; null before there is one. */
  readonly early: number | null;
  readonly onTake: () => void;
  readonly onCancel: () => void;
}

/** How far an automatic cut is, step by step. */
export function CutRunning({ progress, doors, early, onTake, onCancel }: CutRunningProps) {
  const { t } = useLingui();
  const format = useFormat();
  const now = STEPS.indexOf(progress.step);
  const words: Record<CutProgress['step'], string> = {
    streets: t`Reading the streets`,
    walk: t`Walking past every door`,
    split: t`Cutting the long walk`,
    better: t`Making the walks shorter`,
    outlines: t`Drawing the turfs`,
  };
  return (
    <div className="stack turf-cut">
      <h2>
        <Plural value={doors} one="Cutting # door" other="Cutting # doors" />
      </h2>
      <ProgressBar
        label={words[progress.step]}
        value={progress.share}
        max={1}
        words={<span className="number">{format.percent(progress.share)}</span>}
      />
      <ol role="list" className="turf-steps" aria-live="polite">
        {STEPS.map((step, at) => (
          <li key={step} data-state={at < now ? 'done' : at === now ? 'now' : 'next'}>
            <span aria-hidden>{at < now && <IconCheck size={14} />}</span>
            {words[step]}
          </li>
        ))}
      </ol>
      <p className="small quiet" aria-live="polite">
        {early === null ? (
          <Trans>You can go on looking at the map. Nothing changes until it is done.</Trans>
        ) : (
          <Trans>The map shows a first cut into {early} turfs. Shorter walks are coming.</Trans>
        )}
      </p>
      {early !== null && (
        <Button wide icon={<IconCheck size={18} aria-hidden />} onClick={onTake}>
          <Trans>Take the first cut</Trans>
        </Button>
      )}
      <Button wide onClick={onCancel}>{t`Cancel the cut`}</Button>
    </div>
  );
}
