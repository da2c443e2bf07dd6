import { useState, type FormEvent } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { ShareTrace } from '#shared/model/share.ts';
import { callApi } from '../../api/call.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** Rows that turned up somewhere, and in which share they were given. */
export function TraceForm() {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [trace, setTrace] = useState<ShareTrace | null>(null);
  const find = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const answer = await callApi<ShareTrace>('POST', '/v1/shares/trace', { text });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    setTrace(answer.ok ? answer.value : null);
  };
  return (
    <section className="panel stack" aria-labelledby="trace-title">
      <h2 id="trace-title">
        <Trans>A file turned up?</Trans>
      </h2>
      <form className="stack" onSubmit={(event) => void find(event)}>
        <TextArea
          label={t`Rows of the file`}
          hint={t`Paste any of its rows, with the column ref. One row is enough.`}
          value={text}
          rows={4}
          maxLength={900_000}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="row">
          <Button type="submit" busy={busy} disabled={text.trim() === ''}>
            {t`Find the share`}
          </Button>
        </div>
      </form>
      {problem && <ProblemNotice problem={problem} />}
      {trace && <Traced trace={trace} />}
    </section>
  );
}

function Traced({ trace }: { readonly trace: ShareTrace }) {
  const format = useFormat();
  if (trace.found.length === 0) {
    return (
      <Notice>
        {trace.marks === 0 ? (
          <Trans>
            No mark of ours stands in these rows. Whoever passed them on may have cut it out.
          </Trans>
        ) : (
          <Trans>The marks in these rows are of no share of this chapter.</Trans>
        )}
      </Notice>
    );
  }
  return (
    <Notice tone="done">
      {trace.found.map(({ share, rows }) => {
        const asked = format.moment(share.askedAt);
        return (
          <p key={share.id}>
            <Plural value={rows} one="# row" other="# rows" />{' '}
            <Trans>
              of the share with {share.recipient}, asked for by {share.askedBy.name}, {asked}
            </Trans>
          </p>
        );
      })}
    </Notice>
  );
}
