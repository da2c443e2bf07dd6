import type { CSSProperties } from 'react';
import type { TurfStage } from '#shared/turf/turf-stage.ts';
import { useStageWords } from './use-stage-words.ts';

/** A dot in a stage's colour, filled as far as it has come; always beside its word. */
export function StageDot({ stage }: { readonly stage: TurfStage }) {
  const style = { '--stage': `var(--stage-${stage})` } as CSSProperties;
  return <span className="launch-stage-dot" data-stage={stage} aria-hidden style={style} />;
}

/** The stage of a turf, in colour and in a word. */
export function StageMark({ stage }: { readonly stage: TurfStage }) {
  const words = useStageWords();
  return (
    <span className="launch-stage">
      <StageDot stage={stage} /> {words[stage]}
    </span>
  );
}
