import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { ListedSignature, Petition, SignaturePage } from '#shared/model/petition.ts';
import { callApi } from '../../api/call.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { languageName } from '../../ui/language-name.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { SignaturePicture } from '../../ui/signature-picture.tsx';

/** The names under one petition, newest first, page by page. */
export function SignatureList({ petition }: { readonly petition: Petition }) {
  const { t } = useLingui();
  const path = `/v1/petitions/${petition.id}/signatures`;
  const first = useApi<SignaturePage>(path);
  const [more, setMore] = useState<readonly SignaturePage[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const load = async (after: number): Promise<void> => {
    setBusy(true);
    const answer = await callApi<SignaturePage>('GET', `${path}?after=${after}`);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setMore((before) => [...before, answer.value]);
  };

  return (
    <ShowData from={first} lines={5}>
      {(page) => {
        const pages = [page, ...more];
        // What came since moved everybody on by one: the same name is shown once.
        const rows = [
          ...new Map(pages.flatMap(({ signatures }) => signatures.map((one) => [one.opId, one]))),
        ].map(([, one]) => one);
        const next = pages.at(-1)?.next ?? null;
        if (rows.length === 0) {
          return (
            <p className="quiet">
              <Trans>
                Nobody yet. Canvassers find it in the talk with a person, under “Sign on the glass”.
              </Trans>
            </p>
          );
        }
        return (
          <>
            <SignatureTable rows={rows} own={petition.language} />
            {problem && <ProblemNotice problem={problem} />}
            {next !== null && (
              <Button busy={busy} onClick={() => void load(next)}>{t`Show more`}</Button>
            )}
          </>
        );
      }}
    </ShowData>
  );
}

interface SignatureTableProps {
  readonly rows: readonly ListedSignature[];
  /** What the petition itself is written in. */
  readonly own: string | undefined;
}

function SignatureTable({ rows, own }: SignatureTableProps) {
  const { t, i18n } = useLingui();
  const format = useFormat();
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-labelledby="signatures-title">
      <table className="table petition-table">
        <thead>
          <tr>
            <th scope="col">{t`Name`}</th>
            <th scope="col">{t`Address`}</th>
            <th scope="col">{t`Signature`}</th>
            <th scope="col">{t`Signed`}</th>
            <th scope="col">{t`With`}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.opId}>
              <td>
                {row.name === '' ? <span className="quiet">{t`no name`}</span> : row.name}
                {row.language !== undefined && row.language !== own && (
                  <span className="small quiet petition-in">
                    {languageName(row.language, i18n.locale)}
                  </span>
                )}
                {row.otherWords && (
                  <span className="small petition-other">{t`signed other words`}</span>
                )}
              </td>
              <td>{row.address}</td>
              <td>
                <SignaturePicture strokes={row.strokes} />
              </td>
              <td>{format.moment(row.at)}</td>
              <td>{row.canvasser}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
