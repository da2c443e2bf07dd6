import { useLingui } from '@lingui/react/macro';
import type { TurfStage } from '#shared/turf/turf-stage.ts';

/** What a stage is called. */
export function useStageWords(): Readonly<Record<TurfStage, string>> {
  const { t } = useLingui();
  return {
    draft: t`Draft`,
    ready: t`Ready`,
    out: t`Out`,
    walking: t`Walking`,
    paused: t`Paused`,
    done: t`Done`,
  };
}
