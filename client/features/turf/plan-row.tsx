import { memo, useEffect, useRef, useState, type FormEvent } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconPolygon, IconRoute, IconSend, IconTrash } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { PlanTurf } from '#shared/turf/plan/plan.ts';
import { useMay } from '../../api/me.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Pill } from '../../ui/pill.tsx';
import { TurfDot } from '../../ui/turf-dot.tsx';
import type { Target } from './cut-wish.ts';
import { TurfWhy, useTurfNumbers } from './say-turf.tsx';
import { fits, SizeGauge } from './size-gauge.tsx';

export interface PlanRowProps {
  readonly turf: PlanTurf;
  readonly minutes: number;
  readonly target: Target;
  readonly chosen: boolean;
  /** The one that is chosen alone: it shows what it is and what can be done with it. */
  readonly open: boolean;
  readonly busy: boolean;
  readonly acts: RowActs;
}

/** What can be done with a turf of the list. */
export interface RowActs {
  readonly open: (turf: PlanTurf) => void;
  readonly toggle: (turf: PlanTurf, chosen: boolean) => void;
  readonly reshape: (turf: PlanTurf) => void;
  readonly rename: (turf: PlanTurf, name: string) => void;
  readonly publish: (turf: PlanTurf) => void;
  readonly remove: (turf: PlanTurf) => void;
}

/** One turf of the plan: its size against the target, and what can be done with it. */
export const PlanRow = memo(function PlanRow(props: PlanRowProps) {
  const { turf, minutes, target, chosen, open, acts } = props;
  const row = useRef<HTMLLIElement>(null);
  // It may have been chosen on the map, far from where the list is.
  useEffect(() => {
    if (open) row.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  const { t } = useLingui();
  const format = useFormat();
  const mayCut = useMay('cut-turf');
  const size = target.measure === 'minutes' ? Math.round(minutes) : turf.counts.doors;
  const fit = fits(size, target);
  return (
    <li ref={row} data-chosen={chosen ? '' : undefined}>
      <div className="turf-row">
        {mayCut && (
          <label className="turf-tick">
            <input
              type="checkbox"
              aria-label={t`Choose ${turf.name}`}
              checked={chosen}
              onChange={(event) => acts.toggle(turf, event.target.checked)}
            />
          </label>
        )}
        <button
          type="button"
          className="turf-line"
          aria-expanded={open}
          onClick={() => acts.open(turf)}
        >
          <TurfDot hue={turf.hue} />
          <span className="turf-line-name">{turf.name}</span>
          {turf.fixed && <Pill tone="done">{t`published`}</Pill>}
          <span className="turf-line-doors">
            <strong>{format.number(turf.counts.doors)}</strong>{' '}
            <Plural value={turf.counts.doors} one="door" other="doors" />
            <span className="quiet">
              {' · '}
              <Trans>{format.number(Math.round(minutes))} min</Trans>
            </span>
          </span>
          <SizeGauge size={size} target={target} />
          {fit !== 'fits' && (
            <span className="for-readers">{fit === 'small' ? t`too small` : t`too large`}</span>
          )}
        </button>
      </div>
      {open && <RowActions {...props} small={fit === 'small'} />}
    </li>
  );
});

function RowActions(props: PlanRowProps & { readonly small: boolean }) {
  const { turf, minutes, small, busy, acts } = props;
  const { t } = useLingui();
  const mayCut = useMay('cut-turf');
  const numbers = useTurfNumbers();
  return (
    <div className="stack turf-actions">
      <p className="small">
        {numbers({
          ...turf.counts,
          onFoot: turf.onFoot,
          metres: turf.about?.metres ?? null,
          minutes: turf.onFoot === null ? (turf.about?.minutes ?? minutes) : minutes,
        })}
      </p>
      <TurfWhy about={turf.about} small={small} />
      {turf.fixed && (
        <p className="small quiet">
          <Trans>Published: its doors no longer change, so that paper and phones agree.</Trans>
        </p>
      )}
      <Link className="turf-walk-link" href={`/desk/turf/${turf.key}/walk`}>
        <IconRoute size={18} aria-hidden /> {t`See its walk`}
      </Link>
      {mayCut && (
        <>
          {!turf.fixed && (
            <RenameField
              key={turf.name}
              name={turf.name}
              onRename={(name) => acts.rename(turf, name)}
            />
          )}
          <div className="row">
            {turf.fixed ? (
              <Link
                className={buttonClass({ variant: 'primary' })}
                href={`/desk/launch?turf=${turf.key}`}
              >{t`Hand it out`}</Link>
            ) : (
              <>
                <Button
                  icon={<IconSend size={18} aria-hidden />}
                  busy={busy}
                  onClick={() => acts.publish(turf)}
                >{t`Publish`}</Button>
                <Button
                  icon={<IconPolygon size={18} aria-hidden />}
                  onClick={() => acts.reshape(turf)}
                >{t`Reshape`}</Button>
              </>
            )}
            <Button
              variant="danger"
              icon={<IconTrash size={18} aria-hidden />}
              onClick={() => acts.remove(turf)}
            >{t`Delete`}</Button>
          </div>
        </>
      )}
    </div>
  );
}

interface RenameFieldProps {
  readonly name: string;
  readonly onRename: (name: string) => void;
}

/** The name of a draft, changed in place. */
function RenameField({ name, onRename }: RenameFieldProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(name);
  const changed = typed.trim() !== '' && typed.trim() !== name;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (changed) onRename(typed.trim());
  };
  return (
    <form className="turf-rename" onSubmit={submit}>
      <input
        className="input"
        type="text"
        maxLength={80}
        aria-label={t`Name of the turf`}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {changed && <Button type="submit">{t`Rename`}</Button>}
    </form>
  );
}
