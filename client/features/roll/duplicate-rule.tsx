import { type FormEvent, useState } from 'react';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { MergeRule, RuleField, RuleOutcome } from '#shared/model/duplicates.ts';
import { callApi } from '../../api/call.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { showToast } from '../../ui/toast.tsx';

const FIELDS: readonly (readonly [RuleField, MessageDescriptor])[] = [
  ['name', msg`Same first and last name`],
  ['birth', msg`Same year of birth`],
  ['door', msg`Same door`],
  ['middle', msg`Same middle name`],
  ['phone', msg`Same phone`],
  ['email', msg`Same e-mail`],
];
/** Hundredths. */
const LEAST = 90;
const USUAL = 98;

/** Merges many pairs at once, by a rule that says first how many it means. */
export function DuplicateRule({ onMerged }: { readonly onMerged: () => void }) {
  const { t } = useLingui();
  const [same, setSame] = useState<readonly RuleField[]>(['name', 'birth', 'door']);
  const [least, setLeast] = useState(USUAL);
  const [found, setFound] = useState<number | null>(null);
  const [merged, setMerged] = useState<number | null>(null);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const call = async (apply: boolean): Promise<RuleOutcome | null> => {
    const rule: MergeRule = { same: [...same], least: least / 100, apply };
    const done = await callApi<RuleOutcome>('POST', '/v1/roll/duplicates/rule', rule);
    setProblem(done.ok ? null : done.problem);
    return done.ok ? done.value : null;
  };
  const count = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFound((await call(false))?.pairs ?? null);
    setBusy(false);
  };
  const merge = async (): Promise<void> => {
    setAsking(false);
    setBusy(true);
    let all = 0;
    setMerged(0);
    for (;;) {
      const done = await call(true);
      all += done?.merged ?? 0;
      setMerged(all);
      if (done === null || done.merged === 0 || done.left === 0) break;
    }
    setBusy(false);
    setMerged(null);
    setFound(null);
    showToast({ text: <Plural value={all} one="# pair merged" other="# pairs merged" /> });
    onMerged();
  };
  const choose = (field: RuleField, on: boolean): void => {
    setFound(null);
    setSame(on ? [...same, field] : same.filter((one) => one !== field));
  };
  return (
    <details className="panel duplicate-rule">
      <summary>
        <Trans>Merge many by a rule</Trans>
      </summary>
      <form className="stack" onSubmit={(event) => void count(event)}>
        <fieldset className="duplicate-fields">
          <legend className="small quiet">
            <Trans>All that is ticked must be the same</Trans>
          </legend>
          {FIELDS.map(([field, label]) => (
            <label key={field} className="row">
              <input
                type="checkbox"
                checked={same.includes(field)}
                disabled={busy}
                onChange={(event) => choose(field, event.target.checked)}
              />
              <span>{t(label)}</span>
            </label>
          ))}
        </fieldset>
        <TextField
          label={t`At least so likely, in percent (${LEAST} to 99)`}
          type="number"
          min={LEAST}
          max={99}
          value={String(least)}
          disabled={busy}
          onChange={(event) => {
            setFound(null);
            setLeast(Number(event.target.value));
          }}
        />
        {problem && <ProblemNotice problem={problem} />}
        {merged !== null && (
          <ProgressBar label={t`Merging`} value={merged} max={found} words={merged} />
        )}
        <div className="row">
          <Button type="submit" busy={busy && merged === null} disabled={busy || same.length === 0}>
            <Trans>Count them</Trans>
          </Button>
          {found !== null && merged === null && (
            <>
              <strong role="status">
                <Plural value={found} one="# pair" other="# pairs" />
              </strong>
              {found > 0 && (
                <Button variant="primary" disabled={busy} onClick={() => setAsking(true)}>
                  <Trans>Merge them</Trans>
                </Button>
              )}
            </>
          )}
        </div>
        <p className="small quiet">
          <Trans>
            Twins, Jr and Sr and two generations are never among them. Each merge can be taken apart
            later, and nothing is lost by it.
          </Trans>
        </p>
      </form>
      <ConfirmDialog
        open={asking}
        title={t`Merge these pairs without looking at each?`}
        action={t`Merge them`}
        onConfirm={() => void merge()}
        onCancel={() => setAsking(false)}
      >
        <Plural
          value={found ?? 0}
          one="# pair becomes one person. Its wishes not to be contacted hold for both records."
          other="# pairs become one person each. Wishes not to be contacted hold for both records."
        />
      </ConfirmDialog>
    </details>
  );
}
