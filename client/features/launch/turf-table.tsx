import { useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import { useFormat } from '../../api/use-format.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { TurfDot } from '../../ui/turf-dot.tsx';
import type { BoardTurf } from './board-turf.ts';
import { KindMark } from './kind-mark.tsx';
import { StageMark } from './stage-mark.tsx';
import { Metres, Unsent } from './turf-card.tsx';
import { useHoldWords } from './use-hold-words.ts';
import { useOpens } from './use-opens.ts';

export interface TurfTableProps {
  readonly turfs: readonly BoardTurf[];
  readonly now: number;
}

/** The board as a list: forty turfs in one look. */
export function TurfTable({ turfs, now }: TurfTableProps) {
  const { t } = useLingui();
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t`Turfs`}>
      <table className="table launch-list">
        <thead>
          <tr>
            <th scope="col">{t`Turf`}</th>
            <th scope="col">{t`Stage`}</th>
            <th scope="col">{t`Who has it`}</th>
            <th scope="col">{t`Doors knocked`}</th>
            <th scope="col" className="is-number">{t`Contacts`}</th>
            <th scope="col" className="is-number">{t`Left`}</th>
            <th scope="col">{t`Last knock`}</th>
          </tr>
        </thead>
        <tbody>
          {turfs.map((one) => (
            <TurfRow key={one.turf.id} one={one} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TurfRow({ one, now }: { readonly one: BoardTurf; readonly now: number }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useHoldWords();
  const opens = useOpens();
  const { turf, stage, holds } = one;
  const { knocked, doors, contacts, remaining, lastKnockAt } = turf.tally;
  const since = words.since(one, now);
  return (
    <tr>
      <th scope="row">
        <span className="launch-row-name">
          <TurfDot hue={turf.hue} />
          <Link href={opens(turf)}>{turf.name}</Link>
          <KindMark kind={turf.kind} />
          <Metres one={one} />
        </span>
      </th>
      <td>
        <StageMark stage={stage} />
      </td>
      <td className={holds.length === 0 ? 'quiet' : undefined}>
        {words.who(one)}
        {since !== null && <span className="small quiet"> {since}</span>}
        <Unsent one={one} />
      </td>
      <td className="launch-list-progress">
        <ProgressBar
          label={t`Doors knocked in ${turf.name}`}
          hideWords
          value={knocked}
          max={doors}
          tone={remaining === 0 && doors > 0 ? 'done' : 'brand'}
        />
        <span className="small number">
          {t`${format.number(knocked)} of ${format.number(doors)}`}
        </span>
      </td>
      <td className="is-number">{format.number(contacts)}</td>
      <td className="is-number">{format.number(remaining)}</td>
      <td className="small">{lastKnockAt === null ? '–' : format.moment(lastKnockAt)}</td>
    </tr>
  );
}
