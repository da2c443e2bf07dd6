import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Petition } from '#shared/model/petition.ts';
import { DownloadLink } from '../../api/download-link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** The signatures as a file: sheets to hand over, and rows to count. Each is written down. */
export function SignatureFiles({ petition }: { readonly petition: Petition }) {
  const { t, i18n } = useLingui();
  const [problem, setProblem] = useState<Problem | null>(null);
  const path = `/v1/petitions/${petition.id}/signatures`;
  const language = i18n.locale.startsWith('es') ? 'es' : 'en';
  return (
    <div className="stack petition-files">
      <div className="row">
        <DownloadLink
          className={buttonClass({ variant: 'normal' })}
          href={`${path}.pdf?language=${language}`}
          onAnswer={setProblem}
        >
          <IconPrinter size={18} aria-hidden />
          <span>{t`Sheets to print (PDF)`}</span>
        </DownloadLink>
        <DownloadLink
          className={buttonClass({ variant: 'normal' })}
          href={`${path}.csv`}
          onAnswer={setProblem}
        >
          <IconDownload size={18} aria-hidden />
          <span>{t`Download signatures.csv`}</span>
        </DownloadLink>
      </div>
      {problem && <ProblemNotice problem={problem} />}
      <p className="small quiet">
        <Trans>
          The sheets carry the words on every page, and each signature as it was drawn. In the file
          of rows whoever asked not to be contacted has no name. Each download stands in the list of
          what has left.
        </Trans>
      </p>
    </div>
  );
}
