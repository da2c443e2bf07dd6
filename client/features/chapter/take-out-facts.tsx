import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDownload } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import { FACT_EXPORT_NAMES } from '#shared/model/fact-export.ts';
import { DownloadLink } from '../../api/download-link.tsx';
import { factFileWords } from './fact-file-words.ts';

export interface TakeOutFactsProps {
  readonly onAnswer: (problem: Problem | null) => void;
}

/** A file for each kind of fact that is no knock and no answer. */
export function TakeOutFacts({ onAnswer }: TakeOutFactsProps) {
  const { t } = useLingui();
  const [drawn, setDrawn] = useState(false);
  return (
    <article className="panel stack chapter-facts">
      <h3>
        <Trans>Everything else from the doors</Trans>
      </h3>
      <p className="quiet">
        <Trans>
          One file for each kind of fact, one row a fact: its id, the door, the person, who wrote it
          down, when, and whether it was taken back.
        </Trans>
      </p>
      <ul role="list">
        {FACT_EXPORT_NAMES.map((kind) => (
          <li key={kind}>
            <DownloadLink
              href={`/v1/exports/${kind}.csv${kind === 'signatures' && drawn ? '?drawn=yes' : ''}`}
              onAnswer={onAnswer}
            >
              <IconDownload size={18} aria-hidden />
              <span>{t(factFileWords[kind])}</span>
            </DownloadLink>
          </li>
        ))}
      </ul>
      <label>
        <input
          type="checkbox"
          checked={drawn}
          onChange={(event) => setDrawn(event.target.checked)}
        />
        <span>
          <Trans>Signatures with what was drawn, as pictures (SVG)</Trans>
        </span>
      </label>
    </article>
  );
}
