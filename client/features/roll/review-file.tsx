import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { sayProblem } from '#shared/kernel/problem.ts';
import type { ColumnUse, RollInspection, RollMapping } from '#shared/model/roll.ts';
import { DEMO_TERMS, type Terms } from '#shared/model/rules.ts';
import { findMissing } from '#shared/roll/check-mapping.ts';
import type { ReadingChoice } from '#shared/roll/inspect-text.ts';
import { useMe } from '../../api/me.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { Stat } from '../../ui/stat.tsx';
import { ColumnTable } from './column-table.tsx';
import { FIELD_WORDS } from './field-words.ts';
import { layoutName } from './layout-name.ts';
import { MappingFile } from './mapping-file.tsx';
import { ReadingFields } from './reading-fields.tsx';
import { RowPreview } from './row-preview.tsx';
import { StillToSay } from './still-to-say.tsx';
import { SurveyProblems } from './survey-problems.tsx';
import { draftOf, type TermsDraft, termsOf } from './terms-draft.ts';
import { TermsFields } from './terms-fields.tsx';
import type { Inspecting } from './use-inspection.ts';
import { useSavedMapping } from './use-saved-mapping.ts';

/** What was said of a file before it is sent. */
export interface FileSaid {
  /** Null: nothing was changed of how its columns are read. */
  readonly uses: readonly (ColumnUse | null)[] | null;
  /** Null: as it began. */
  readonly terms: TermsDraft | null;
}

export interface ReviewFileProps {
  readonly inspecting: Inspecting & { readonly inspection: RollInspection };
  /** How many people the roll has now. */
  readonly people: number;
  /** The terms of the file before this one. */
  readonly termsBefore: Terms | null;
  readonly said: FileSaid;
  readonly onSaid: (said: FileSaid) => void;
  readonly onStart: (mapping: RollMapping, terms: Terms) => void;
  /** Somebody knows better how the file is written. */
  readonly onReading: (choice: ReadingChoice) => void;
  readonly onCancel: () => void;
}

/** A roll that loses more than half is mostly a test file or one precinct, chosen by mistake. */
const SHRUNK = 0.5;

/** What the file is and what its columns mean; the person corrects, then starts. */
export function ReviewFile({
  inspecting,
  people,
  termsBefore,
  said,
  onSaid,
  onStart,
  onReading,
  onCancel,
}: ReviewFileProps) {
  const { t, i18n } = useLingui();
  const { demo } = useMe();
  const format = useFormat();
  const { inspection, counts, done, bytes } = inspecting;
  const saved = useSavedMapping(inspection);
  const chosen = said.uses;
  const setUses = (next: FileSaid['uses']): void => onSaid({ ...said, uses: next });
  const uses = chosen ?? saved?.uses ?? inspection.columns.map((column) => column.use);
  const [begins] = useState(() => draftOf(demo ? DEMO_TERMS : termsBefore, demo));
  const draft = said.terms ?? begins;
  const terms = termsOf(draft);
  const used = uses.filter((use) => use !== null);
  const missing = findMissing(used);
  const missingWords = missing.map((field) => t(FIELD_WORDS[field])).join(', ');
  const twice = findTwice(used);
  const locale = i18n.locale === 'es' ? 'es' : 'en';

  const start = (): void => {
    if (terms === null) return;
    onStart(
      {
        encoding: inspection.encoding,
        delimiter: inspection.delimiter,
        quoted: inspection.quoted,
        headerLine: inspection.headerLine,
        layout: inspection.layout,
        columns: used.filter((use) => use.field !== 'voted' || (use.election ?? '').trim() !== ''),
      },
      terms,
    );
  };

  return (
    <div className="stack roll-review">
      <dl className="stats">
        <Stat
          value={counts ? format.number(counts.rows) : '…'}
          label={done ? t`rows` : t`rows so far`}
        />
        <Stat value={format.number(inspection.columns.length)} label={t`columns`} />
        <Stat value={format.number(used.length)} label={t`columns used`} />
        <Stat value={format.bytes(inspection.bytes)} label={t`size`} />
        {done && counts !== null && (
          <Stat value={format.number(counts.taken)} label={t`rows that can be taken`} />
        )}
      </dl>
      {!done && (
        <ProgressBar
          label={t`Counting rows`}
          value={bytes}
          max={inspection.bytes}
          words={format.percent(inspection.bytes === 0 ? 1 : bytes / inspection.bytes)}
        />
      )}
      {inspection.layout !== null && (
        <Notice tone="done">
          <Trans>
            This looks like a file that we know: {layoutName(inspection.layout)}. Check it all the
            same.
          </Trans>
        </Notice>
      )}
      {inspection.notices.map((notice) => (
        <Notice key={`${notice.code}-${String(notice.facts.name)}`}>
          {sayProblem(notice, locale)}
        </Notice>
      ))}
      {counts !== null && <SurveyProblems problems={counts.problems} />}
      <section className="stack" aria-labelledby="reading-title">
        <h2 id="reading-title">
          <Trans>How it is written</Trans>
        </h2>
        <ReadingFields inspection={inspection} onChange={onReading} />
      </section>
      <section className="stack" aria-labelledby="columns-title">
        <h2 id="columns-title">
          <Trans>What the columns mean</Trans>
        </h2>
        {saved !== null && chosen === null && (
          <Notice tone="done">
            <Trans>Read as your chapter read a file like it before: {saved.name}.</Trans>
          </Notice>
        )}
        <ColumnTable
          columns={inspection.columns}
          uses={uses}
          onChange={(column, use) => setUses(uses.map((one, at) => (at === column ? use : one)))}
        />
        <MappingFile inspection={inspection} uses={uses} onLoad={setUses} />
      </section>
      <section className="stack" aria-labelledby="rows-title">
        <h2 id="rows-title">
          <Trans>The first rows, as we read them</Trans>
        </h2>
        <RowPreview inspection={inspection} uses={uses} />
      </section>
      <section className="stack" aria-labelledby="terms-title">
        <h2 id="terms-title">
          <Trans>Under which terms you have it</Trans>
        </h2>
        <TermsFields draft={draft} onChange={(next) => onSaid({ ...said, terms: next })} />
        <StillToSay draft={draft} />
      </section>
      <div className="roll-foot">
        {done && counts !== null && counts.rows < people * SHRUNK && (
          <Notice tone="problem">
            <Trans>
              This file has far fewer rows ({format.number(counts.rows)}) than the roll has people (
              {format.number(people)}). Once you put it in place, whoever is not in it leaves the
              roll.
            </Trans>
          </Notice>
        )}
        {missing.length > 0 && (
          <Notice tone="problem">
            <Trans>
              Still missing: {missingWords}. Choose above which column it is in, then start.
            </Trans>
          </Notice>
        )}
        {twice !== null && (
          <Notice tone="problem">
            <Trans>
              Two columns are both taken for “{t(FIELD_WORDS[twice])}”. Choose one of them.
            </Trans>
          </Notice>
        )}
        <div className="row">
          <Button
            variant="primary"
            size="large"
            disabled={missing.length > 0 || twice !== null || terms === null}
            onClick={start}
          >{t`Start the import`}</Button>
          <Button onClick={onCancel}>{t`Another file`}</Button>
          <p className="small quiet grow">
            <Trans>
              A first roll stands once it is read; a newer one waits until you have compared it.
              What was learnt at doors is never touched.
            </Trans>
          </p>
        </div>
      </div>
    </div>
  );
}

function findTwice(uses: readonly ColumnUse[]): ColumnUse['field'] | null {
  const seen = new Set<ColumnUse['field']>();
  for (const { field } of uses) {
    if (field === 'voted') continue;
    if (seen.has(field)) return field;
    seen.add(field);
  }
  return null;
}
