import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import { MOST_PRINTED, printParts } from '#shared/paper/print-parts.ts';
import { DownloadLink } from '../../api/download-link.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** The address of the file with these turfs. */
export function paperUrl(ids: readonly string[], size: string, language: string): string {
  const [first = '', ...more] = ids;
  const wish = new URLSearchParams({ size, language });
  if (more.length > 0) wish.set('moreIds', more.join(','));
  return `/v1/turfs/${first}/paper.pdf?${wish.toString()}`;
}

export interface PrintPanelProps {
  /** Of the turfs to print, in the order of the list. */
  readonly ids: readonly string[];
  readonly of: number;
  readonly onAll: (all: boolean) => void;
}

/** How the chosen turfs are printed, and the file. */
export function PrintPanel({ ids, of, onAll }: PrintPanelProps) {
  const { t, i18n } = useLingui();
  const [size, setSize] = useState('letter');
  const [language, setLanguage] = useState(i18n.locale === 'es' ? 'es' : 'en');
  const [problem, setProblem] = useState<Problem | null>(null);
  const parts = printParts(ids);
  return (
    <section className="panel paper-print" aria-label={t`Print`}>
      <SelectField
        label={<Trans>Paper size</Trans>}
        value={size}
        onChange={({ target }) => setSize(target.value)}
      >
        <option value="letter">{t`Letter`}</option>
        <option value="a4">A4</option>
      </SelectField>
      <SelectField
        label={<Trans>Language</Trans>}
        value={language}
        onChange={({ target }) => setLanguage(target.value)}
      >
        <option value="en">English</option>
        <option value="es">Español</option>
      </SelectField>
      <Button onClick={() => onAll(ids.length < of)}>
        {ids.length < of ? t`Choose all` : t`Choose none`}
      </Button>
      {parts.map((part, at) => {
        const before = at * MOST_PRINTED;
        const [from, to] = [before + 1, before + part.length];
        return (
          <DownloadLink
            key={part[0]}
            className={buttonClass({ variant: 'primary' })}
            href={paperUrl(part, size, language)}
            onAnswer={setProblem}
          >
            <span>
              {parts.length === 1 ? (
                <Plural value={to} one="Print # turf" other="Print # turfs" />
              ) : (
                <Trans>
                  Print {from} to {to} of {ids.length}
                </Trans>
              )}
            </span>
          </DownloadLink>
        );
      })}
      <p className="small quiet paper-print-words">
        {ids.length === 0 ? (
          <Trans>Choose the turfs to print.</Trans>
        ) : (
          <Trans>
            A PDF file with a map, the doors, and the script on the back. Print on both sides: each
            turf begins on a new sheet. That it left stands in the ledger.
          </Trans>
        )}{' '}
        {parts.length > 1 && (
          <Trans>
            A file takes {MOST_PRINTED} turfs at most, so these are {parts.length} files.
          </Trans>
        )}
      </p>
      {problem !== null && <ProblemNotice problem={problem} />}
    </section>
  );
}
