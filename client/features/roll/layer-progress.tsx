import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { LayerDraft } from '#shared/model/layer.ts';
import { callApi } from '../../api/call.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useDraft } from './use-draft.ts';

export interface LayerProgressProps {
  readonly start: LayerDraft;
  readonly onEnd: (ended: LayerDraft) => void;
}

/** A file whose people are looked for, or which is being kept. */
export function LayerProgress({ start, onEnd }: LayerProgressProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [stopping, setStopping] = useState(false);
  const { now, problem } = useDraft(start, onEnd);
  const matching = now.state === 'matching';
  // While it is kept, what is counted is values of how many.
  const [value, max] = matching ? [now.bytesRead, now.bytes] : [now.rowsRead, now.bytesRead];
  return (
    <section className="panel stack" aria-live="polite">
      {problem && <ProblemNotice problem={problem} />}
      <ProgressBar
        label={matching ? t`Finding the people of ${now.fileName}` : t`Keeping ${now.fileName}`}
        value={value}
        max={value === 0 || max === 0 ? null : max}
        words={matching ? t`${format.number(now.rowsRead)} rows` : ''}
      />
      <div className="row">
        <Button
          busy={stopping}
          onClick={() => {
            setStopping(true);
            void callApi('DELETE', `/v1/roll/layers/drafts/${now.id}`);
          }}
        >{t`Cancel`}</Button>
        <p className="small quiet grow">
          <Trans>You may leave this page: it goes on by itself.</Trans>
        </p>
      </div>
    </section>
  );
}
