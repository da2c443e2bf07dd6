import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { foldTurfReports } from '#shared/canvass/turf-reports.ts';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { TurfProblem } from '#shared/model/field-words.ts';
import type { Operation } from '#shared/model/operation.ts';
import { Button } from '../../../ui/button.tsx';
import { ChooseMany, ChooseOne } from '../../../ui/choice.tsx';
import { turfProblemWords, turfRatingWords } from '../../../ui/turf-report-words.ts';
import { NoteField } from '../door/note-field.tsx';
import { useSaveGuard } from '../save-guard.tsx';
import { useWalk } from '../walk-context.ts';

export interface TurfReportProps {
  /** Own facts of this turf. */
  readonly facts: readonly Operation[];
  /** Any door of the turf: the report is kept with it. */
  readonly doorId: DoorId;
}

const RATINGS = ['1', '2', '3', '4', '5'] as const;
type Rating = (typeof RATINGS)[number];

/** What can be wrong with each kind of turf. */
const ASKED = {
  walk: ['too-long', 'too-short', 'wrong-map', 'wrong-order', 'no-access', 'dogs', 'unsafe'],
  stall: ['too-long', 'too-short', 'wrong-map', 'unsafe'],
  calls: ['too-long', 'too-short'],
} as const satisfies Readonly<Record<string, readonly TurfProblem[]>>;

interface Draft {
  readonly rating: Rating | null;
  readonly problems: readonly TurfProblem[];
  readonly note: string;
}

const EMPTY: Draft = { rating: null, problems: [], note: '' };

/** What was typed and not told yet: whoever closes the sheet to look at the list finds it again. */
let kept: { readonly of: string; readonly draft: Draft } | null = null;

function keepDraft(next: typeof kept): void {
  kept = next;
}

/** How was this turf: for whoever cuts the next one. Nothing is preselected, and nothing must be said. */
export function TurfReport({ facts, doorId }: TurfReportProps) {
  const { t } = useLingui();
  const { sheet, me } = useWalk();
  const { saveWithUndo } = useSaveGuard();
  const said = foldTurfReports(facts)[0]?.payload ?? null;
  const [again, setAgain] = useState(false);
  const turf = sheet.turf.name;
  const of = `${sheet.turf.id} ${me}`;
  const [draft, setDraft] = useState(kept?.of === of ? kept.draft : EMPTY);
  const [busy, setBusy] = useState(false);
  const { rating, problems, note } = draft;
  const text = note.trim();
  const empty = rating === null && problems.length === 0 && text === '';

  const write = (more: Partial<Draft>): void => {
    const next = { ...draft, ...more };
    keepDraft({ of, draft: next });
    setDraft(next);
  };
  const change = (): void => {
    const before = RATINGS.find((one) => Number(one) === said?.rating) ?? null;
    write({ rating: before, problems: said?.problems ?? [], note: said?.note ?? '' });
    setAgain(true);
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    const payload = {
      doorId,
      problems: [...problems],
      rating: rating === null ? null : Number(rating),
      note: text === '' ? null : text,
    };
    const what = t`How ${turf} was`;
    const saved = await saveWithUndo(
      { type: 'turf-report', payload },
      { where: turf, what },
      t`Saved: ${what}`,
    );
    setBusy(false);
    if (saved === null) return;
    keepDraft(null);
    setAgain(false);
  };

  return (
    <section className="stack" aria-labelledby="turf-report">
      <h3 id="turf-report">
        <Trans>How was this turf?</Trans>
      </h3>
      {said !== null && !again ? (
        <>
          <p role="status">
            <Trans>Your coordinator reads it with the turf:</Trans>{' '}
            <b>
              {[
                ...(said.rating === null ? [] : [t(turfRatingWords(said.rating))]),
                ...said.problems.map((one) => t(turfProblemWords[one])),
              ].join(', ')}
            </b>
          </p>
          {said.note !== null && <p className="quiet">{said.note}</p>}
          <Button onClick={change}>
            <Trans>Say something else</Trans>
          </Button>
        </>
      ) : (
        <>
          <ChooseOne<Rating>
            legend={<Trans>All in all</Trans>}
            value={rating}
            onChange={(next) => write({ rating: next })}
            options={RATINGS.map((value) => ({
              value,
              label: t(turfRatingWords(Number(value))),
            }))}
          />
          <ChooseMany<TurfProblem>
            legend={<Trans>What was wrong, if anything</Trans>}
            value={problems}
            onChange={(next) => write({ problems: next })}
            options={ASKED[sheet.turf.kind ?? 'walk'].map((value) => ({
              value,
              label: t(turfProblemWords[value]),
            }))}
          />
          <NoteField
            value={note}
            onChange={(next) => write({ note: next })}
            label={<Trans>What the next one should know</Trans>}
            hint={<Trans>About the turf, not about who lives there.</Trans>}
          />
          <Button busy={busy} disabled={empty} onClick={() => void save()}>
            <Trans>Tell my coordinator</Trans>
          </Button>
        </>
      )}
    </section>
  );
}
