import { Plural, useLingui } from '@lingui/react/macro';
import type { TurfKind } from '#shared/model/turf-kind.ts';
import type { Tally } from '#shared/model/turf.ts';
import { useFormat } from '../../api/use-format.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { SupportBar } from '../../ui/support-bar.tsx';

interface TurfNumbersProps {
  readonly tally: Tally;
  readonly kind: TurfKind;
}

/** How far a turf is: doors knocked of all, contacts, what remains, support so far. A stall has no end: what was said there is counted. */
export function TurfNumbers({ tally, kind }: TurfNumbersProps) {
  const { t } = useLingui();
  const format = useFormat();
  const asked = tally.support.some((count) => count > 0);
  if (kind === 'stall') {
    return (
      <div className="stack launch-numbers">
        <p className="small">
          <Plural value={tally.knocks} one="# person came by" other="# people came by" />
        </p>
        {asked && <SupportBar support={tally.support} />}
      </div>
    );
  }
  return (
    <div className="stack launch-numbers">
      <ProgressBar
        label={kind === 'calls' ? t`Households called` : t`Doors knocked`}
        value={tally.knocked}
        max={tally.doors}
        tone={tally.remaining === 0 && tally.doors > 0 ? 'done' : 'brand'}
        words={
          <span className="number">
            {t`${format.number(tally.knocked)} of ${format.number(tally.doors)}`}
          </span>
        }
      />
      <p className="small">
        <strong>{format.number(tally.contacts)}</strong>{' '}
        <Plural value={tally.contacts} one="contact" other="contacts" />
        {', '}
        <strong>{format.number(tally.remaining)}</strong>{' '}
        {kind === 'calls' ? (
          <Plural value={tally.remaining} one="household remains" other="households remain" />
        ) : (
          <Plural value={tally.remaining} one="door remains" other="doors remain" />
        )}
      </p>
      {asked && <SupportBar support={tally.support} />}
    </div>
  );
}
