import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconChevronUp,
  IconTrash,
} from '@tabler/icons-react';
import type { StepHow } from '#shared/model/step-words.ts';
import type { Step } from '#shared/model/universe-step.ts';
import type { Counted, UniverseFacets } from '#shared/model/universe.ts';
import { isChosen } from '#shared/universe/is-chosen.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { useSayStep } from './say-step.ts';
import { StepBar } from './step-bar.tsx';
import { StepEditor } from './step-editor.tsx';

export interface StepCardProps {
  readonly step: Step;
  /** From 0. */
  readonly at: number;
  readonly last: number;
  readonly open: boolean;
  /** After this step; null: nothing is chosen in it, or nobody has counted yet. */
  readonly count: Counted | null;
  readonly everybody: Counted | null;
  readonly facets: UniverseFacets;
  readonly say: ReturnType<typeof useSayStep>;
  readonly onOpen: (open: boolean) => void;
  readonly onChange: (step: Step) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
}

/** One step: how, who, and how many are left after it. */
export function StepCard(props: StepCardProps) {
  const { step, at, last, open, count, everybody, facets, say, onOpen } = props;
  const { t } = useLingui();
  const { about, what } = say.condition(step.who);
  const number = at + 1;
  const hows: Readonly<Record<StepHow, string>> = {
    only: t`Only`,
    also: t`Also`,
    without: t`Without`,
  };
  return (
    <li className="universe-step" data-how={step.how} data-open={open ? '' : undefined}>
      <div className="universe-step-head">
        <button
          type="button"
          className="universe-step-name"
          aria-expanded={open}
          aria-label={t`Step ${number}: ${hows[step.how]} ${about} ${what}`}
          onClick={() => onOpen(!open)}
        >
          <span className="universe-how">{hows[step.how]}</span>
          <span className="universe-who">
            <strong>{about}</strong>
            <span>{what === '' ? t`nothing chosen yet` : what}</span>
          </span>
          {open ? (
            <IconChevronUp size={20} aria-hidden />
          ) : (
            <IconChevronDown size={20} aria-hidden />
          )}
        </button>
      </div>
      <StepBar count={count} everybody={everybody} />
      {open && (
        <div className="stack universe-step-body">
          <Segmented<StepHow>
            label={t`What this step does`}
            options={[
              { value: 'only', label: hows.only },
              ...(at === 0 ? [] : [{ value: 'also' as const, label: hows.also }]),
              { value: 'without', label: hows.without },
            ]}
            value={step.how}
            onChange={(how) => props.onChange({ ...step, how })}
          />
          <StepEditor
            who={step.who}
            facets={facets}
            say={say}
            onChange={(who) => props.onChange({ ...step, who })}
          />
          {!isChosen(step.who) && (
            <p className="small quiet">
              <Trans>Choose something: until then this step is left out.</Trans>
            </p>
          )}
          <div className="row universe-step-deeds">
            <IconButton
              icon={<IconArrowUp size={20} aria-hidden />}
              label={t`Move step ${number} up`}
              disabled={at === 0}
              onClick={() => props.onMove(-1)}
            />
            <IconButton
              icon={<IconArrowDown size={20} aria-hidden />}
              label={t`Move step ${number} down`}
              disabled={at === last}
              onClick={() => props.onMove(1)}
            />
            <IconButton
              icon={<IconTrash size={20} aria-hidden />}
              label={t`Remove step ${number}`}
              onClick={props.onRemove}
            />
          </div>
        </div>
      )}
    </li>
  );
}
