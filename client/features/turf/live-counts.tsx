import { Plural, Trans } from '@lingui/react/macro';
import type { Plan, PlanTurf } from '#shared/turf/plan/plan.ts';
import { useFormat } from '../../api/use-format.ts';
import { TurfDot } from '../../ui/turf-dot.tsx';
import type { Target } from './cut-wish.ts';
import { changedTurfs } from './plan-columns.ts';
import { fits } from './size-gauge.tsx';

/** A shape may touch dozens of turfs: the first say enough. */
const MOST_SHOWN = 3;

export interface LiveCountsProps {
  readonly before: Plan;
  /** What it would be if the hand let go now. */
  readonly now: Plan;
  readonly minutes: (turf: PlanTurf) => number;
  readonly target: Target;
}

/** What a hand is doing right now, in numbers: the turfs that change, and what is left uncut. */
export function LiveCounts({ before, now, minutes, target }: LiveCountsProps) {
  const format = useFormat();
  const changed = changedTurfs(before, now);
  const then = new Map(before.turfs.map((turf) => [turf.key, turf.counts.doors]));
  const signed = (by: number): string => `${by > 0 ? '+' : '−'}${format.number(Math.abs(by))}`;
  const left = now.uncut.doors - before.uncut.doors;
  return (
    <p className="turf-live" aria-live="polite">
      {changed.slice(0, MOST_SHOWN).map((turf) => {
        const spent = Math.round(minutes(turf));
        const size = target.measure === 'minutes' ? spent : turf.counts.doors;
        const known = then.get(turf.key);
        const by = known === undefined ? 0 : turf.counts.doors - known;
        return (
          <span key={turf.key} className="turf-live-one" data-fits={fits(size, target)}>
            <TurfDot hue={turf.hue} />
            {turf.name}
            <strong>
              <Plural value={turf.counts.doors} one="# door" other="# doors" />
            </strong>
            {by !== 0 && <span>{signed(by)}</span>}
            <span className="quiet">
              <Trans>{format.number(spent)} min</Trans>
            </span>
          </span>
        );
      })}
      {changed.length > MOST_SHOWN && (
        <span className="quiet">
          <Trans>and {format.number(changed.length - MOST_SHOWN)} more</Trans>
        </span>
      )}
      {left !== 0 && (
        <span className="quiet">
          <Trans>
            uncut {format.number(now.uncut.doors)} ({signed(left)})
          </Trans>
        </span>
      )}
    </p>
  );
}
