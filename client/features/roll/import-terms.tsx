import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { RollImport } from '#shared/model/roll.ts';
import type { Terms } from '#shared/model/rules.ts';
import { callApi } from '../../api/call.ts';
import { useMay } from '../../api/me.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { StillToSay } from './still-to-say.tsx';
import { draftOf, termsOf } from './terms-draft.ts';
import { TermsFields } from './terms-fields.tsx';
import { PURPOSE_WORDS, REGION_WORDS } from '../../ui/terms-words.ts';

/** Under which terms an import’s file came: said, or asked for. */
export function ImportTerms({ one }: { readonly one: RollImport }) {
  const { t } = useLingui();
  const mayImport = useMay('import-roll');
  const [terms, setTerms] = useState<Terms | null>(one.terms);
  const [draft, setDraft] = useState(() => draftOf(one.terms, true));
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const wish = termsOf(draft);

  const save = async (): Promise<void> => {
    if (wish === null) return;
    setBusy(true);
    const saved = await callApi<Terms>('PUT', `/v1/roll/imports/${one.id}/terms`, wish);
    setBusy(false);
    setProblem(saved.ok ? null : saved.problem);
    if (!saved.ok) return;
    setTerms(saved.value);
    setOpen(false);
  };

  return (
    <div className="stack roll-said">
      <div className="row row-apart">
        <p>
          {terms === null ? (
            <Trans>Nobody has said under which terms this file came.</Trans>
          ) : (
            <Trans>
              From {t(REGION_WORDS[terms.state])}, for {t(PURPOSE_WORDS[terms.purpose])}.
            </Trans>
          )}
        </p>
        {mayImport && !open && (
          <Button onClick={() => setOpen(true)}>
            {terms === null ? t`Say the terms` : t`Change the terms`}
          </Button>
        )}
      </div>
      {open && (
        <>
          <TermsFields draft={draft} onChange={setDraft} />
          <StillToSay draft={draft} />
          {problem && <ProblemNotice problem={problem} />}
          <div className="row">
            <Button
              variant="primary"
              busy={busy}
              disabled={wish === null}
              onClick={() => void save()}
            >{t`Save the terms`}</Button>
            <Button onClick={() => setOpen(false)}>{t`Cancel`}</Button>
          </div>
        </>
      )}
    </div>
  );
}
