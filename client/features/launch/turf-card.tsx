import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useSearch } from 'wouter';
import type { Turf } from '#shared/model/turf.ts';
import { useFormat } from '../../api/use-format.ts';
import { TurfDot } from '../../ui/turf-dot.tsx';
import { TurfNumbers } from './turf-numbers.tsx';

/** Nobody has knocked for this long while doors remain: worth a look, no more. */
const QUIET_MS = 30 * 60_000;

export interface TurfCardProps {
  readonly turf: Turf;
  readonly now: number;
}

/** One turf on the board: who has it and how it goes. The whole card opens it. */
export function TurfCard({ turf, now }: TurfCardProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { tally, holders } = turf;
  // Which phone the next one replaces was chosen before the turf.
  const replaces = new URLSearchParams(useSearch()).get('replaces');
  const opens = new URLSearchParams({ turf: turf.id });
  if (replaces !== null) opens.set('replaces', replaces);
  const last = tally.lastKnockAt;
  return (
    <li className="panel launch-card">
      <h2>
        <TurfDot hue={turf.hue} />
        <Link href={`/desk/launch?${opens.toString()}`}>{turf.name}</Link>
      </h2>
      <p className="launch-holders" data-free={holders.length === 0 ? '' : undefined}>
        {holders.length === 0 ? t`Nobody has it` : holders.join(', ')}
      </p>
      <TurfNumbers tally={tally} />
      <p className="small quiet">
        {last === null ? (
          <Trans>No knock yet</Trans>
        ) : now - last > QUIET_MS && tally.remaining > 0 ? (
          <Trans>Last knock {format.moment(last)}</Trans>
        ) : (
          <Trans>Last knock at {format.time(last)}</Trans>
        )}
      </p>
    </li>
  );
}
