import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { DoorStanding } from '#shared/model/turf.ts';
import { StandingIcon } from './standing-icon.tsx';
import { standingWords } from './standing-words.ts';

export interface StandingBadgeProps {
  readonly standing: DoorStanding;
  /** In place of the standing's own name, where what happened says more. */
  readonly words?: ReactNode;
}

/** What a door's standing is: picture, word and colour together. */
export function StandingBadge({ standing, words }: StandingBadgeProps) {
  const { t } = useLingui();
  return (
    <span className={`standing standing-${standing}`}>
      <StandingIcon standing={standing} />
      <span>{words || t(standingWords[standing])}</span>
    </span>
  );
}
