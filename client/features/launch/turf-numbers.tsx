import { Plural, useLingui } from '@lingui/react/macro';
import type { Tally } from '#shared/model/turf.ts';
import { useFormat } from '../../api/use-format.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { SupportBar } from '../../ui/support-bar.tsx';

/** How far a turf is: doors knocked of all, contacts, what remains, support so far. */
export function TurfNumbers({ tally }: { readonly tally: Tally }) {
  const { t } = useLingui();
  const format = useFormat();
  const asked = tally.support.some((count) => count > 0);
  return (
    <div className="stack launch-numbers">
      <ProgressBar
        label={t`Doors knocked`}
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
        <Plural value={tally.remaining} one="door remains" other="doors remain" />
      </p>
      {asked && <SupportBar support={tally.support} />}
    </div>
  );
}
