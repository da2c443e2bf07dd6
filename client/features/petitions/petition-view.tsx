import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Petition } from '#shared/model/petition.ts';
import { callApi } from '../../api/call.ts';
import { useMe } from '../../api/me.ts';
import { may } from '../../api/rights.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { languageName } from '../../ui/language-name.ts';
import { Pill } from '../../ui/pill.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Stat } from '../../ui/stat.tsx';
import { SignatureFiles } from './signature-files.tsx';
import { SignatureList } from './signature-list.tsx';

export interface PetitionViewProps {
  readonly petition: Petition;
  readonly onChanged: (petition: Petition) => void;
}

/** A petition that is, or was, out: its words, who has signed, and what can be taken out. */
export function PetitionView({ petition, onChanged }: PetitionViewProps) {
  const { t, i18n } = useLingui();
  const format = useFormat();
  const { role } = useMe().member;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const open = petition.state === 'open';
  const day = (at: number | null): string | null => (at === null ? null : format.moment(at));
  const [opened, closed] = [day(petition.openedAt), day(petition.closedAt)];

  const turn = async (): Promise<void> => {
    setBusy(true);
    const path = `/v1/petitions/${petition.id}/${open ? 'close' : 'open'}`;
    const ifMatch = petition.version;
    const answer = await callApi<Petition>('POST', path, undefined, { ifMatch });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) onChanged(answer.value);
  };

  return (
    <section className="stack petition" aria-labelledby="petition-title">
      {problem && <ProblemNotice problem={problem} />}
      <header className="row row-apart">
        <div className="row">
          <h2 id="petition-title">{petition.title}</h2>
          <Pill>{petition.kind === 'pledge' ? t`Pledge` : t`Petition`}</Pill>
          <Pill tone={open ? 'done' : 'plain'}>{open ? t`open` : t`closed`}</Pill>
        </div>
        <Button
          icon={open ? <IconLock size={18} aria-hidden /> : <IconLockOpen size={18} aria-hidden />}
          busy={busy}
          onClick={() => void turn()}
        >
          {open ? t`Close it` : t`Open it again`}
        </Button>
      </header>
      <div className="petition-columns">
        <div className="stack">
          <blockquote className="panel petition-wording" lang={petition.language} dir="auto">
            {petition.wording}
          </blockquote>
          {(petition.translations ?? []).map((one) => (
            <details key={one.language}>
              <summary>{languageName(one.language, i18n.locale)}</summary>
              <blockquote className="panel petition-wording" lang={one.language} dir="auto">
                {one.title !== '' && <strong className="petition-other-title">{one.title}</strong>}
                {one.wording}
              </blockquote>
            </details>
          ))}
        </div>
        <div className="stack">
          <dl>
            <Stat
              value={format.number(petition.signatures)}
              label={<Plural value={petition.signatures} one="signature" other="signatures" />}
            />
          </dl>
          <p className="small quiet">
            {opened !== null && <Trans>Opened {opened}</Trans>}
            {closed !== null && (
              <>
                <br />
                <Trans>Closed {closed}</Trans>
              </>
            )}
          </p>
        </div>
      </div>
      {may(role, 'take-out') && petition.signatures > 0 && <SignatureFiles petition={petition} />}
      <h3 id="signatures-title">
        <Trans>Who has signed</Trans>
      </h3>
      <SignatureList petition={petition} />
    </section>
  );
}
