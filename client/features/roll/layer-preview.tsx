import { type FormEvent, useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconDownload } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type {
  KeepLayer,
  Layer,
  LayerDraft,
  LayerPreview as Preview,
  LayerSample,
} from '#shared/model/layer.ts';
import { SAMPLE_GROUPS } from '#shared/model/layer-kind.ts';
import { DownloadLink } from '../../api/download-link.tsx';
import { useFormat } from '../../api/use-format.ts';
import { readTabDraft, useTabDraft, writeTabDraft } from '../../shell/tab-draft.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { LayerBar } from './layer-bar.tsx';
import { LayerTermsFields, NO_LAYER_TERMS } from './layer-terms.tsx';
import { LayerValues } from './layer-values.tsx';
import { LAYER_REASONS } from './layer-words.ts';

export interface LayerPreviewProps {
  readonly draft: LayerDraft;
  readonly preview: Preview;
  readonly layers: readonly Layer[];
  readonly busy: boolean;
  readonly onKeep: (wish: KeepLayer) => void;
  readonly onCancel: () => void;
}

/** What was found in a file, before anything of it is kept, and under which name to keep it. */
export function LayerPreview(props: LayerPreviewProps) {
  const { draft, preview, layers, busy, onKeep, onCancel } = props;
  const { t } = useLingui();
  const format = useFormat();
  const { counts, columns, samples } = preview;
  const people = counts.byId + counts.exact + counts.tolerant;
  const place = `layer ${draft.id}`;
  const [first] = useState(() => ({
    replaces: '',
    name: draft.members ? t`Members` : '',
    terms: NO_LAYER_TERMS,
  }));
  const [kept] = useState(() => readTabDraft<typeof first>(place) ?? first);
  const [replaces, setReplaces] = useState(kept.replaces);
  const old = layers.find(({ id }) => id === replaces) ?? null;
  const [name, setName] = useState(kept.name);
  const [terms, setTerms] = useState(kept.terms);
  const said = { replaces, name, terms };
  useTabDraft(place, JSON.stringify(said) === JSON.stringify(first) ? null : said);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const called = old?.name ?? name.trim();
  const taken = old === null && layers.some((one) => one.name === called);
  const error =
    called === ''
      ? t`Give it a name.`
      : taken
        ? t`There is a layer of this name. Choose another, or replace that one.`
        : null;
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (error === null) onKeep({ name: called, terms, replaces: old?.id ?? null });
  };
  const leftOut = Object.values(counts.leftOutByReason).reduce((sum, n) => sum + n, 0);
  const titles = {
    id: t`By number`,
    name: t`By name and address, the least sure first`,
    ambiguous: t`Not sure, left out`,
    unmatched: t`Not found`,
  };
  return (
    <section className="panel stack layer-preview" aria-labelledby="layer-preview-title">
      <h2 id="layer-preview-title" className="roll-file-name">
        {draft.fileName}
      </h2>
      <p>
        <Trans>
          <strong>{format.number(people)}</strong> of {format.number(counts.rows)} rows found their
          person. Nothing is kept yet.
        </Trans>
      </p>
      <LayerBar counts={counts} />
      {leftOut > 0 && (
        <div className="stack">
          <ul className="roll-reasons small">
            {Object.entries(counts.leftOutByReason).map(([reason, n]) => {
              const words = LAYER_REASONS[reason];
              return (
                <li key={reason}>
                  {format.number(n)}: {words === undefined ? reason : t(words)}
                </li>
              );
            })}
          </ul>
          <div>
            <DownloadLink
              className={buttonClass({})}
              href={`/v1/roll/layers/drafts/${draft.id}/left-out.csv`}
              onAnswer={setProblem}
            >
              <IconDownload size={18} aria-hidden />
              <span>
                <Plural
                  value={leftOut}
                  one="Download this row with its reason"
                  other="Download these # rows with their reasons"
                />
              </span>
            </DownloadLink>
          </div>
        </div>
      )}
      {problem && <ProblemNotice problem={problem} />}
      <div className="layer-columns">
        {columns
          .filter(({ place }) => place > 0 || columns.length === 1)
          .map((column) => (
            <LayerValues key={column.place} column={column} />
          ))}
      </div>
      {SAMPLE_GROUPS.filter((group) => samples[group].length > 0).map((group) => (
        <details key={group} open={group === 'name'} className="layer-samples-of">
          <summary>{titles[group]}</summary>
          <ul role="list">
            {samples[group].map((sample) => (
              <SampleRow key={sample.line} sample={sample} />
            ))}
          </ul>
        </details>
      ))}
      <form className="stack" onSubmit={keep}>
        {layers.length > 0 && (
          <SelectField
            label={t`As`}
            value={replaces}
            onChange={(event) => setReplaces(event.target.value)}
          >
            <option value="">{t`A new layer`}</option>
            {layers.map((one) => (
              <option key={one.id} value={one.id}>
                {t`In the place of ${one.name}`}
              </option>
            ))}
          </SelectField>
        )}
        {old === null && (
          <TextField
            label={t`What it is called`}
            placeholder={t`e.g. Union list, spring`}
            value={name}
            maxLength={80}
            error={tried ? error : null}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <LayerTermsFields terms={terms} onChange={setTerms} />
        <div className="row">
          <Button variant="primary" type="submit" busy={busy}>{t`Keep the layer`}</Button>
          <Button
            onClick={() => {
              writeTabDraft(place, null);
              onCancel();
            }}
          >{t`Throw it away`}</Button>
        </div>
      </form>
    </section>
  );
}

function SampleRow({ sample }: { readonly sample: LayerSample }) {
  const { t } = useLingui();
  const format = useFormat();
  const { line, row, person, score, reason } = sample;
  const words = reason === null ? undefined : LAYER_REASONS[reason];
  return (
    <li className="layer-sample small">
      <span>
        {row} <span className="quiet">{t`line ${line}`}</span>
      </span>
      {person !== null && (
        <span>
          → {person}{' '}
          {score !== null && score < 1 && <span className="quiet">{format.percent(score)}</span>}
        </span>
      )}
      {reason !== null && <span className="quiet">{words === undefined ? reason : t(words)}</span>}
    </li>
  );
}
