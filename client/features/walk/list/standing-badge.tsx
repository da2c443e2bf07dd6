import { useLingui } from '@lingui/react/macro';
import type { DoorStanding } from '#shared/model/turf.ts';
import { StandingIcon } from './standing-icon.tsx';
import { standingWords } from './standing-words.ts';

/** What a door's standing is: picture, word and colour together. */
export function StandingBadge({ standing }: { readonly standing: DoorStanding }) {
  const { t } = useLingui();
  return (
    <span className={`standing standing-${standing}`}>
      <StandingIcon standing={standing} />
      <span>{t(standingWords[standing])}</span>
    </span>
  );
}
