import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { RulesPage, SetRules } from '#shared/model/privacy.ts';
import { MOST_KEPT, REGIONS, type Region, type ServerPlace } from '#shared/model/rules.ts';
import { callApi } from '../../api/call.ts';
import { readTabDraft, useTabDraft, writeTabDraft } from '../../shell/tab-draft.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { REGION_WORDS } from '../../ui/terms-words.ts';

export interface RulesFormProps {
  readonly page: RulesPage;
  readonly onSaved: (page: RulesPage) => void;
}

const DRAFT = 'rules';

/** As it stands in the fields. */
interface RulesDraft {
  readonly region: Region;
  readonly serverIn: ServerPlace | '';
  readonly notes: string;
  readonly answers: string;
  readonly keys: string;
  readonly certified: string;
}

const draftOf = ({ region, rules }: RulesPage): RulesDraft => ({
  region: region ?? 'other',
  serverIn: rules.serverIn ?? '',
  notes: String(rules.notesMonths),
  answers: String(rules.answersMonths),
  keys: String(rules.keyDays),
  certified: rules.certifiedOn ?? '',
});

const clamp = (text: string, most: number): number =>
  Math.min(most, Math.max(1, Math.round(Number(text) || most)));

/** Which state, where the server is, and how long what was learnt is kept. */
export function RulesForm({ page, onSaved }: RulesFormProps) {
  const { t } = useLingui();
  const said = draftOf(page);
  /** Null: as it is kept. */
  const [typed, setTyped] = useState(() => readTabDraft<RulesDraft>(DRAFT));
  useTabDraft(DRAFT, JSON.stringify(typed) === JSON.stringify(said) ? null : typed);
  const { region, serverIn, notes, answers, keys, certified } = typed ?? said;
  const change = (part: Partial<RulesDraft>): void => setTyped({ ...(typed ?? said), ...part });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const save = async (): Promise<void> => {
    const wish: SetRules = {
      region,
      serverIn: serverIn === '' ? null : serverIn,
      notesMonths: clamp(notes, MOST_KEPT.notesMonths),
      answersMonths: clamp(answers, MOST_KEPT.answersMonths),
      keyDays: clamp(keys, MOST_KEPT.keyDays),
      certifiedOn: certified === '' ? null : certified,
    };
    setBusy(true);
    const saved = await callApi<RulesPage>('PUT', '/v1/rules', wish);
    setBusy(false);
    setProblem(saved.ok ? null : saved.problem);
    if (!saved.ok) return;
    writeTabDraft(DRAFT, null);
    setTyped(null);
    onSaved(saved.value);
  };

  return (
    <section className="stack" aria-labelledby="settings-title">
      <h2 id="settings-title">
        <Trans>What holds here</Trans>
      </h2>
      <form
        className="panel rules-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <SelectField
          label={t`The state of your voter files`}
          value={region}
          onChange={(event) => change({ region: event.target.value as Region })}
        >
          {REGIONS.map((one) => (
            <option key={one} value={one}>
              {t(REGION_WORDS[one])}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t`Where this server is`}
          hint={t`Whoever runs it knows.`}
          value={serverIn}
          onChange={(event) => change({ serverIn: event.target.value as ServerPlace | '' })}
        >
          <option value="">{t`Nobody has said`}</option>
          <option value="us">{t`In the United States`}</option>
          <option value="elsewhere">{t`Outside the United States`}</option>
        </SelectField>
        <TextField
          label={t`Months that notes are kept`}
          hint={t`12 at most`}
          inputMode="numeric"
          value={notes}
          onChange={(event) => change({ notes: event.target.value })}
        />
        <TextField
          label={t`Months that answers are kept`}
          hint={t`24 at most`}
          inputMode="numeric"
          value={answers}
          onChange={(event) => change({ answers: event.target.value })}
        />
        <TextField
          label={t`The day your election was certified`}
          hint={t`Its answers go 60 days later. Leave it empty while there is none.`}
          type="date"
          value={certified}
          onChange={(event) => change({ certified: event.target.value })}
        />
        <TextField
          label={t`Days after which a silent phone’s key ends`}
          hint={t`90 at most`}
          inputMode="numeric"
          value={keys}
          onChange={(event) => change({ keys: event.target.value })}
        />
        {problem && <ProblemNotice problem={problem} />}
        <div className="rules-form-foot">
          <Button variant="primary" type="submit" busy={busy}>{t`Save the rules`}</Button>
        </div>
      </form>
    </section>
  );
}
