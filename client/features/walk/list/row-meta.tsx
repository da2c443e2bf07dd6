import { lazy, memo, Suspense } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { DoorRow } from '../door-row.ts';
import { PlaceBadge } from '../sent/place-badge.tsx';
import { resultWords } from '../../../ui/result-words.ts';
import { StandingBadge } from './standing-badge.tsx';
import { shortDay } from '../time-words.ts';

// Few doors have one: no part of the first load.
const ComeBackHint = lazy(async () => ({
  default: (await import('./come-back-hint.tsx')).ComeBackHint,
}));

/** The line under a door: its standing, what happened before, and where that is. */
export const RowMeta = memo(function RowMeta({ row }: { readonly row: DoorRow }) {
  const { t, i18n } = useLingui();
  const { last, standing, litDropped, place } = row;
  const again = standing === 'not-home' && last !== null && last.what !== 'contact';
  const hints: string[] = [];
  if (last !== null) {
    const day = shortDay(last.at, i18n.locale);
    const what = last.what === 'contact' ? t`Contact` : t(resultWords[last.what]);
    hints.push(again || last.what === standing ? day : `${what} ${day}`);
    if (last.times > 1) hints.push(t`${last.times} knocks`);
  }
  if (litDropped) hints.push(t`Leaflet left`);
  return (
    <span className="row-meta">
      <StandingBadge
        standing={standing}
        words={
          (standing === 'done' && row.allRefuse && t`Asked not to be visited`) ||
          (again &&
            (last.comeBack ? (
              <Suspense fallback={t(resultWords[last.what])}>
                <ComeBackHint when={last.comeBack} />
              </Suspense>
            ) : (
              t(resultWords[last.what])
            )))
        }
      />
      {hints.length > 0 && <span className="quiet">{hints.join(' · ')}</span>}
      {place !== null && <PlaceBadge place={place} short />}
    </span>
  );
});
