import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconDeviceMobile, IconWalk } from '@tabler/icons-react';
import { Link } from 'wouter';
import { PAUSED_AFTER } from '#shared/turf/turf-stage.ts';
import { useFormat } from '../../api/use-format.ts';
import { TurfDot } from '../../ui/turf-dot.tsx';
import type { BoardTurf } from './board-turf.ts';
import { KindMark } from './kind-mark.tsx';
import { StageMark } from './stage-mark.tsx';
import { TurfNumbers } from './turf-numbers.tsx';
import { useHoldWords } from './use-hold-words.ts';
import { useOpens } from './use-opens.ts';

export interface TurfCardProps {
  readonly one: BoardTurf;
  readonly now: number;
}

/** One turf on the board: how it stands, who has it and how it goes. The whole card opens it. */
export function TurfCard({ one, now }: TurfCardProps) {
  const words = useHoldWords();
  const opens = useOpens();
  const { turf, holds, over, stage } = one;
  const since = words.since(one, now);
  return (
    <li className="panel launch-card" data-stage={stage}>
      <p className="launch-card-top small">
        <StageMark stage={stage} />
        <KindMark kind={turf.kind} />
        <Metres one={one} />
      </p>
      <h2>
        <TurfDot hue={turf.hue} />
        <Link href={opens(turf)}>{turf.name}</Link>
      </h2>
      <p className="launch-holders" data-free={holds.length === 0 ? '' : undefined}>
        {words.who(one)}
        {since !== null && <span className="small quiet"> {since}</span>}
      </p>
      {holds.length > 1 && (
        <p className="small quiet launch-with-icon">
          <IconDeviceMobile size={16} aria-hidden />
          <Plural value={holds.length} one="# phone in it" other="# phones in it" />
        </p>
      )}
      {over.length > 0 && (
        <p className="small quiet">
          <Plural
            value={over.length}
            one="The time of # phone has run out"
            other="The time of # phones has run out"
          />
        </p>
      )}
      <TurfNumbers tally={turf.tally} kind={turf.kind} />
      <Unsent one={one} />
      <LastKnock one={one} now={now} />
    </li>
  );
}

/** Facts that are on phones alone: they come when the phones have signal. */
export function Unsent({ one }: { readonly one: BoardTurf }) {
  if (one.unsent === 0) return null;
  return (
    <p className="small launch-unsent launch-with-icon">
      <IconDeviceMobile size={16} aria-hidden />
      <Plural value={one.unsent} one="# not sent yet" other="# not sent yet" />
    </p>
  );
}

export function Metres({ one }: { readonly one: BoardTurf }) {
  const { t } = useLingui();
  const format = useFormat();
  if (one.metres === null) return null;
  return (
    <span className="quiet number launch-metres launch-with-icon">
      <IconWalk size={16} aria-hidden />
      {one.metres < 5 ? t`here` : format.distance(one.metres)}
    </span>
  );
}

function LastKnock({ one, now }: TurfCardProps) {
  const format = useFormat();
  const { tally } = one.turf;
  const last = tally.lastKnockAt;
  return (
    <p className="small quiet">
      {last === null ? (
        <Trans>No knock yet</Trans>
      ) : now - last > PAUSED_AFTER && tally.remaining > 0 ? (
        <Trans>Last knock {format.moment(last)}</Trans>
      ) : (
        <Trans>Last knock at {format.time(last)}</Trans>
      )}
    </p>
  );
}
