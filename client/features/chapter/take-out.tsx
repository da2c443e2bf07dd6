import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDownload } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import { DownloadLink } from '../../api/download-link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TakeOutFacts } from './take-out-facts.tsx';

/** Long enough for the server to have begun the file and written its line in the ledger. */
const LEDGER_WAIT_MS = 1500;

/** The chapter's own answers as files; each download writes a line in the ledger. */
export function TakeOut({ onTaken }: { readonly onTaken: () => void }) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<Problem | null>(null);
  const files = [
    {
      href: '/v1/exports/knocks.csv',
      name: t`Every knock`,
      what: t`One row a knock: its id, the door, the person, who knocked, the result, the language, when to come back, the note, the time at the door and the time of arrival.`,
      action: t`Download knocks.csv`,
    },
    {
      href: '/v1/exports/answers.csv',
      name: t`Every answer`,
      what: t`One row an answer: its id, its knock, the question with the script’s version, and what was said. Skipped, refused and unknown are three things.`,
      action: t`Download answers.csv`,
    },
    {
      href: '/v1/exports/layers.csv',
      name: t`Everybody in a layer`,
      what: t`One row a person of whom one of your layers says something, with a column for each layer. Nobody under 18, and nobody who asked not to be contacted.`,
      action: t`Download layers.csv`,
    },
  ];
  const taken = (found: Problem | null): void => {
    setProblem(found);
    if (found === null) window.setTimeout(onTaken, LEDGER_WAIT_MS);
  };
  return (
    <section className="stack chapter-section" aria-labelledby="out-title">
      <h2 id="out-title">
        <Trans>Take it out</Trans>
      </h2>
      <Notice title={t`For the chapter’s own use`}>
        <Trans>
          Do not pass these files on. Giving data to a candidate, a coalition, a vendor or anybody
          else is a share: ask for one, and a second person approves it.
        </Trans>
      </Notice>
      <div className="chapter-files">
        {files.map((file) => (
          <article className="panel stack" key={file.href}>
            <h3>{file.name}</h3>
            <p className="quiet">{file.what}</p>
            <DownloadLink
              className={buttonClass({ variant: 'normal' })}
              href={file.href}
              onAnswer={taken}
            >
              <IconDownload size={18} aria-hidden />
              <span>{file.action}</span>
            </DownloadLink>
          </article>
        ))}
      </div>
      <TakeOutFacts onAnswer={taken} />
      {problem && <ProblemNotice problem={problem} />}
      <p className="small quiet">
        <Trans>
          Each download writes your name, the time and the number of rows in the list below. The ids
          never change, so loading a file twice elsewhere counts nothing twice.
        </Trans>
      </p>
    </section>
  );
}
