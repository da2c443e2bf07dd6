import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconDownload, IconLock, IconTrash } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Layer } from '#shared/model/layer.ts';
import { NOT_KNOWN } from '#shared/model/rules.ts';
import { callApi } from '../../api/call.ts';
import { DownloadLink } from '../../api/download-link.tsx';
import { useFormat } from '../../api/use-format.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Pill } from '../../ui/pill.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { PURPOSE_WORDS } from '../../ui/terms-words.ts';
import { LayerBar } from './layer-bar.tsx';
import { LayerLeftOut } from './layer-left-out.tsx';
import { LayerValues } from './layer-values.tsx';

export interface LayerCardProps {
  readonly layer: Layer;
  readonly onDeleted: () => void;
}

/** A layer: what it says, where it is from, whom it did not find. */
export function LayerCard({ layer, onDeleted }: LayerCardProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { counts, terms } = layer;
  const people = counts.byId + counts.exact + counts.tolerant;
  const leftOut = Object.values(counts.leftOutByReason).reduce((sum, n) => sum + n, 0);
  const remove = async (): Promise<void> => {
    setBusy(true);
    const answer = await callApi<null>('DELETE', `/v1/roll/layers/${layer.id}`);
    setBusy(false);
    setAsking(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) onDeleted();
  };
  const kept = layer.columns.filter(({ place }) => place > 0);
  return (
    <article className="panel stack layer-card" aria-label={layer.name}>
      <div className="row row-apart">
        <h3 className="roll-file-name">{layer.name}</h3>
        {layer.members && (
          <Pill icon={<IconLock size={16} aria-hidden />}>
            <Trans>Members: admins and research leads only</Trans>
          </Pill>
        )}
      </div>
      <p>
        <Plural value={people} one="# person" other="# people" />
      </p>
      <LayerBar counts={counts} />
      <div className="layer-columns">
        {(kept.length > 0 ? kept : layer.columns).map((column) => (
          <LayerValues key={column.place} column={column} />
        ))}
      </div>
      <dl className="layer-facts small">
        <div>
          <dt>{t`File`}</dt>
          <dd>
            {layer.fileName} <code title={layer.sha256}>{layer.sha256.slice(0, 12)}</code>
          </dd>
        </div>
        <div>
          <dt>{t`Appended`}</dt>
          <dd>
            {format.moment(layer.at)}, {layer.by ?? t`the command line`}
          </dd>
        </div>
        <div>
          <dt>{t`From`}</dt>
          <dd>
            {terms.source === '' ? t`Not known` : terms.source}
            {terms.obtainedOn === null ? '' : `, ${terms.obtainedOn}`}
          </dd>
        </div>
        <div>
          <dt>{t`Given for`}</dt>
          <dd>
            {terms.purpose === NOT_KNOWN ? t`Not known` : t(PURPOSE_WORDS[terms.purpose])}
            {terms.agreement === '' ? '' : `: ${terms.agreement}`}
          </dd>
        </div>
      </dl>
      {leftOut > 0 && <LayerLeftOut layer={layer} />}
      {problem && <ProblemNotice problem={problem} />}
      <div className="row">
        {leftOut > 0 && (
          <DownloadLink
            className={buttonClass({})}
            href={`/v1/roll/layers/${layer.id}/left-out.csv`}
            onAnswer={setProblem}
          >
            <IconDownload size={18} aria-hidden />
            <span>
              <Plural value={leftOut} one="# row left out" other="# rows left out" />
            </span>
          </DownloadLink>
        )}
        <Button
          variant="quiet"
          icon={<IconTrash size={18} aria-hidden />}
          onClick={() => setAsking(true)}
        >{t`Delete`}</Button>
      </div>
      <ConfirmDialog
        open={asking}
        title={t`Delete the layer ${layer.name}?`}
        action={t`Delete it`}
        danger
        busy={busy}
        onConfirm={() => void remove()}
        onCancel={() => setAsking(false)}
      >
        <Trans>
          Its values go for good, and so do the rows that matched nobody. The roll and what was
          learnt at doors stay.
        </Trans>
      </ConfirmDialog>
    </article>
  );
}
