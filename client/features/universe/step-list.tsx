import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import type { Counted, Universe, UniverseCount, UniverseFacets } from '#shared/model/universe.ts';
import { addStep, changeStep, moveStep, removeStep } from '#shared/universe/edit-steps.ts';
import { isChosen } from '#shared/universe/is-chosen.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { AddStep } from './add-step.tsx';
import { useSayStep } from './say-step.ts';
import { StepBar } from './step-bar.tsx';
import { StepCard } from './step-card.tsx';
import type { Steps } from './use-steps.ts';

export interface StepListProps {
  readonly steps: Steps;
  readonly facets: UniverseFacets;
  readonly universes: readonly Universe[];
  /** Of the steps in which something is chosen. */
  readonly counts: UniverseCount | null;
  readonly everybody: Counted | null;
  readonly full: boolean;
}

/** The steps in their order, each with what is left after it. */
export function StepList({ steps, facets, universes, counts, everybody, full }: StepListProps) {
  const { t } = useLingui();
  const say = useSayStep({ facets, universes });
  const [open, setOpen] = useState<number | null>(null);
  const list = steps.steps;
  const countOf = (at: number): Counted | null => {
    const step = list[at];
    if (step === undefined || !isChosen(step.who)) return null;
    const place = list.slice(0, at).filter(({ who }) => isChosen(who)).length;
    return counts?.steps?.[place] ?? null;
  };
  return (
    <section className="stack universe-steps" aria-labelledby="steps-title">
      <div className="row row-apart">
        <h2 id="steps-title" className="choice-legend">
          <Trans>Steps</Trans>
        </h2>
        <div className="row">
          <IconButton
            icon={<IconArrowBackUp size={20} aria-hidden />}
            label={t`Undo`}
            disabled={steps.undo === null}
            onClick={() => steps.undo?.()}
          />
          <IconButton
            icon={<IconArrowForwardUp size={20} aria-hidden />}
            label={t`Redo`}
            disabled={steps.redo === null}
            onClick={() => steps.redo?.()}
          />
        </div>
      </div>
      <ol role="list" className="universe-cards">
        <li className="universe-step">
          <p className="universe-start">
            <strong>
              <Trans>Everybody</Trans>
            </strong>
            <span className="small quiet">
              <Trans>but children and those who asked not to be contacted</Trans>
            </span>
          </p>
          <StepBar count={everybody} everybody={everybody} />
        </li>
        {list.map((step, at) => (
          <StepCard
            key={at}
            step={step}
            at={at}
            last={list.length - 1}
            open={open === at}
            count={countOf(at)}
            everybody={everybody}
            facets={facets}
            say={say}
            onOpen={(isOpen) => setOpen(isOpen ? at : null)}
            onChange={(changed) => steps.put(changeStep(list, at, changed))}
            onMove={(by) => {
              steps.put(moveStep(list, at, by));
              setOpen(at + by);
            }}
            onRemove={() => {
              steps.put(removeStep(list, at));
              setOpen(null);
            }}
          />
        ))}
      </ol>
      <AddStep
        facets={facets}
        universes={universes}
        disabled={full}
        onAdd={(who) => {
          steps.put(addStep(list, { how: 'only', who }));
          setOpen(list.length);
        }}
      />
    </section>
  );
}
